using System.Globalization;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.LateAllowances;

/// <summary>Exemption from the late policy, and late passes.</summary>
public sealed class LateAllowanceTests(LecternApp app)
{
    private const int Late = 2;
    private const int Missing = 4;
    private const int LatePass = 8192;
    private const int LateExempt = 16384;

    [Fact]
    public async Task A_pass_spent_after_the_due_time_takes_the_lateness_away_and_is_explained()
    {
        var (course, clock) = await Course();
        await using var host = course.Host;
        var essay = await course.Here.NewAssignment(more: new { due_at = clock.GetUtcNow().AddHours(1), posts_manually = true });
        clock.Move(TimeSpan.FromHours(31));
        (await course.Here.Learner.Post($"{essay.Path}/submissions", new { body_text = "Late." })).Expect(201);
        await essay.Score(course.Here.Learner, 9);
        Assert.Equal(7, (await course.Here.Gradebook()).Score(course.Here.Learner, essay));

        var spent = (await Spend(course.Here, essay, 1, 0)).Expect(200);

        Assert.Equal(1, spent.At("passes_left").GetInt32());
        var book = await course.Here.Gradebook();
        Assert.Equal(8, book.Score(course.Here.Learner, essay));
        Assert.Equal(LatePass, book.Flags(course.Here.Learner, essay) & LatePass);
        (await Spend(course.Here, essay, 2, 1)).Expect(200);
        book = await course.Here.SettledGradebook();
        Assert.Equal(9, book.Score(course.Here.Learner, essay));
        Assert.Equal(0, book.Flags(course.Here.Learner, essay) & Late);
        Assert.Empty((await course.Here.Prove()).Findings);
        await essay.Post(course.Here.Instructor);
        var grades = await course.Here.Learner.Get($"{course.Here.Path}/grades/mine");
        Assert.Contains("\"late_pass_time\"", grades.Expect(200).At("derivation.current").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("late_pass_used", grades.At("derivation.current").GetRawText(), StringComparison.Ordinal);
        (await Spend(course.Here, essay, 1, 2)).Refused(422, "grade_already_shown");
    }

    [Fact]
    public async Task A_pass_spent_before_moves_the_day_it_goes_missing_and_can_be_taken_back_until_its_time_begins()
    {
        var (course, clock) = await Course();
        await using var host = course.Host;
        var due = clock.GetUtcNow().AddHours(2);
        var essay = await course.Here.NewAssignment(more: new { due_at = due });
        (await Spend(course.Here, essay, 1, 0)).Expect(200);
        (await Spend(course.Here, essay, 0, 1)).Expect(200);
        (await Spend(course.Here, essay, 1, 2)).Expect(200);
        var before = await course.Here.Instructor.Get($"{course.Here.Path}/gradebook");

        clock.StandAt(due.AddSeconds(1));
        Assert.Equal(0, (await course.Here.Gradebook()).Flags(course.Here.Learner, essay) & Missing);
        Assert.Equal(0, (await course.Here.Gradebook()).Flags(course.Here.Learners[1], essay) & LatePass);
        Assert.False((await course.Here.Learner.Get(essay.Path)).At("my.missing").GetBoolean());
        (await Spend(course.Here, essay, 0, 3)).Refused(422, "late_pass_in_use");

        clock.StandAt(due.AddDays(1).AddSeconds(1));
        var after = await course.Here.Instructor.Get($"{course.Here.Path}/gradebook");
        Assert.Equal(Missing, new TestGradebook(after).Flags(course.Here.Learner, essay) & Missing);
        Assert.True((await course.Here.Learner.Get(essay.Path)).At("my.missing").GetBoolean());
        // Nobody wrote in between; the document is another one all the same.
        Assert.NotEqual(before.Headers["ETag"], after.Headers["ETag"]);
        Assert.Empty((await course.Here.Prove()).Findings);
    }

    [Fact]
    public async Task What_cannot_be_spent_is_said_in_words()
    {
        var course = await app.NewCourse();
        var now = TimeProvider.System.GetUtcNow();
        var essay = await course.NewAssignment(more: new { due_at = now.AddDays(1) });
        (await Spend(course, essay, 1, 0)).Refused(422, "no_late_passes");
        var undated = await course.NewAssignment("Undated");
        var exam = await course.NewAssignment("Exam", more: new { due_at = now.AddDays(1) });
        var closing = await course.NewAssignment("Closing", more: new { due_at = now.AddDays(1), locks_at = now.AddDays(1) });
        var quiz = await course.NewAssignment("Quiz", more: new { due_at = now.AddDays(1) });
        await Rules(course, perLearner: 1, most: 2, notOn: exam);

        (await Spend(course, undated, 1, 0)).Refused(422, "late_pass_no_due_date");
        (await Spend(course, exam, 1, 0)).Refused(422, "late_passes_not_here");
        (await Spend(course, closing, 1, 0)).Refused(422, "late_pass_no_use");
        (await Spend(course, essay, 3, 0)).Refused(422, "late_passes_per_assignment");
        (await Spend(course, essay, -1, 0)).Refused(422, "late_passes_per_assignment");
        (await Spend(course, essay, 2, 0)).Refused(422, "late_passes_none_left");
        (await course.Learner.Put($"{essay.Path}/late-passes/mine", new { count = 1 })).Refused(422, "version_required");
        (await Spend(course, essay, 1, 0)).Expect(200);
        var again = (await Spend(course, essay, 1, 0)).Expect(200);
        Assert.Equal(1, again.At("version").GetInt32());
        var stale = await Spend(course, quiz, 1, 0);
        stale.Refused(409, "conflict");
        Assert.Equal(1, stale.At("current.used.0.count").GetInt32());
        (await Spend(course, quiz, 1, 1)).Refused(422, "late_passes_none_left");
        (await PutRules(course, new { weighting = "points" }, 2)).Refused(422, "late_passes_spent");
        Assert.Single(await course.Tenant.AuditOf("late_allowance.changed"));
    }

    [Fact]
    public async Task A_grader_exempts_gives_and_gives_back_and_a_course_of_before_is_carried_over()
    {
        var (course, clock) = await Course();
        await using var host = course.Host;
        var here = course.Here;
        var essay = await here.NewAssignment(more: new { due_at = clock.GetUtcNow().AddHours(1) });
        var other = await here.NewAssignment("Other", more: new { due_at = clock.GetUtcNow().AddHours(1) });
        clock.Move(TimeSpan.FromHours(30));
        foreach (var work in new[] { essay, other })
        {
            (await here.Learner.Post($"{work.Path}/submissions", new { body_text = "Late." })).Expect(201);
            await work.Score(here.Learner, 9);
        }

        await here.SettledGradebook();
        await here.Tenant.Rows<int>(db => $"""
            UPDATE gradebooks SET calculator_version = 1 WHERE tenant_id = {db.Tenant} AND course_id = {here.Id}
            RETURNING calculator_version
            """);

        var ill = new { exempt_from = new[] { essay.Id.Value }, extra_passes = 2, reason = "Ill", version = 0 };
        var set = (await Allow(here, ill)).Expect(200);

        Assert.Equal(4, set.At("passes_left").GetInt32());
        var book = await here.Gradebook();
        Assert.Equal(2, book.Answer.At("calculator_version").GetInt32());
        Assert.Equal(9, book.Score(here.Learner, essay));
        Assert.Equal(7, book.Score(here.Learner, other));
        Assert.Equal(80, book.Total(here.Learner, "current"));
        Assert.Equal(Late | LateExempt, book.Flags(here.Learner, essay) & (Late | LateExempt));
        var between = clock.GetUtcNow();
        clock.Move(TimeSpan.FromMinutes(1));
        var used = new[] { new { assignment_id = other.Id.Value, count = 1 } };
        (await Allow(here, new { exempt = true, used, reason = "All of it", version = 1 })).Expect(200);
        Assert.Equal(90, (await here.Gradebook()).Total(here.Learner, "current"));
        var then = await here.Instructor.Get(
            $"{here.Path}/gradebook?as_of={Uri.EscapeDataString(between.ToString("O", CultureInfo.InvariantCulture))}");
        Assert.Equal(80, new TestGradebook(then).Total(here.Learner, "current"));
        (await Allow(here, new { exempt = false, reason = "Enough", version = 2 })).Expect(200);
        Assert.Equal(70, (await here.Gradebook()).Total(here.Learner, "current"));

        var shown = (await here.Instructor.Get(Path(here))).Expect(200);
        Assert.Equal(3, shown.At("history").GetArrayLength());
        Assert.Equal("Ines Instructor", shown.At("history.0.actor_name").GetString());
        Assert.Equal(JsonValueKind.Null, (await here.Learner.Get($"{here.Path}/late-allowance/mine")).Expect(200).At("history").ValueKind);
        Assert.Empty((await here.Prove()).Findings);
    }

    [Fact]
    public async Task How_late_a_person_says_it_is_stands_whatever_passes_are_spent()
    {
        var (course, clock) = await Course();
        await using var host = course.Host;
        var here = course.Here;
        var essay = await here.NewAssignment(more: new { due_at = clock.GetUtcNow().AddHours(1) });
        (await here.Learner.Post($"{essay.Path}/submissions", new { body_text = "In time." })).Expect(201);
        (await essay.Record(here.Learner, new { score = 9, status = "late", seconds_late = 86_400, version = 0 })).Expect(200);

        var used = new[] { new { assignment_id = essay.Id.Value, count = 1 } };
        (await Allow(here, new { used, reason = "x", version = 0 })).Expect(200);

        Assert.Equal(8, (await here.Gradebook()).Score(here.Learner, essay));
        Assert.Equal(Late, (await here.Gradebook()).Flags(here.Learner, essay) & Late);
    }

    [Fact]
    public async Task Two_at_once_spend_one_pass_and_nobody_else_may()
    {
        var course = await app.NewCourse(learners: 2);
        var due = TimeProvider.System.GetUtcNow().AddDays(1);
        var works = new List<TestAssignment>();
        for (var i = 0; i < 4; i++) works.Add(await course.NewAssignment($"Essay {i}", more: new { due_at = due }));
        await Rules(course, perLearner: 1, most: 1);

        var answers = await Task.WhenAll(works.Select(work => Spend(course, work, 1, 0)));

        Assert.Equal(1, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(3, answers.Count(answer => (int)answer.Status == 409));
        var foreign = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var designer = await course.NewMember(Role.Designer);
        var body = new { exempt = true, reason = "x", version = 1 };
        foreach (var (person, status) in new[]
        {
            (course.Learner, 403), (course.Learners[1], 403), (designer, 403), (elsewhere.Instructor, 404),
            (course.Tenant.Nobody(), 401), (assistant, 200),
        })
            (await person.Put(Path(course), body)).Expect(status);
        // Another institution may have a course of its own under these numbers, in which there is nothing yet to be exempt from.
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await foreign.Instructor.Put(Path(course), body)).Status);
        (await course.Learners[1].Get(Path(course))).Expect(403);
        (await course.Instructor.Put($"{works[0].Path}/late-passes/mine", new { count = 1, version = 0 })).Expect(403);
        Assert.NotEqual(
            System.Net.HttpStatusCode.OK,
            (await foreign.Learner.Put($"{works[0].Path}/late-passes/mine", new { count = 1, version = 0 })).Status);
        (await Allow(course, new { exempt = false, reason = "x", version = 0 })).Refused(409, "conflict");
        (await Allow(course, new { exempt = false, version = 2 })).Refused(422, "reason_required");
        Assert.Empty((await course.Prove()).Findings);
    }

