using System.IO.Compression;
using System.Text;
using Lectern.Tests.Grading.FeedbackImports;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.SubmissionDownloads;

public sealed class SubmissionDownloadTests(LecternApp app)
{
    [Fact]
    public async Task The_latest_work_of_all_comes_with_a_manifest_and_goes_back_unchanged_as_nothing_new()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment("Essay: \u201cR\u00e9sum\u00e9\u201d/1");
        await essay.Submit(course.Learners[0], "An earlier text.");
        var texts = await essay.Submit(course.Learners[0], "A later text.");
        await HandInFiles(course.Learners[1], essay, ("a:b.txt", "one"), ("CON .txt", "two"));

        var (download, zip) = await Download(course, essay);

        Assert.Equal((2, 3, 0), (
            download.At("submissions").GetInt32(), download.At("file_count").GetInt32(), download.At("left_out").GetInt32()));
        Assert.Equal("Essay_R\u00e9sum\u00e9_1.zip", download.At("files.0.name").GetString());
        Assert.Equal("A later text.", zip[$"1_Learner__{course.Learners[0].Id.Value}__{texts}/text.txt"]);
        Assert.All(zip.Keys, path => Assert.DoesNotContain("..", path, StringComparison.Ordinal));
        var lines = zip["manifest.csv"].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith($"{texts},{course.Learners[0].Id.Value},Learner 1,2,", lines[1], StringComparison.Ordinal);

        var bytes = await Bytes(course, download);
        Assert.Equal((0, 0, 0, 0, 3), (await essay.Import(course.Instructor, bytes)).Kinds());
    }

    [Fact]
    public async Task Work_without_names_has_pseudonyms_in_the_zip_and_takes_feedback_by_them()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var work = await HandInFiles(course.Learner, essay, ("By Learner 1.txt", "text"));
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);

        var (_, zip) = await Download(course, essay);

        var path = zip.Keys.Single(one => one.EndsWith("/file-1.txt", StringComparison.Ordinal));
        Assert.Matches($"^Learner_[0-9A-Z]{{6}}__[0-9]{{16}}__{work}/", path);
        Assert.DoesNotContain(zip, part => part.Key.Contains("Learner_1", StringComparison.Ordinal)
            || part.Value.Contains($",{course.Learner.Id.Value},", StringComparison.Ordinal)
            || part.Value.Contains("Learner 1", StringComparison.Ordinal));

        var import = await essay.Import(
            course.Instructor, Feedback.Zip((path.Replace("file-1", "marked", StringComparison.Ordinal), Feedback.Words("marked"))));
        var row = Assert.Single(await essay.Files(course.Instructor, import, "recognised"));
        Assert.Matches("^Learner [0-9A-Z]{6}$", row.GetProperty("learner").GetString());
        Assert.NotEqual(course.Learner.Id.Value, row.GetProperty("user_id").GetInt64());
    }

    [Fact]
    public async Task What_a_group_made_is_there_once_under_its_name()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        await essay.HandIn(course.Learners[1], "Ours.");
        await essay.HandIn(course.Learners[2], "Mine.");

        var (download, zip) = await Download(course, essay);

        Assert.Equal(2, download.At("submissions").GetInt32());
        Assert.Single(zip.Keys, path => path.StartsWith("Owls__", StringComparison.Ordinal));
        Assert.Single(zip, part => part.Value == "Ours.");
    }

    private static async Task<(Answer Download, Dictionary<string, string> Zip)> Download(TestCourse course, TestAssignment essay)
    {
        var asked = (await course.Instructor.Post($"{essay.Path}/submission-downloads")).Expect(202);
        var path = $"{essay.Path}/submission-downloads/{asked.Id("submission_download_id")}";
        Answer? ready = null;
        await TestTenant.Eventually(
            async () => (ready = (await course.Instructor.Get(path)).Expect(200)).At("state").GetString() == "ready", "the ZIP is ready");
        using var zip = new ZipArchive(new MemoryStream(await Bytes(course, ready!)));
        return (ready!, zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var text = new StreamReader(entry.Open(), Encoding.UTF8);
            return text.ReadToEnd();
        }));
    }

    private static async Task<byte[]> Bytes(TestCourse course, Answer download)
    {
        var url = download.At("files.0.url").GetString()!.TrimStart('/');
        return await course.Tenant.Host.Http.GetByteArrayAsync(
            new Uri($"/t/{course.Tenant.Slug}/api/v1/{url}", UriKind.Relative));
    }

    private static async Task<long> HandInFiles(TestPerson learner, TestAssignment essay, params (string Name, string Text)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in files) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "files", name);
        return (await learner.Send(HttpMethod.Post, $"{essay.Path}/submissions", form)).Expect(201).Id("submission_id");
    }
}
