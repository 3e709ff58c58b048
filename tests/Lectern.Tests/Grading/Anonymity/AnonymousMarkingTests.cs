using System.Globalization;
using System.Text;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GradebookExports;
using Lectern.Tests.Grading.GradebookImports;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Anonymity;

public sealed class AnonymousMarkingTests(LecternApp app)
{
    [Fact]
    public async Task No_answer_about_the_work_tells_whose_it_is()
    {
        var (course, essay) = await Anonymous(learners: 2, files: true);
        await course.Use(essay, await course.NewRubric());
        var ada = course.Learner;
        var claimed = (await course.Instructor.Post($"{essay.Path}/grading-claims", new { count = 2, order = "name" })).Expect(200);
        var listed = (await course.Instructor.Get($"{essay.Path}/submissions")).Expect(200);
        var shown = claimed.At("claims.0.user_id").GetInt64();
        var attempt = claimed.At("claims.0.work.work.attempts.0.submission_id").GetInt64();
        (await ada.Post($"/submissions/{attempt}/comments", new { body = "Sorry for the delay" })).Expect(201);

        var answers = new List<Answer>
        {
            claimed, listed,
            await course.Instructor.Get($"{essay.Path}/grading-claims/{shown}"),
            await course.Instructor.Get($"{essay.Path}/learners/{shown}/submissions"),
            await course.Instructor.Get($"/submissions/{attempt}"),
            await course.Instructor.Put($"{essay.Path}/grading-claims", new { user_ids = new[] { shown } }),
            await course.Instructor.Get($"{essay.Path}/rubric-assessments/{shown}"),
            await Grade(course, essay, shown, 7),
            await course.Instructor.Get($"{essay.Path}/grades/{shown}/history"),
            await course.Instructor.Get($"{course.Path}/gradebook/news?since=2020-01-01T00:00:00Z"),
        };
        foreach (var answer in answers)
        {
            answer.Expect(200);
            foreach (var learner in course.Learners)
            {
                Assert.DoesNotContain($"\"{learner.Name}\"", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain($"\"user_id\":{learner.Id.Value},", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain($"\"author_id\":{learner.Id.Value},", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("Essay of", answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(string.Empty, claimed.At("claims.0.work.work.attempts.0.receipt.number").GetString());
        Assert.Equal(string.Empty, claimed.At("claims.0.work.work.attempts.0.receipt.sha256").GetString());
        Assert.InRange(shown, 1L << 52, (1L << 53) - 1);
        Assert.Matches("^Learner [0-9A-Z]{6}$", claimed.At("claims.0.work.name").GetString());
        Assert.Contains(shown, listed.At("items").EnumerateArray().Select(line => line.GetProperty("user_id").GetInt64()));
        Assert.Equal("file-1.txt", claimed.At("claims.0.work.work.attempts.0.files.0.name").GetString());
    }

    [Fact]
    public async Task A_file_is_fetched_under_the_name_it_is_shown_by_and_under_no_other()
    {
        var (course, essay) = await Anonymous(learners: 1, files: true, file: "Ada Lovelace.bin");
        var claimed = (await course.Instructor.Post($"{essay.Path}/grading-claims", new { count = 1 })).Expect(200);
        var url = claimed.At("claims.0.work.work.attempts.0.files.0.url").GetString()!;
        Uri There(string address) => new($"/t/{course.Tenant.Slug}/api/v1/{address.TrimStart('/')}", UriKind.Relative);

        using var file = await course.Tenant.Host.Http.GetAsync(There(url));
        using var stripped = await course.Tenant.Host.Http.GetAsync(There(url[..url.IndexOf("&called", StringComparison.Ordinal)]));

        Assert.Equal("file-1.bin", file.EnsureSuccessStatusCode().Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, stripped.StatusCode);
        var own = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal("Ada Lovelace.bin", own.At("attempts.0.files.0.name").GetString());
    }

    [Fact]
    public async Task Who_names_a_learner_names_nobody()
    {
        var (course, essay) = await Anonymous(learners: 1);
        var (ada, grader) = (course.Learner.Id.Value, course.Instructor);
        (await grader.Get($"{essay.Path}/grading-claims/{ada}")).Expect(404);
        (await grader.Get($"{essay.Path}/learners/{ada}/submissions")).Expect(404);
        (await grader.Get($"{essay.Path}/grades/{ada}/history")).Expect(404);
        (await grader.Get($"{essay.Path}/rubric-assessments/{ada}")).Expect(404);
        (await grader.Put($"{essay.Path}/comment-drafts/{ada}", new { body = "x", version = 0 })).Expect(404);
        (await essay.Record(course.Learner, new { score = 5, version = 0 })).Expect(404);
        (await grader.Post($"{essay.Path}/revision-requests", new { user_id = ada, note = "Again" })).Refused(422, "nothing_to_return");
        (await grader.Put($"{course.Path}/grades", new
        {
            changes = new[] { new { assignment_id = essay.Id.Value, user_id = ada, score = 5, version = 0 } },
        })).Refused(422, "changes_refused");
    }

    [Fact]
    public async Task Nothing_that_stands_beside_a_name_changes_when_work_is_graded()
    {
        var (course, essay) = await Anonymous(learners: 2);
        var open = await course.NewAssignment("Open");
        await open.Score(course.Learner, 5);
        var before = await course.SettledGradebook();
        var grades = (await course.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(200);
        var asLearner = (await course.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}?view=learner")).Expect(200);

        foreach (var shown in await Shown(course, essay)) (await Grade(course, essay, shown, 9)).Expect(200);

        var after = await course.Gradebook();
        foreach (var learner in course.Learners)
        {
            Assert.Equal(before.Row(learner).ToString(), after.Row(learner).ToString());
            Assert.Null(after.Score(learner, essay));
            Assert.Equal(0, after.Flags(learner, essay));
        }

        var since = before.Answer.At("version").GetInt64();
        Assert.True(after.Answer.At("version").GetInt64() > since);
        var changes = (await course.Instructor.Get($"{course.Path}/gradebook/changes?since={since}")).Expect(200);
        Assert.Equal(0, changes.At("rows").GetArrayLength());
        foreach (var (path, was) in new[] { ("", grades), ("?view=learner", asLearner) })
        {
            var now = (await course.Instructor.Get($"{course.Path}/grades/{course.Learner.Id.Value}{path}")).Expect(200);
            Assert.Equal(was.At("items").ToString(), now.At("items").ToString());
            Assert.Equal(was.At("totals").ToString(), now.At("totals").ToString());
            Assert.DoesNotContain("Essay", now.Text, StringComparison.Ordinal);
        }

        var file = Encoding.UTF8.GetString(await course.Bytes(await course.Export(new { format = "csv" })));
        Assert.DoesNotContain("Essay", file, StringComparison.Ordinal);
        var import = await course.Import("Learner ID,Essay", $"{course.Learner.Id.Value},3");
        Assert.Equal("unknown_column", (await course.Rows(import)).Single().GetProperty("code").GetString());
        Assert.Equal(0, (await course.Prove()).Failures);
        // Learners see their own work by their own name, as ever.
        Assert.Equal(course.Learner.Id.Value, (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).Id("user_id"));
    }

    [Fact]
    public async Task Dates_of_ones_own_do_not_tell_whose_work_it_is()
    {
        var (course, essay) = await Anonymous(learners: 1);
        var due = TimeProvider.System.GetUtcNow().AddDays(9).ToString("yyyy-MM-ddT00:00:00Z", CultureInfo.InvariantCulture);
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            items = new[] { new { audience = "person", audience_id = course.Learner.Id.Value, due_at = due } },
            version = await course.Version(essay),
        })).Expect(200);
        await course.SettledGradebook();
        var shown = (await Shown(course, essay)).Single();

        var work = (await course.Instructor.Get($"{essay.Path}/grading-claims/{shown}")).Expect(200);
        var graded = (await Grade(course, essay, shown, 7)).Expect(200);

        Assert.DoesNotContain(due[..10], work.Text, StringComparison.Ordinal);
        Assert.Equal(0, graded.At("flags").GetInt32() & (int)CellFlags.OwnDates);
    }

    [Fact]
    public async Task Lines_are_listed_in_an_order_of_their_own_a_page_at_a_time()
    {
        var (course, essay) = await Anonymous(learners: 5);
        var (seen, after) = (new List<long>(), "");
        do
        {
            var page = (await course.Instructor.Get($"{essay.Path}/submissions?limit=2{after}")).Expect(200);
            seen.AddRange(page.At("items").EnumerateArray().Select(line => line.GetProperty("user_id").GetInt64()));
            after = page.At("next").GetString() is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Names_are_shown_again_by_who_may_for_a_reason_that_is_kept()
    {
        var (course, essay) = await Anonymous(learners: 1);
        var shown = (await Shown(course, essay)).Single();
        (await Grade(course, essay, shown, 9)).Expect(200);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var (path, version) = ($"{essay.Path}/anonymity-lifts", await course.Version(essay));
        (await assistant.Post(path, new { reason = "Illness", version })).Expect(403);
        (await (await app.NewCourse()).Instructor.Post(path, new { reason = "Illness", version })).Expect(404);
        (await course.Instructor.Post(path, new { reason = " ", version })).Refused(422, "reason_required");
        (await course.Instructor.Post(path, new { reason = "Illness", version = version - 1 })).Refused(409, "conflict");

        (await course.Instructor.Post(path, new { reason = "Illness", version })).Expect(200);
        (await course.Instructor.Post(path, new { reason = "Illness", version })).Expect(200);

        Assert.Single(await course.Tenant.AuditOf("anonymity.lifted"));
        var book = await course.SettledGradebook();
        Assert.Equal(9, book.Score(course.Learner, essay));
        Assert.Equal(90, book.Total(course.Learner, "current"));
        // A page that was open still knows learners by what they were called.
        Assert.Equal(course.Learner.Name, (await course.Instructor.Get($"{essay.Path}/grading-claims/{shown}")).Expect(200)
            .At("name").GetString());
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = await course.Version(essay) }))
            .Refused(422, "anonymity_lifted");
    }

    [Fact]
    public async Task Posting_shows_names_and_says_so_first()
    {
        var (course, essay) = await Anonymous(learners: 1);
        (await Grade(course, essay, (await Shown(course, essay)).Single(), 9)).Expect(200);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var version = await course.Version(essay);
        (await essay.Post(assistant, new { lift_anonymity = true })).Expect(403);
        (await essay.Post(course.Instructor)).Refused(422, "posting_lifts_anonymity");
        (await course.Instructor.Put($"{essay.Path}/posting-policy", new { posts_manually = false, version }))
            .Refused(422, "marking_posts_by_hand");
        (await assistant.Put(
            $"{essay.Path}/posting-policy", new { posts_manually = true, posts_at = TimeProvider.System.GetUtcNow().AddDays(1), version }))
            .Expect(403);

        (await essay.Post(course.Instructor, new { lift_anonymity = true })).Expect(201);

        var book = await course.SettledGradebook();
        Assert.Equal(9, book.Score(course.Learner, essay));
        Assert.Equal(9, await course.SeenScore(course.Learner));
        Assert.False((await course.Instructor.Get(essay.Path)).At("anonymous").GetBoolean());
        Assert.Single(await course.Tenant.AuditOf("anonymity.lifted"));
        Assert.Equal(0, (await course.Prove()).Failures);
    }

    [Fact]
    public async Task Names_are_hidden_before_anybody_is_graded_or_not_at_all()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var path = $"{essay.Path}/anonymity";
        (await (await course.NewMember(Role.TeachingAssistant)).Put(path, new { version = essay.Version })).Expect(403);
        (await (await app.NewCourse()).Instructor.Put(path, new { version = essay.Version })).Expect(404);
        (await course.Instructor.Put(path, new { })).Refused(422, "version_required");
        (await course.Instructor.Put(path, new { version = essay.Version + 1 })).Refused(409, "conflict");
        (await course.Instructor.Post($"{essay.Path}/anonymity-lifts", new { reason = "x", version = essay.Version }))
            .Refused(422, "not_anonymous");
        await essay.Score(course.Learner, 5);
        (await course.Instructor.Put(path, new { version = essay.Version })).Refused(422, "anonymity_too_late");
    }

    private async Task<(TestCourse Course, TestAssignment Essay)> Anonymous(int learners, bool files = false, string? file = null)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners)
        {
            if (!files) (await learner.Post($"{essay.Path}/submissions", new { body_text = "My essay" })).Expect(201);
            else await HandInFile(learner, essay, file ?? $"Essay of {learner.Name}.txt");
        }

        var set = (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        Assert.True(set.At("anonymous").GetBoolean());
        Assert.True(set.At("posts_manually").GetBoolean());
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        return (course, essay);
    }

    private static async Task HandInFile(TestPerson learner, TestAssignment essay, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([0x00, 0x01, 0x41, 0x42]), "files", name } };
        (await learner.Send(HttpMethod.Post, $"{essay.Path}/submissions", form)).Expect(201);
    }

    private static async Task<List<long>> Shown(TestCourse course, TestAssignment essay) =>
        [.. (await course.Instructor.Get($"{essay.Path}/submissions")).Expect(200).At("items").EnumerateArray()
            .Select(line => line.GetProperty("user_id").GetInt64())];

    private static Task<Answer> Grade(TestCourse course, TestAssignment essay, long shown, decimal score) =>
        course.Instructor.Put($"{essay.Path}/grades/{shown}", new { score, version = 0 });
}
