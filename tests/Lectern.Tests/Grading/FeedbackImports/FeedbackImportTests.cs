using System.Buffers.Binary;
using System.Text;
using Lectern.Grading.FeedbackImports;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.FeedbackImports;

public sealed class FeedbackImportTests(LecternApp app)
{
    [Fact]
    public async Task Two_unknown_names_among_many_files_are_named_and_nothing_is_attached_before_that_is_said()
    {
        const int each = 130;
        var course = await app.NewCourse(learners: 4);
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var parts = new List<(string, byte[])>();
        foreach (var learner in course.Learners)
        {
            var work = await essay.Submit(learner, $"Essay of {learner.Id.Value}");
            parts.AddRange(Enumerable.Range(0, each).Select(
                n => ($"all/{Feedback.Folder(learner, work)}/note-{n:000}.txt", Feedback.Words($"{learner.Id.Value} {n}"))));
        }

        parts.Insert(7, ("all/Lost__1__999999999999/essay.txt", Feedback.Words("whose?")));
        parts.Add(("essay of somebody.pdf", Feedback.Words("%PDF-1.7 whose?")));

        var import = await essay.Import(grader, Feedback.Zip([.. parts]));

        Assert.Equal((4 * each, 2, 0, 0, 0), import.Kinds());
        var refused = (await grader.Post($"{essay.PathOf(import)}/application", new { })).Refused(422, "feedback_in_doubt");
        Assert.Contains("2 of 522 files", refused.Text, StringComparison.Ordinal);
        Assert.Contains("all/Lost__1__999999999999/essay.txt", refused.Text, StringComparison.Ordinal);
        Assert.Contains("essay of somebody.pdf", refused.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["unknown_submission", "unknown_folder"],
            (await essay.Files(grader, import, "unknown")).Select(row => row.GetProperty("code").GetString()));
        Assert.Empty(await essay.Found(course.Learner));

        var applied = await essay.Apply(grader, import, leaveOut: true);

        Assert.Equal("applied", applied.At("state").GetString());
        Assert.Equal((4 * each, 4), (applied.At("summary.attached").GetInt32(), applied.At("summary.learners").GetInt32()));
        Assert.Equal(each, (await essay.Found(course.Learner)).Count);
        (await grader.Post($"{essay.PathOf(import)}/application", new { leave_out = true })).Refused(422, "feedback_import_state");

        // The same ZIP again has nothing new.
        var again = await essay.Import(grader, Feedback.Zip([.. parts]));
        Assert.Equal((0, 2, 0, 0, 4 * each), again.Kinds());
        (await grader.Post($"{essay.PathOf(again)}/application", new { leave_out = true })).Refused(422, "nothing_to_attach");

        // Who has seen theirs keeps it; from the others it is taken back.
        var reversed = await essay.Reverse(grader, applied);
        Assert.Equal((3, 1), (reversed.At("summary.taken_back").GetInt32(), reversed.At("summary.kept").GetInt32()));
        Assert.Equal(each, (await essay.Found(course.Learner)).Count);
        Assert.Empty(await essay.Found(course.Learners[1]));
        (await grader.Post($"{essay.PathOf(import)}/reversal")).Refused(422, "feedback_import_state");
    }

    [Fact]
    public async Task Feedback_waits_for_its_grade_where_grades_are_posted_by_hand()
    {
        var course = await app.NewCourse();
        var (essay, grader) = (await course.NewAssignment(more: new { posts_manually = true }), course.Instructor);
        var work = await essay.Submit(course.Learner);
        await essay.Score(course.Learner, 7);

        var import = await essay.Import(
            grader, Feedback.Zip(($"{Feedback.Folder(course.Learner, work)}/Marked.pdf", Feedback.Words("%PDF-1.7 well done"))));
        await essay.Apply(grader, import);

        Assert.Empty(await essay.Found(course.Learner));
        (await grader.Post($"{essay.Path}/postings", new { kind = "post" })).Expect(201);
        Assert.Equal(["Marked.pdf"], await essay.Found(course.Learner));
    }

