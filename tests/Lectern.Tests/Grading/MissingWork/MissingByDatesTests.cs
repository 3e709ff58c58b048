using System.Text.Json;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.MissingWork;

/// <summary>What is missing by the dates alone is scored by the course's rules, and the score taken back when it no longer is.</summary>
public sealed class MissingByDatesTests(LecternApp app)
{
    private const int Missing = 4;
    private const int NeedsGrading = 32;
    private const int Automatic = 256;

    [Fact]
    public async Task The_passing_due_date_scores_what_is_truly_missing_and_what_is_handed_in_takes_its_place()
    {
        var course = await Course(learners: 4);
        await Rules(course, byDates: true);
        var (ada, ben, cay, dee) = (course.Learners[0], course.Learners[1], course.Learners[2], course.Learners[3]);
        var essay = await course.NewAssignment(more: new { due_at = Ago(-72) });
        var optional = await course.NewAssignment("Bonus", more: new { optional = true, due_at = Ago(1) });
        var paper = await course.NewAssignment("Poster", more: new { submission_types = new[] { "on_paper" }, due_at = Ago(1) });
        var draft = await course.NewAssignment("Later", more: new { status = "draft", due_at = Ago(1) });
        (await ben.Post($"{essay.Path}/submissions", new { body_text = "Here." })).Expect(201);
        (await essay.Record(cay, new { status = "excused", version = 0 })).Expect(200);
        await essay.Score(dee, 6);
        await course.SettledGradebook();

        // A job sleeps until the first date; the earlier one does not wait for it.
        Assert.Equal([1], await course.Tenant.Rows<int>(db => $"""
            SELECT DISTINCT 1 FROM platform.jobs
            WHERE tenant_id = {db.Tenant} AND kind = 'grading.mark_missing' AND state = 'ready' AND run_at > {Ago(-71)}
                AND (body ->> 'structure')::int = (
                    SELECT structure_version FROM gradebooks WHERE tenant_id = {db.Tenant} AND course_id = {course.Id})
            """));
        await Due(course, essay, TimeProvider.System.GetUtcNow().AddSeconds(3));
        await Eventually(course, book => book.Score(ada, essay) == 0, "the due date has passed and scored what is missing");

        var book = await course.SettledGradebook();
        Assert.Equal(Missing | Automatic, book.Flags(ada, essay) & (Missing | Automatic));
        Assert.Equal(0, book.Total(ada, "current"));
        Assert.Equal((null, null, 6m), (book.Score(ben, essay), book.Score(cay, essay), book.Score(dee, essay)));
        Assert.All([optional, paper, draft], other => Assert.Null(book.Score(ada, other)));
        var mine = (await ada.Get($"{course.Path}/grades/mine")).Expect(200);
        Assert.True(mine.At("items.0.missing_since").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow());
        Assert.Contains("missing_policy", mine.At("derivation").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("policy", "missing", "past due"), await Newest(course, essay, ada));
        await TestTenant.Eventually(async () => await Told(ada) == 1, "the learner is told, once");
        Assert.Equal(0, await Told(ben));

        (await ada.Post($"{essay.Path}/submissions", new { body_text = "Late." })).Expect(201);

        book = await course.Gradebook();
        Assert.Null(book.Score(ada, essay));
        Assert.Equal(NeedsGrading, book.Flags(ada, essay) & (NeedsGrading | Missing));
        Assert.Equal(("policy", "computed", "handed in"), await Newest(course, essay, ada));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_rule_without_dates_scores_nothing_and_one_that_goes_takes_back_what_it_scored_as_was_said_before()
    {
        var course = await Course(learners: 3);
        var essay = await course.NewAssignment(more: new { due_at = Ago(1) });
        var hidden = await course.NewAssignment("Hidden", more: new { due_at = Ago(1), posts_manually = true });
        var late = await course.NewMember(Role.Learner);
        await essay.Score(course.Learners[2], 3);
        await Rules(course, byDates: false);
        var before = await course.SettledGradebook();
        Assert.Null(before.Score(course.Learner, essay));
        Assert.Equal([(essay, 2), (hidden, 3)], await Foretold(course, essay, hidden));

        await Rules(course, byDates: true, version: 2, deduct: 60);

        var book = await course.SettledGradebook();
        Assert.Equal(
            (4m, 4m, 3m),
            (book.Score(course.Learner, essay), book.Score(course.Learners[1], essay), book.Score(course.Learners[2], essay)));
        // Who came after the due date has missed nothing by the rule.
        Assert.Null(book.Score(late, essay));
        Assert.Equal(4, book.Score(course.Learner, hidden));
        Assert.Equal(40, book.Row(course.Learner).GetProperty("t").GetProperty("learner_current").GetDecimal());
        var mine = (await course.Learner.Get($"{course.Path}/grades/mine")).Expect(200);
        Assert.Equal(JsonValueKind.Null, mine.At("items.1.score").ValueKind);
        Assert.Equal(JsonValueKind.Null, mine.At("items.1.missing_since").ValueKind);
        Assert.Equal(4, mine.At("items.0.score").GetDecimal());
        Assert.Empty(await Foretold(course, essay, hidden));
        Assert.Equal(5, await Scored(course));
        var then = TimeProvider.System.GetUtcNow();

        await Rules(course, byDates: false, version: 3);

        book = await course.SettledGradebook();
        Assert.Null(book.Score(course.Learner, essay));
        Assert.Equal(3, book.Score(course.Learners[2], essay));
        Assert.Equal(before.Total(course.Learner, "current"), book.Total(course.Learner, "current"));
        var past = new TestGradebook(
            (await course.Instructor.Get($"{course.Path}/gradebook?as_of={Uri.EscapeDataString(then.ToString("O"))}")).Expect(200));
        Assert.Equal(4, past.Score(course.Learner, essay));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task What_a_person_takes_back_stays_taken_back_and_undone_it_is_the_rules_again()
    {
        var course = await Course(learners: 2);
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        await Rules(course, byDates: true);
        var essay = await course.NewAssignment(more: new { due_at = Ago(1) });
        await course.SettledGradebook();

        (await essay.Record(ada, new { score = (decimal?)null, version = 1 })).Expect(200);
        (await essay.Record(ben, new { score = 7, version = 1 })).Expect(200);
        (await essay.Record(ben, new { restore = 1, version = 2 })).Expect(200);
        await Due(course, essay, Ago(2));

        var book = await course.SettledGradebook();
        Assert.Null(book.Score(ada, essay));
        Assert.Equal(0, book.Score(ben, essay));

        await Due(course, essay, TimeProvider.System.GetUtcNow().AddDays(1));
        book = await course.SettledGradebook();
        Assert.Null(book.Score(ben, essay));
        Assert.Equal(("policy", "computed", "not missing"), await Newest(course, essay, ben));

        await Due(course, essay, Ago(1));
        (await essay.Record(ada, new { restore = 1, version = 2 })).Expect(200);
        book = await course.SettledGradebook();
        Assert.Equal((0m, 0m), (book.Score(ada, essay), book.Score(ben, essay)));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Other_dates_and_late_passes_take_it_back_and_a_closed_period_stands()
    {
        var course = await Course(learners: 3);
        var (ada, ben, cay) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        var essay = await course.NewAssignment(more: new { due_at = Ago(2) });
        var old = await course.NewAssignment("Old", more: new { due_at = Ago(49) });
        await Rules(course, byDates: true, more: new()
        {
            ["late_passes"] = new { per_learner = 2, seconds_each = 86_400, most_per_assignment = 1 },
            ["periods"] = new object[]
            {
                new { name = "One", starts_at = Ago(200), ends_at = Ago(40), weight_percent = 50, closes_at = Ago(30) },
                new { name = "Two", starts_at = Ago(40), ends_at = Ago(-400), weight_percent = 50 },
            },
        });
        var book = await course.SettledGradebook();
        Assert.Equal((0m, 0m, 0m), (book.Score(ada, essay), book.Score(ben, essay), book.Score(cay, essay)));
        Assert.Null(book.Score(ada, old));
        Assert.Empty(await Foretold(course, old));

        (await ada.Put($"{essay.Path}/late-passes/mine", new { count = 1, version = 0 })).Expect(200);
        Assert.Null((await course.Gradebook()).Score(ada, essay));
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            items = new[] { new { audience = "person", audience_id = ben.Id.Value, due_at = Ago(-24) } },
            version = await course.Version(essay),
        })).Expect(200);

        book = await course.SettledGradebook();
        Assert.Equal((null, null, 0m), (book.Score(ada, essay), book.Score(ben, essay), book.Score(cay, essay)));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Many_learners_are_scored_in_steps_and_a_job_that_runs_again_or_by_older_rules_does_nothing()
    {
        var course = await Course(learners: 1, many: 430);
        await Rules(course, byDates: true);
        var essay = await course.NewAssignment(more: new { due_at = TimeProvider.System.GetUtcNow().AddSeconds(2) });

        await TestTenant.Eventually(async () => await Scored(course) == 431, "everybody's work is scored");
        var structure = (await course.SettledGradebook()).Answer.At("structure_version").GetInt32();
        await course.Tenant.Do(services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            db.Enqueue(new MarkMissing(course.Id, structure, Once: true), MarkMissing.Options);
            db.Enqueue(new MarkMissing(course.Id, structure - 1), MarkMissing.Options);
            db.Enqueue(new MarkMissingNightly(), JobOptions.Default);
            return Task.FromResult(true);
        });

        await TestTenant.Eventually(
            async () => (await course.Tenant.Rows<int>(db => $"""
                SELECT count(*)::int FROM platform.jobs
                WHERE tenant_id = {db.Tenant} AND kind LIKE 'grading.mark_missing%' AND state <> 'done'
                """))[0] == 0,
            "nothing is left to do");
        Assert.Equal([431], await course.Tenant.Rows<int>(db => $"""
            SELECT count(*)::int FROM grade_entries WHERE tenant_id = {db.Tenant} AND assignment_id = {essay.Id}
            """));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task What_a_rule_would_score_is_told_to_who_may_change_rules()
    {
        var course = await Course(learners: 1);
        var foreign = await app.NewCourse();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        foreach (var (person, status) in new[]
        {
            (course.Instructor, 200), (course.Learner, 403), (assistant, 403), (course.Tenant.Nobody(), 401),
        })
            (await person.Get($"{course.Path}/missing-work")).Expect(status);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await foreign.Learner.Get($"{course.Path}/missing-work")).Status);
    }

    private static DateTimeOffset Ago(int hours) => TimeProvider.System.GetUtcNow().AddHours(-hours);

    /// <summary>A course that its learners have taken for ten days.</summary>
    private async Task<TestCourse> Course(int learners, int many = 0)
    {
        await using var past = await app.HostWith(new TestClock(TimeProvider.System.GetUtcNow().AddDays(-10)));
        var tenant = await app.NewTenant();
        var course = await tenant.On(past).NewCourse(learners);
        if (many > 0) await course.EnrolMany(many);
        return course.On(tenant.Host);
    }

    private static async Task Rules(
        TestCourse course, bool byDates, int version = 1, int deduct = 100, Dictionary<string, object?>? more = null)
    {
        var policy = new Dictionary<string, object?>(more ?? [])
        {
            ["missing_policy"] = new { deduct_percent = deduct, by_dates = byDates },
        };
        (await course.Instructor.Put($"{course.Path}/grading-policy", new { policy, version })).Expect(200);
    }

    private static async Task Due(TestCourse course, TestAssignment essay, DateTimeOffset due)
    {
        var version = await course.Version(essay);
        (await course.Instructor.Put(essay.Path, new { title = "Essay", points_possible = 10, due_at = due, version })).Expect(200);
    }

    private static Task Eventually(TestCourse course, Func<TestGradebook, bool> holds, string what) =>
        TestTenant.Eventually(async () => holds(await course.Gradebook()), what);

    private static async Task<(string? Source, string? Status, string? Reason)> Newest(
        TestCourse course, TestAssignment essay, TestPerson learner)
    {
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{learner.Id.Value}/history")).Expect(200);
        return (history.At("items.0.source").GetString(), history.At("items.0.status").GetString(),
            history.At("items.0.reason").GetString());
    }

    private static async Task<(TestAssignment, int)[]> Foretold(TestCourse course, params TestAssignment[] among)
    {
        var items = (await course.Instructor.Get($"{course.Path}/missing-work")).Expect(200).At("items").EnumerateArray();
        return [.. items.Select(item => (
            among.Single(one => one.Id.Value == item.GetProperty("assignment_id").GetInt64()), item.GetProperty("learners").GetInt32()))];
    }

    private static async Task<int> Scored(TestCourse course) =>
        (await course.Instructor.Get($"{course.Path}/missing-work")).Expect(200).At("scored").GetInt32();

    private static async Task<int> Told(TestPerson learner) =>
        (await learner.Get("/notifications")).Text.Split("\"grade_posted\"").Length - 1;
}
