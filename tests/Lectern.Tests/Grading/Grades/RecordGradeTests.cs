using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Grades;

public sealed class RecordGradeTests(LecternApp app)
{
    [Fact]
    public async Task A_score_is_in_the_gradebook_with_its_totals_at_once()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 30);

        var recorded = await essay.Score(course.Learner, 7.5m);

        Assert.Equal(7.5m, recorded.At("score").GetDecimal());
        Assert.Equal(1, recorded.At("version").GetInt32());
        Assert.Equal(75m, recorded.At("row_totals.current").GetDecimal());
        Assert.Equal(18.75m, recorded.At("row_totals.final").GetDecimal());
        var gradebook = await course.Gradebook();
        Assert.Equal(7.5m, gradebook.Score(course.Learner, essay));
        Assert.Null(gradebook.Score(course.Learner, quiz));
        Assert.Equal(75m, gradebook.Total(course.Learner, "current"));
        Assert.Equal(18.75m, gradebook.Total(course.Learner, "final"));
        Assert.Equal(recorded.At("course_version").GetInt64(), gradebook.Answer.At("version").GetInt64());
        Assert.Equal(2, gradebook.Answer.At("students").GetArrayLength());
    }

    [Fact]
    public async Task Recording_again_replaces_the_earlier_grade_and_keeps_both_in_the_history()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        await essay.Score(course.Learner, 4);
        await essay.Score(course.Learner, 9, version: 1);

        Assert.Equal(9, (await course.Gradebook()).Score(course.Learner, essay));
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        Assert.Equal([9m, 4m], history.At("items").EnumerateArray().Select(entry => entry.GetProperty("entered_score").GetDecimal()));
        Assert.Equal("Ines Instructor", history.At("items.0.actor_name").GetString());
        Assert.Equal("api", history.At("items.0.source").GetString());
    }

    [Fact]
    public async Task A_second_grader_is_shown_both_values_and_overwrites_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        await essay.Score(course.Learner, 4);

        var second = await essay.Record(course.Learner, new { score = 8, version = 0 }, assistant);

        second.Refused(409, "conflict");
        Assert.Equal(4m, second.At("current.score").GetDecimal());
        Assert.Equal(1, second.At("current.version").GetInt32());
        Assert.Equal("Ines Instructor", second.At("current.graded_by.name").GetString());
        Assert.True(second.At("current.graded_at").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.Equal(8m, second.At("yours.score").GetDecimal());
        Assert.Equal(4, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task Two_graders_at_the_same_moment_lose_nothing()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment();
        var assistant = await course.NewMember(Role.TeachingAssistant);

        var answers = await Task.WhenAll(course.Learners.SelectMany(learner => new[] { (course.Instructor, 3m), (assistant, 6m) }
            .Select(by => essay.Record(learner, new { score = by.Item2, version = 0 }, by.Item1))));

        Assert.Equal(4, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(4, answers.Count(answer => (int)answer.Status == 409));
        var versions = answers.Where(answer => (int)answer.Status == 200).Select(answer => answer.At("course_version").GetInt64()).ToList();
        Assert.Equal(4, versions.Distinct().Count());
    }

    [Fact]
    public async Task The_same_request_again_answers_as_before_and_changes_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        var first = (await essay.Record(course.Learner, new { score = 5, version = 0, comment = "Good" })).Expect(200);
        var again = (await essay.Record(course.Learner, new { score = 5, version = 0, comment = "Good" })).Expect(200);

        Assert.Equal(first.At("grade_id").GetInt64(), again.At("grade_id").GetInt64());
        Assert.Equal(1, again.At("version").GetInt32());
        Assert.Single(
            await course.Tenant.Rows<long>(db => $"SELECT submission_comment_id FROM submission_comments WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task An_excuse_leaves_both_totals_and_a_score_brings_the_work_back()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 10);
        await quiz.Score(course.Learner, 8);

        var excused = (await essay.Record(course.Learner, new { status = "excused", version = 0 })).Expect(200);
        Assert.Equal(80m, excused.At("row_totals.final").GetDecimal());
        Assert.Equal(8, (await course.Gradebook()).Flags(course.Learner, essay) & 8);

        var scored = (await essay.Record(course.Learner, new { score = 10, version = 1 })).Expect(200);
        Assert.Equal("computed", scored.At("status").GetString());
        Assert.Equal(90m, scored.At("row_totals.final").GetDecimal());
    }

    [Fact]
    public async Task A_grade_is_changed_by_its_number_with_a_rubric_and_a_comment()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var grade = (await essay.Score(course.Learner, 4)).At("grade_id").GetInt64();

        var changed = await course.Instructor.Put(
            $"/grades/{grade}", new { score = 6, rubric_data = new { clarity = 3 }, comment = "Clearer now", version = 1 });

        Assert.Equal(6m, changed.Expect(200).At("score").GetDecimal());
        var history = await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history");
        Assert.Equal(3, history.At("items.0.rubric_data.clarity").GetInt32());
        (await course.Instructor.Put("/grades/99999999", new { score = 6, version = 1 })).Expect(404);
    }

    [Fact]
    public async Task A_score_taken_away_is_gone_from_totals_and_kept_in_the_ledger()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);

        var cleared = (await essay.Record(course.Learner, new { score = (decimal?)null, version = 1 })).Expect(200);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, cleared.At("row_totals.current").ValueKind);
        Assert.Null((await course.Gradebook()).Score(course.Learner, essay));
    }

    [Theory]
    [InlineData("{\"score\":\"ten\",\"version\":0}", 400, "malformed_request")]
    [InlineData("{\"score\":1e9,\"version\":0}", 422, "score_too_large")]
    [InlineData("{\"score\":1e40,\"version\":0}", 400, "malformed_request")]
    [InlineData("{\"score\":-1,\"version\":0}", 422, "score_negative")]
    [InlineData("{\"score\":1.00001,\"version\":0}", 422, "score_too_fine")]
    [InlineData("{\"score\":1}", 422, "version_required")]
    [InlineData("{\"version\":0}", 422, "nothing_to_change")]
    [InlineData("{\"status\":\"splendid\",\"version\":0}", 400, "malformed_request")]
    [InlineData("{\"score\":1,\"submission_id\":77,\"version\":0}", 422, "unknown_submission")]
    public async Task Bad_grades_are_refused_and_leave_no_trace(string body, int status, string code)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await course.Instructor.Send(HttpMethod.Put, $"{essay.Path}/grades/{course.Learner.Id.Value}", content);

        answer.Refused(status, code);
        Assert.Empty(await course.Tenant.Rows<int>(db => $"SELECT version FROM grade_entries WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task An_over_long_comment_is_refused()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        (await essay.Record(course.Learner, new { score = 1, comment = new string('x', 20_001), version = 0 })).Refused(422, "too_long");
    }

    [Fact]
    public async Task Only_graders_of_the_course_may_record_and_only_for_its_learners()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        var elsewhere = await course.Tenant.NewCourse();
        var foreign = await app.NewCourse();

        (await essay.Record(course.Learner, new { score = 1, version = 0 }, course.Learner)).Expect(403);
        (await essay.Record(course.Learner, new { score = 1, version = 0 }, await course.NewMember(Role.Designer))).Expect(403);
        (await essay.Record(course.Learner, new { score = 1, version = 0 }, elsewhere.Instructor)).Expect(404);
        (await essay.Record(course.Learner, new { score = 1, version = 0 }, course.Tenant.Nobody())).Expect(401);
        (await essay.Record(elsewhere.Learner, new { score = 1, version = 0 })).Expect(404);
        (await essay.Record(course.Instructor, new { score = 1, version = 0 })).Expect(404);
        (await essay.Record(course.Learner, new { score = 1, version = 0 }, foreign.Instructor)).Expect(404);
        (await foreign.Instructor.At(course.Tenant).Put(
            $"{essay.Path}/grades/{course.Learner.Id.Value}", new { score = 1, version = 0 })).Expect(401);
    }

    [Fact]
    public async Task Every_grade_leaves_an_audit_row_with_old_and_new()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        await essay.Score(course.Learner, 5, version: 1);

        var rows = await course.Tenant.AuditOf("grade.recorded");
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(course.Instructor.Id, row.ActorId));
    }
}