    [Fact]
    public async Task What_nobody_should_open_is_told_apart_and_left_out()
    {
        var course = await app.NewCourse();
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var folder = Feedback.Folder(course.Learner, await essay.Submit(course.Learner, "My very words."));
        var zip = Feedback.Zip(
            ($"{folder}/good.txt", Feedback.Words("Good.")), ($"{folder}/GOOD.txt", Feedback.Words("Other.")),
            ($"{folder}/copy.txt", Feedback.Words("Good.")), ($"{folder}/text.txt", Feedback.Words("My very words.")),
            ($"{folder}/tool.exe", Feedback.Words("anything")), ($"{folder}/hidden.txt", [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0]),
            ($"{folder}/lie.pdf", Feedback.Words("no pdf")), ($"{folder}/empty.txt", []),
            ($"../{folder}/up.txt", Feedback.Words("up")), ($"/{folder}/root.txt", Feedback.Words("root")),
            ($"{folder}/locked.txt", Feedback.Words("locked")), ($"{folder}/broken.txt", Feedback.Words("broken")),
            ($"__MACOSX/{folder}/._good.txt", Feedback.Words("mac")), ("manifest.csv", Feedback.Words("a,b")), ($"{folder}/", []));
        Mark(zip, "locked.txt", flags => (ushort)(flags | 1));
        Spoil(zip, "broken.txt");

        var import = await essay.Import(grader, zip);

        Assert.Equal((1, 2, 2, 6, 1), import.Kinds());
        Assert.Equal(
            ["file_type_mismatch", "file_type_mismatch", "file_type_mismatch", "file_empty", "zip_encrypted", "zip_damaged"],
            (await essay.Files(grader, import, "wrong_type")).Select(row => row.GetProperty("code").GetString()));
        Assert.All(await essay.Files(grader, import, "unknown"), row => Assert.Equal("zip_name", row.GetProperty("code").GetString()));
        await essay.Apply(grader, import, leaveOut: true);
        Assert.Equal(["good.txt"], await essay.Found(course.Learner));
    }

    [Fact]
    public async Task Names_of_any_encoding_and_folders_that_were_renamed_find_their_way()
    {
        var course = await app.NewCourse();
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var work = await essay.Submit(course.Learner);
        var old = Feedback.Zip(
            Encoding.Latin1,
            ($"M\u00e4rz/{Feedback.Folder(course.Learner, work, "J\u00f8rg")} (1)/R\u00fcckmeldung.txt", Feedback.Words("1")));
        Assert.Equal((1, 0, 0, 0, 0), (await essay.Import(grader, old)).Kinds());

        var import = await essay.Import(
            grader, Feedback.Zip(($"{Feedback.Folder(course.Learner, work, "\u674e")}\\\u8bc4\u8bed.txt", Feedback.Words("2"))));
        await essay.Apply(grader, import);
        Assert.Equal(["\u8bc4\u8bed.txt"], await essay.Found(course.Learner));

        (await grader.Post($"{essay.Path}/feedback-imports", new { file_id = 1L })).Refused(422, "unknown_file");
        var noZip = await essay.Import(grader, ZipLike());
        Assert.Equal(("refused", "zip_damaged"), (noZip.At("state").GetString(), noZip.At("refusal_code").GetString()));
    }