    private sealed record Clocked(TestCourse Here, RunningHost Host);

    private async Task<(Clocked Course, TestClock Clock)> Course()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 2)).On(host);
        await Rules(course, perLearner: 2, most: 2);
        return (new(course, host), clock);
    }

    /// <summary>A tenth off for each day, and late passes of a day.</summary>
    private static async Task Rules(TestCourse course, int perLearner, int most, TestAssignment? notOn = null)
    {
        (await PutRules(course, new
        {
            weighting = "points",
            late_policy = new { deduct_percent = 10, interval_seconds = 86_400 },
            late_passes = new
            {
                per_learner = perLearner, seconds_each = 86_400, most_per_assignment = most,
                not_on = notOn is null ? [] : new[] { notOn.Id.Value },
            },
        }, 1)).Expect(200);
        await course.SettledGradebook();
    }

    private static Task<Answer> PutRules(TestCourse course, object policy, int version) =>
        course.Instructor.Put($"{course.Path}/grading-policy", new { policy, version });

    private static Task<Answer> Spend(TestCourse course, TestAssignment assignment, int count, int version) =>
        course.Learner.Put($"{assignment.Path}/late-passes/mine", new { count, version });

    private static Task<Answer> Allow(TestCourse course, object body) => course.Instructor.Put(Path(course), body);

    private static string Path(TestCourse course) => $"{course.Path}/learners/{course.Learner.Id.Value}/late-allowance";
}
