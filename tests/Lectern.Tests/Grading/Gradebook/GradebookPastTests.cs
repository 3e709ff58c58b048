using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Gradebook;

public sealed class GradebookPastTests(LecternApp app)
{
    [Fact]
    public async Task A_gradebook_is_read_as_it_was_with_the_rules_of_then()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 2)).On(host);
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 30);
        await essay.Score(course.Learner, 5);
        await course.SettledGradebook();
        var before = clock.GetUtcNow();
        clock.Move(TimeSpan.FromHours(1));
        await essay.Score(course.Learner, 9, 1);
        await quiz.Score(course.Learner, 30);
        var later = await course.NewAssignment("Later", 10);
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            policy = new { letter_scheme = new { scheme_id = 1, version = 1, bands = new[] { new { letter = "P", lower_percent = 0 } } } },
            version = 1,
        })).Expect(200);

        var then = await AsOf(course, before);
        var now = await AsOf(course, clock.GetUtcNow());

        Assert.Equal(5, then.Score(course.Learner, essay));
        Assert.Null(then.Score(course.Learner, quiz));
        Assert.Equal(50m, then.Total(course.Learner, "current"));
        Assert.Equal(12.5m, then.Total(course.Learner, "final"));
        Assert.Null(then.Score(course.Learners[1], essay));
        Assert.False(then.Row(course.Learner).GetProperty("t").TryGetProperty("current_letter", out _));
        Assert.Equal(2, then.Answer.At("assignments").GetArrayLength());
        Assert.Equal(before.ToUnixTimeSeconds(), then.Answer.At("as_of").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(97.5m, now.Total(course.Learner, "current"));
        Assert.Equal("P", now.Row(course.Learner).GetProperty("t").GetProperty("current_letter").GetString());
        Assert.Equal(0, now.Flags(course.Learner, later));
        Assert.Equal(2, (await course.Tenant.Rows<string>(db => $"""
            SELECT detail->>'as_of' FROM audit_entries
            WHERE tenant_id = {db.Tenant} AND action = 'gradebook.read' AND detail ? 'as_of'
            """)).Count);
    }

    [Fact]
    public async Task What_was_now_is_what_is_now()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment("Essay", 10);
        var quiz = await course.NewAssignment("Quiz", 7, new { due_at = TimeProvider.System.GetUtcNow().AddDays(-1) });
        await essay.Score(course.Learner, 6.25m);
        (await quiz.Record(course.Learner, new { status = "excused", version = 0 })).Expect(200);
        (await quiz.Record(course.Learners[1], new { score = 3, status = "late", seconds_late = 60, version = 0 })).Expect(200);
        await course.Learners[2].Post($"{essay.Path}/submissions", new { body_text = "Work." });
        var live = await course.SettledGradebook();

        var past = await AsOf(course, TimeProvider.System.GetUtcNow());

        Assert.All(course.Learners, learner => Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(live.Row(learner)), System.Text.Json.JsonSerializer.Serialize(past.Row(learner))));
    }

    [Fact]
    public async Task The_future_is_refused_and_so_is_who_may_not_read()
    {
        var course = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();

        await AsOf(course, TimeProvider.System.GetUtcNow().AddMinutes(2));
        (await course.Instructor.Get($"{course.Path}/gradebook?as_of=2999-01-01T00:00:00Z")).Refused(422, "as_of_in_future");
        (await course.Instructor.Get($"{course.Path}/gradebook?as_of=yesterday")).Refused(400, "malformed_request");
        (await course.Learner.Get($"{course.Path}/gradebook?as_of=2020-01-01T00:00:00Z")).Expect(403);
        (await elsewhere.Instructor.Get($"{course.Path}/gradebook?as_of=2020-01-01T00:00:00Z")).Expect(404);
        (await course.Instructor.Get($"{course.Path}/gradebook?as_of=2020-01-01T00:00:00Z")).Expect(200);
    }

    [Fact]
    public async Task What_others_changed_since_one_looked_is_told_once()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 3)).On(host);
        var essay = await course.NewAssignment("Essay", 10);
        var assistant = (await course.NewMember(Role.TeachingAssistant)).At(course.Tenant);
        await essay.Score(course.Learners[0], 5);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await News(course, assistant)).At("since").ValueKind);

        clock.Move(TimeSpan.FromMinutes(1));
        await Look(course, assistant);
        clock.Move(TimeSpan.FromMinutes(1));
        await essay.Score(course.Learners[0], 8, 1);
        (await essay.Record(course.Learners[1], new { status = "excused", version = 0 })).Expect(200);
        (await essay.Record(course.Learners[2], new { score = 3, version = 0 }, assistant)).Expect(200);

        var news = await News(course, assistant);
        Assert.Equal(2, news.At("items").GetArrayLength());
        var changed = news.At("items").EnumerateArray()
            .Single(item => item.GetProperty("user_id").GetInt64() == course.Learners[0].Id.Value);
        Assert.Equal(5m, changed.GetProperty("score_before").GetDecimal());
        Assert.Equal(8m, changed.GetProperty("score_now").GetDecimal());
        Assert.Equal("Ines Instructor", changed.GetProperty("actor_name").GetString());
        clock.Move(TimeSpan.FromMinutes(1));
        await Look(course, assistant);
        Assert.Equal(0, (await News(course, assistant)).At("items").GetArrayLength());
        Assert.Equal(2, (await News(course, assistant, "?since=2020-01-01T00:00:00Z")).At("items").GetArrayLength());
        (await course.Learner.Get($"{course.Path}/gradebook/news")).Expect(403);
        (await course.Learner.Put($"{course.Path}/gradebook/look")).Expect(403);
    }

    [Fact]
    public async Task Why_all_totals_were_worked_out_anew_is_kept_and_told()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment("Essay", 10);
        (await course.Instructor.Put(essay.Path, new { title = "Essay", points_possible = 20, version = essay.Version })).Expect(200);
        var rules = new { version = 1, policy = new { weighting = "percent" } };
        (await course.Instructor.Put($"{course.Path}/grading-policy", rules)).Expect(200);
        var assistant = await course.NewMember(Role.TeachingAssistant);

        var told = (await News(course, assistant, "?since=2020-01-01T00:00:00Z")).At("recalculations");

        Assert.Equal(
            [("rules_changed", null), ("assignment_changed", "Essay"), ("assignment_added", "Essay")],
            told.EnumerateArray().Select(one => (one.GetProperty("cause").GetString()!, one.GetProperty("subject_name").GetString())));
        Assert.All(told.EnumerateArray(), one => Assert.Equal("Ines Instructor", one.GetProperty("actor_name").GetString()));
        Assert.Empty((await News(course, course.Instructor, "?since=2020-01-01T00:00:00Z")).At("recalculations").EnumerateArray());
    }

    [Fact]
    public async Task What_was_changed_and_changed_back_is_no_news()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse()).On(host);
        var essay = await course.NewAssignment("Essay", 10);
        var assistant = (await course.NewMember(Role.TeachingAssistant)).At(course.Tenant);
        await Look(course, assistant);
        clock.Move(TimeSpan.FromMinutes(1));
        await essay.Score(course.Learner, 8);
        (await essay.Record(course.Learner, new { restore = 0, version = 1 })).Expect(200);

        Assert.Equal(0, (await News(course, assistant)).At("items").GetArrayLength());
    }

    private static async Task<TestGradebook> AsOf(TestCourse course, DateTimeOffset instant) =>
        new((await course.Instructor.Get($"{course.Path}/gradebook?as_of={Uri.EscapeDataString(instant.ToString("O"))}")).Expect(200));

    private static async Task<Answer> News(TestCourse course, TestPerson grader, string query = "") =>
        (await grader.Get($"{course.Path}/gradebook/news{query}")).Expect(200);

    private static async Task Look(TestCourse course, TestPerson grader) =>
        (await grader.Put($"{course.Path}/gradebook/look")).Expect(204);
}