    [Fact]
    public async Task A_zip_is_no_way_to_ask_whose_work_it_is_while_names_are_hidden()
    {
        var course = await app.NewCourse();
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var work = await essay.Submit(course.Learner);
        (await grader.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        var shown = (await grader.Get($"{essay.Path}/submissions")).Expect(200).At("items.0.user_id").GetInt64();

        var import = await essay.Import(grader, Feedback.Zip(
            ($"{Feedback.Folder(course.Learner, work)}/asked.txt", Feedback.Words("1")),
            ($"Somebody__{shown}__{work}/meant.txt", Feedback.Words("2"))));

        Assert.Equal("learner_contradicts", Assert.Single(await essay.Files(grader, import, "unknown")).GetProperty("code").GetString());
        Assert.Equal("meant.txt", Assert.Single(await essay.Files(grader, import, "recognised")).GetProperty("name").GetString());
    }

    [Fact]
    public void A_zip_that_unpacks_to_much_more_is_not_unpacked()
    {
        using var bomb = new MemoryStream(Feedback.Zip(("a__1__2/zeros.txt", new byte[8 << 20])));
        Assert.Equal("zip_bomb", Assert.Throws<FeedbackUnreadableException>(() => FeedbackArchive.Open(bomb)).Code);

        // A directory that promises less than comes out.
        var lie = Feedback.Zip(("a__1__2/short.txt", Encoding.ASCII.GetBytes(new string('x', 5000))));
        BinaryPrimitives.WriteUInt32LittleEndian(lie.AsSpan(Directory(lie, "a__1__2/short.txt") + 24), 10);
        using var content = new MemoryStream(lie);
        using var archive = FeedbackArchive.Open(content);
        using var entry = archive.Read(0);
        Assert.Throws<InvalidDataException>(() => entry.CopyTo(Stream.Null));
    }

    [Fact]
    public async Task Two_who_send_the_same_at_once_attach_it_once()
    {
        var course = await app.NewCourse();
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var zip = Feedback.Zip(($"{Feedback.Folder(course.Learner, await essay.Submit(course.Learner))}/a.txt", Feedback.Words("a")));
        var imports = new[] { await essay.Import(grader, zip), await essay.Import(await course.NewMember(Role.TeachingAssistant), zip) };

        var clicks = await Task.WhenAll(imports.Concat(imports).Select(
            import => grader.Post($"{essay.PathOf(import)}/application", new { })));

        Assert.Equal(2, clicks.Count(answer => (int)answer.Status == 202));
        foreach (var import in imports) await essay.Settled(grader, import.Id("feedback_import_id"));
        Assert.Equal(["a.txt"], await essay.Found(course.Learner));
    }

    [Fact]
    public async Task What_a_group_made_gets_its_feedback_for_all_who_made_it()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        var work = (await essay.HandIn(course.Learners[0], "Ours.")).Id("submission_id");

        var import = await essay.Import(
            course.Instructor, Feedback.Zip(($"Owls__{course.Learner.Id.Value}__{work}/a.txt", Feedback.Words("a"))));
        var applied = await essay.Apply(course.Instructor, import);

        Assert.Equal((1, 2), (applied.At("summary.attached").GetInt32(), applied.At("summary.learners").GetInt32()));
        Assert.Equal(["a.txt"], await essay.Found(course.Learners[1]));
        var reversed = await essay.Reverse(course.Instructor, applied);
        Assert.Equal((1, 1), (reversed.At("summary.taken_back").GetInt32(), reversed.At("summary.kept").GetInt32()));
        Assert.Equal(["a.txt"], await essay.Found(course.Learners[1]));
    }

    [Fact]
    public async Task A_grader_attaches_a_file_to_a_remark_and_nobody_else_does()
    {
        var course = await app.NewCourse(learners: 2);
        var (essay, grader) = (await course.NewAssignment(), course.Instructor);
        var work = await essay.Submit(course.Learner);
        var file = await essay.Upload(grader, "sketch.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 1], "image/png");

        var said = (await grader.Post($"/submissions/{work}/comments", new { file_ids = new[] { file } })).Expect(201);

        Assert.Equal("sketch.png", said.At("files.0.name").GetString());
        Assert.Equal(["sketch.png"], await essay.Found(course.Learner));
        (await grader.Post($"/submissions/{work}/comments", new { body = " " })).Refused(422, "body_required");
        (await course.Learner.Post($"/submissions/{work}/comments", new { file_ids = new[] { file } })).Refused(422, "unknown_file");
        (await course.Learner.Post($"{essay.Path}/feedback-uploads", new { name = "a.txt", size_bytes = 1 })).Refused(403, "forbidden");
        (await course.Learner.Post($"{essay.Path}/feedback-imports", new { file_id = file })).Refused(403, "forbidden");
        (await course.Learner.Post($"{essay.Path}/submission-downloads")).Refused(403, "forbidden");
        var stranger = await (await app.NewCourse()).Tenant.NewAdministrator();
        (await stranger.Get($"{essay.Path}/feedback-imports")).Refused(404, "not_found");
    }

    private static byte[] ZipLike() => [.. "PK"u8, 3, 4, .. Enumerable.Repeat((byte)7, 200)];

    /// <summary>Where the directory speaks of an entry.</summary>
    private static int Directory(byte[] zip, string ends)
    {
        for (var at = zip.Length - 46; at >= 0; at--)
        {
            if (!zip.AsSpan(at).StartsWith("PK\u0001\u0002"u8)) continue;
            var name = Encoding.UTF8.GetString(zip, at + 46, BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)));
            if (name.EndsWith(ends, StringComparison.Ordinal)) return at;
        }

        throw new InvalidOperationException(ends);
    }

    private static void Mark(byte[] zip, string ends, Func<ushort, ushort> change)
    {
        var directory = Directory(zip, ends);
        var local = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(directory + 42));
        foreach (var at in new[] { directory + 8, local + 6 })
            BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(at), change(BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at))));
    }

    private static void Spoil(byte[] zip, string ends)
    {
        var checksum = zip.AsSpan(Directory(zip, ends) + 16, 4);
        checksum[0] ^= 0xFF;
    }
}
