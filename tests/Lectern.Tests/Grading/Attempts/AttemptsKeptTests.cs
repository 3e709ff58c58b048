using Lectern.Grading.Calculation;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Attempts;

/// <summary>Which score stands when more than one attempt was graded.</summary>
public sealed class AttemptsKeptTests(LecternApp app)
{
    [Fact]
    public async Task Each_attempt_keeps_its_score_and_the_setting_says_which_counts()
    {
        var (course, essay) = await Graded(8, 5, 6.5m);
        Assert.Equal((1, 6.5m), (await CalculatorOf(course), (await course.Gradebook()).Score(course.Learner, essay)));

        Assert.Equal(8, await Keep(course, essay, "highest"));
        Assert.Equal(GradeCalculator.KnowsAttempts, await CalculatorOf(course));
        Assert.Equal(6.5m, await Keep(course, essay, "average"));
        Assert.Equal(6.5m, await Keep(course, essay, "latest"));
        Assert.Empty((await course.Prove()).Findings);

        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        Assert.Equal(3, history.At("items.0.attempt_scores.scores").GetArrayLength());
        Assert.Equal(2, history.At("items.1.attempt_scores.scores").GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, history.At("items.2.attempt_scores").ValueKind);
    }

    [Fact]
    public async Task An_earlier_attempt_can_be_graded_anew_and_nothing_waits_for_it()
    {
        var (course, essay) = await Graded(4, 5);
        await Keep(course, essay, "highest");
        var first = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).Id("attempts.1.submission_id");

        var again = (await essay.Record(course.Learner, new { score = 9, submission_id = first, version = 2 })).Expect(200);

        Assert.Equal((9m, 0), (again.At("score").GetDecimal(), again.At("flags").GetInt32() & 32));
        var unknown = await essay.Record(course.Learner, new { score = 9, submission_id = first + 1_000_000, version = 3 });
        unknown.Refused(422, "unknown_submission");
        (await essay.Record(course.Learner, new { score = 2, version = 2 })).Expect(409);
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Scores_of_attempts_are_kept_through_posting_rubrics_and_the_past_and_go_with_the_score()
    {
        var (course, essay) = await Graded(8, 5);
        await Keep(course, essay, "highest");
        var then = Uri.EscapeDataString(
            (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).At("items.0.at").GetString()!);
        (await essay.Hide(course.Instructor)).Expect(201);
        Assert.Null(await course.SeenScore(course.Learner));
        var hidden = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, hidden.At("kept").ValueKind);
        (await essay.Post(course.Instructor)).Expect(201);
        Assert.Equal(8, await course.SeenScore(course.Learner));

        var rubric = await course.NewRubric(TestRubric.Clarity);
        await course.Use(essay, rubric);
        (await rubric.Assess(essay, course.Learner, "clarity", new { rating_id = "part", version = 0, rubric_version = 1 })).Expect(200);
        Assert.Equal(8, (await course.Gradebook()).Score(course.Learner, essay));
        var past = new TestGradebook((await course.Instructor.Get($"{course.Path}/gradebook?as_of={then}")).Expect(200));
        Assert.Equal(8, past.Score(course.Learner, essay));

        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        var version = history.At("items.0.version").GetInt32();
        (await essay.Record(course.Learner, new { score = (decimal?)null, version })).Expect(200);
        Assert.Null((await course.Gradebook()).Score(course.Learner, essay));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Only_who_manages_assignments_says_which_counts()
    {
        var (course, essay) = await Graded(8, 5);
        var version = await course.Version(essay);
        var wanted = new { title = "Essay", points_possible = 10, attempts_kept = "highest", version };
        (await course.Learner.Put(essay.Path, wanted)).Expect(403);
        (await course.Instructor.Put(essay.Path, new { title = "Essay", attempts_kept = "best", version })).Expect(400);
        Assert.Equal("latest", (await course.Instructor.Get(essay.Path)).At("attempts_kept").GetString());
    }

    /// <summary>A course whose learner handed in as often as there are scores, each graded before the next.</summary>
    private async Task<(TestCourse Course, TestAssignment Essay)> Graded(params decimal[] scores)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        for (var i = 0; i < scores.Length; i++)
        {
            (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = $"Attempt {i}." })).Expect(201);
            await essay.Score(course.Learner, scores[i], version: i);
        }

        return (course, essay);
    }

    private static async Task<decimal?> Keep(TestCourse course, TestAssignment essay, string which)
    {
        var version = await course.Version(essay);
        var wanted = new { title = "Essay", points_possible = 10, attempts_kept = which, version };
        (await course.Instructor.Put(essay.Path, wanted)).Expect(200);
        return (await course.SettledGradebook()).Score(course.Learner, essay);
    }

    private static async Task<int> CalculatorOf(TestCourse course) =>
        (await course.Gradebook()).Answer.At("calculator_version").GetInt32();
}
