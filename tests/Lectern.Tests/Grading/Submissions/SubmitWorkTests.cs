using System.Net.Http.Headers;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Submissions;

public sealed class SubmitWorkTests(LecternApp app)
{
    [Fact]
    public async Task Work_is_taken_with_a_receipt_and_waits_for_a_grader()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        var taken = (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "My essay." })).Expect(201);

        Assert.Equal(1, taken.At("attempt").GetInt32());
        Assert.Equal(64, taken.At("receipt.sha256").GetString()!.Length);
        Assert.Equal($"{essay.Id.Value}-{course.Learner.Id.Value}-1", taken.At("receipt.number").GetString());
        Assert.False(taken.At("late").GetBoolean());
        Assert.Equal(1 | 32, (await course.Gradebook()).Flags(course.Learner, essay) & (1 | 32));
        var list = (await course.Instructor.Get($"{essay.Path}/submissions?show=ungraded")).Expect(200);
        Assert.Equal(taken.Id("submission_id"), list.Id("items.0.submission_id"));

        await essay.Score(course.Learner, 9);
        Assert.Empty((await course.Instructor.Get($"{essay.Path}/submissions?show=ungraded")).At("items").EnumerateArray());
        Assert.Equal(0, (await course.Gradebook()).Flags(course.Learner, essay) & 32);
    }

    [Fact]
    public async Task A_double_click_is_one_submission_with_one_receipt()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: new { attempts_allowed = 2 });

        var clicks = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Once." })));

        Assert.Single(clicks, answer => (int)answer.Status == 201);
        Assert.Equal(4, clicks.Count(answer => (int)answer.Status == 200));
        Assert.Single(clicks.Select(answer => answer.At("receipt.sha256").GetString()).Distinct());
        Assert.Single(await Attempts(course));
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "One." }, key)).Expect(201);
        var again = (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "One." }, key)).Expect(201);

        Assert.Equal(first.Text, again.Text);
        Assert.Single(await Attempts(course));
    }

    [Fact]
    public async Task Attempts_are_numbered_and_limited()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: new { attempts_allowed = 2 });
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "First." })).Expect(201);
        await essay.Score(course.Learner, 4);
        var second = (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Second." })).Expect(201);

        Assert.Equal(2, second.At("attempt").GetInt32());
        Assert.Equal(32 | 64, (await course.Gradebook()).Flags(course.Learner, essay) & (32 | 64));
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Third." })).Refused(422, "attempts_used_up");
        var mine = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(
            ["Second.", "First."], mine.At("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("body_text").GetString()));
        Assert.Equal("attempts_used_up", mine.At("standing.closed_because").GetString());
    }

    [Fact]
    public async Task Due_and_lock_instants_belong_to_the_time_before_them()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 4)).On(host);
        var start = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var (opens, due, locks) = (start.AddHours(1), start.AddHours(2), start.AddHours(3));
        var essay = await course.NewAssignment(more: new { unlocks_at = opens, due_at = due, locks_at = locks });

        clock.StandAt(opens.AddMilliseconds(-1));
        (await HandIn(0)).Refused(422, "assignment_not_open_yet");
        clock.StandAt(opens);
        Assert.False((await HandIn(0)).Expect(201).At("late").GetBoolean());
        clock.StandAt(due);
        Assert.False((await HandIn(1)).Expect(201).At("late").GetBoolean());
        clock.StandAt(due.AddMilliseconds(1));
        Assert.Equal(1, (await HandIn(2)).Expect(201).At("seconds_late").GetInt64());
        clock.StandAt(locks);
        Assert.True((await HandIn(3)).Expect(201).At("late").GetBoolean());
        clock.StandAt(locks.AddMilliseconds(1));
        (await HandIn(3, "again")).Refused(422, "assignment_locked");

        Task<Answer> HandIn(int learner, string text = "Work.") =>
            course.Learners[learner].Post($"{essay.Path}/submissions", new { body_text = text });
    }

    [Fact]
    public async Task A_persons_own_dates_win_over_the_sections_and_those_over_the_assignments()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 2)).On(host);
        var start = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var essay = await course.NewAssignment(more: new { due_at = start.AddHours(1), locks_at = start.AddHours(1) });
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            version = essay.Version,
            items = new object[]
            {
                new { audience = "section", audience_id = course.Section.Value, due_at = start.AddHours(2), locks_at = start.AddHours(2) },
                new { audience = "person", audience_id = course.Learners[1].Id.Value, due_at = start.AddHours(3),
                    locks_at = start.AddHours(3) },
            },
        })).Expect(200);

        clock.StandAt(start.AddHours(2).AddSeconds(1));
        (await course.Learners[0].Post($"{essay.Path}/submissions", new { body_text = "Too late." })).Refused(422, "assignment_locked");
        Assert.False((await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "In time." })).Expect(201).At(
            "late").GetBoolean());
        var seen = (await course.Learners[1].Get(essay.Path)).Expect(200);
        Assert.Equal(start.AddHours(3), seen.At("due_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("{}", 422, "nothing_handed_in")]
    [InlineData("{\"body_text\":\"  \"}", 422, "nothing_handed_in")]
    [InlineData("{\"url\":\"https://example.edu\"}", 422, "submission_type_not_allowed")]
    [InlineData("{\"type\":\"on_paper\",\"body_text\":\"x\"}", 422, "submission_type_not_allowed")]
    [InlineData("{\"file_ids\":[4711]}", 422, "unknown_file")]
    [InlineData("{\"body_text\":7}", 400, "malformed_request")]
    [InlineData("not json", 400, "malformed_request")]
    public async Task Bad_work_is_refused(string body, int status, string code)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await course.Learner.Send(HttpMethod.Post, $"{essay.Path}/submissions", content)).Refused(status, code);
        Assert.Empty(await Attempts(course));
    }

    [Fact]
    public async Task An_over_long_text_and_a_bad_address_are_refused()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: new { submission_types = new[] { "text", "url" } });
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = new string('x', 500_001) })).Refused(422, "too_long");
        (await course.Learner.Post($"{essay.Path}/submissions", new { url = "javascript:alert(1)" })).Refused(422, "bad_url");
        (await course.Learner.Post($"{essay.Path}/submissions", new { url = "https://example.edu/work" })).Expect(201);
    }

    [Fact]
    public async Task Files_come_along_as_multipart_or_by_presigned_address()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var pdf = "%PDF-1.7 work"u8.ToArray();

        var sent = (await SendFile(course.Learner, essay, "essay.pdf", pdf)).Expect(201);
        Assert.Equal("file", sent.At("type").GetString());
        var work = (await course.Instructor.Get($"/submissions/{sent.Id("submission_id")}")).Expect(200);
        Assert.Equal("essay.pdf", work.At("attempts.0.files.0.name").GetString());

        var plan = (await course.Learner.Post(
            $"{essay.Path}/uploads", new { name = "more.txt", size_bytes = 5, content_type = "text/plain" })).Expect(201);
        using var bytes = new ByteArrayContent("hello"u8.ToArray());
        (await course.Learner.Send(HttpMethod.Put, "/" + plan.At("parts.0.url").GetString(), bytes)).Expect(200);
        var file = (await course.Learner.Post($"/uploads/{plan.Id("upload_id")}/completion")).Expect(200).Id("file_id");
        Assert.Equal(2,
            (await course.Learner.Post($"{essay.Path}/submissions", new { file_ids = new[] { file } })).Expect(201).At("attempt")
                .GetInt32());
    }

    [Fact]
    public async Task Lying_empty_and_too_large_files_are_refused_and_leave_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        (await SendFile(course.Learner, essay, "essay.pdf", "MZ this is a program"u8.ToArray())).Refused(422, "file_type_mismatch");
        (await SendFile(course.Learner, essay, "essay.txt", [])).Refused(422, "file_empty");
        (await course.Learner.Post($"{essay.Path}/uploads", new { name = "big.bin", size_bytes = 17L << 20 })).Refused(
            422, "file_too_large");
        (await course.Learner.Post($"{essay.Path}/uploads", new { name = "a/b.txt", size_bytes = 10 })).Refused(422, "bad_file_name");

        Assert.Empty(await Attempts(course));
        Assert.Empty(await course.Tenant.Rows<string>(db => $"SELECT name FROM files WHERE tenant_id = {db.Tenant} AND state = 'stored'"));
    }

    [Fact]
    public async Task A_file_over_the_institutions_quota_is_refused_before_it_is_sent()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await course.Tenant.Do(async services =>
        {
            var db = (Lectern.Platform.Data.TenantDb)services.GetService(typeof(Lectern.Platform.Data.TenantDb))!;
            return await db.Execute(
                $"INSERT INTO storage_use (tenant_id, size_bytes) VALUES ({db.Tenant}, {(64L << 20) - 10})", CancellationToken.None);
        });
        (await course.Learner.Post($"{essay.Path}/uploads", new { name = "work.bin", size_bytes = 11 })).Refused(422, "quota_exceeded");
    }

    [Fact]
    public async Task Only_learners_of_the_course_hand_in_and_only_graders_see_others_work()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        var elsewhere = await course.Tenant.NewCourse();
        var taken = (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Mine." })).Expect(201).Id("submission_id");

        (await course.Instructor.Post($"{essay.Path}/submissions", new { body_text = "x" })).Expect(403);
        (await elsewhere.Learner.Post($"{essay.Path}/submissions", new { body_text = "x" })).Expect(404);
        (await course.Tenant.Nobody().Post($"{essay.Path}/submissions", new { body_text = "x" })).Expect(401);
        (await course.Learners[1].Get($"/submissions/{taken}")).Expect(404);
        (await course.Learners[1].Post($"/submissions/{taken}/comments", new { body = "Hm." })).Expect(404);
        (await course.Learners[1].Get($"{essay.Path}/submissions")).Expect(403);
        (await elsewhere.Instructor.Get($"/submissions/{taken}")).Expect(404);
        (await course.Learner.Get($"/submissions/{taken}")).Expect(200);
        (await (await course.NewMember(Role.TeachingAssistant)).Get($"/submissions/{taken}")).Expect(200);
    }

    [Fact]
    public async Task Remarks_reach_the_learner_and_those_on_unposted_work_wait()
    {
        var course = await app.NewCourse();
        var open = await course.NewAssignment("Open");
        var closed = await course.NewAssignment("By hand", more: new { posts_manually = true });
        foreach (var assignment in new[] { open, closed })
        {
            var id = (await course.Learner.Post($"{assignment.Path}/submissions", new { body_text = "Work." })).Expect(201)
                .Id("submission_id");
            (await course.Instructor.Post($"/submissions/{id}/comments", new { body = "Well argued." })).Expect(201);
            (await course.Instructor.Post($"/submissions/{id}/comments", new { body = " " })).Refused(422, "body_required");
            await assignment.Score(course.Learner, 8);
        }

        var shown = (await course.Learner.Get($"{open.Path}/submissions/mine")).Expect(200);
        Assert.Equal("Well argued.", shown.At("comments.0.body").GetString());
        Assert.Equal(8m, shown.At("grade.score").GetDecimal());
        var hidden = (await course.Learner.Get($"{closed.Path}/submissions/mine")).Expect(200);
        Assert.Empty(hidden.At("comments").EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, hidden.At("grade").ValueKind);
    }

    [Fact]
    public async Task A_draft_saves_itself_shows_conflicts_and_ends_with_the_submission()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        Assert.Equal(0, (await course.Learner.Get($"{essay.Path}/draft")).Expect(200).At("version").GetInt32());
        Assert.Equal(1,
            (await course.Learner.Put($"{essay.Path}/draft", new { body_text = "Be", version = 0 })).Expect(200).At("version").GetInt32());
        Assert.Equal(2,
            (await course.Learner.Put($"{essay.Path}/draft", new { body_text = "Begun", version = 1 })).Expect(200).At("version")
                .GetInt32());
        var other = await course.Learner.Put($"{essay.Path}/draft", new { body_text = "Old window", version = 1 });
        other.Refused(409, "conflict");
        Assert.Equal("Begun", other.At("current.body_text").GetString());
        Assert.Equal("Old window", other.At("yours.body_text").GetString());
        (await course.Learner.Put($"{essay.Path}/draft", new { body_text = "x" })).Refused(422, "version_required");

        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Begun" })).Expect(201);
        Assert.Equal(0, (await course.Learner.Get($"{essay.Path}/draft")).At("version").GetInt32());
    }

    private static Task<List<int>> Attempts(TestCourse course) =>
        course.Tenant.Rows<int>(db => $"SELECT attempt FROM submissions WHERE tenant_id = {db.Tenant}");

    private static async Task<Answer> SendFile(TestPerson learner, TestAssignment essay, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return await learner.Send(HttpMethod.Post, $"{essay.Path}/submissions", form);
    }
}
