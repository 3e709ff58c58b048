using System.Text.Json;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>Mastery as it was: asked for again later, each moment says what it said.</summary>
public sealed class MasteryPastTests(LecternApp app)
{
    [Fact]
    public async Task Each_moment_says_again_what_it_said_by_the_versions_of_then()
    {
        // What is asked for by a clock that is behind is done at once by those whose clock is not.
        var clock = new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(2));
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 2)).On(host);
        var outcome = await course.NewOutcome();
        var (essay, hidden) = (await course.NewAssignment(), await course.NewAssignment("Hidden", more: new { posts_manually = true }));
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        (await course.Align(outcome, TestOutcomes.To(rubric, "clarity"), TestOutcomes.To(hidden))).Expect(200);
        var beforeAll = clock.GetUtcNow() - TimeSpan.FromDays(1);
        var moments = new List<Moment>();

        (await rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 0, rubric_version = 1 })).Expect(200);
        moments.Add(await Look(course, clock));
        await hidden.Score(course.Learner, 10);
        await hidden.Score(course.Learners[1], 4);
        moments.Add(await Look(course, clock));
        await hidden.Post(course.Instructor);
        moments.Add(await Look(course, clock));
        (await rubric.Assess(essay, course.Learner, "clarity", new { points = 5, version = 1, rubric_version = 1 })).Expect(200);
        (await hidden.Record(course.Learner, new { score = 10, status = "excused", version = 2 })).Expect(200);
        moments.Add(await Look(course, clock));
        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields(
            "W1", new { method = "average", version = 1, reason = "The faculty decided", mastery_points = 2 }))).Expect(200);
        await TestTenant.Eventually(
            async () => (await course.Taken(outcome)).GetProperty("outcome").GetProperty("version").GetInt32() == 2, "the course follows");
        moments.Add(await Look(course, clock));
        (await essay.Record(course.Learner, new { restore = 1, version = 2 })).Expect(200);
        moments.Add(await Look(course, clock));
        await course.NewOutcome("W2");
        moments.Add(await Look(course, clock));

        Assert.Equal(moments.Count, moments.Select(moment => moment.Rows + moment.Summary).Distinct().Count());
        foreach (var moment in moments) Assert.Equal(moment, await Read(course, moment.At, $"as_of={Of(moment.At)}"));
        var first = await course.Instructor.Get($"{course.Path}/mastery-summary?as_of={Of(beforeAll)}");
        Assert.Equal(0, first.Expect(200).At("outcomes").GetArrayLength());
        var rows = await course.Instructor.Get($"{course.Path}/mastery?as_of={Of(beforeAll)}");
        Assert.Equal(2, rows.Expect(200).At("items").GetArrayLength());
    }

    [Fact]
    public async Task Who_has_not_mastered_it_is_found_now_and_as_it_was_and_only_who_reads_grades_asks()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 3)).On(host);
        var (one, other) = (await course.NewOutcome(), await course.NewOutcome("W2"));
        var (essay, quiz) = (await course.NewAssignment(), await course.NewAssignment("Quiz"));
        (await course.Align(one, TestOutcomes.To(essay))).Expect(200);
        (await course.Align(other, TestOutcomes.To(quiz))).Expect(200);
        await essay.Score(course.Learners[0], 7.5m);
        await essay.Score(course.Learners[1], 7.4m);
        await quiz.Score(course.Learners[0], 10);
        await course.SettledGradebook();
        var then = clock.GetUtcNow();
        clock.Move(TimeSpan.FromHours(1));
        await essay.Score(course.Learners[1], 9, 1);
        await quiz.Score(course.Learners[1], 9);
        var place = (await course.Taken(one)).GetProperty("course_outcome_id").GetInt64();

        Assert.Equal(["Learner 3"], await Names(course, $"not_mastered={place}"));
        Assert.Equal(["Learner 3"], await Names(course, "not_mastered=any"));
        Assert.Equal(["Learner 2", "Learner 3"], await Names(course, $"not_mastered={place}&as_of={Of(then)}"));
        Assert.Equal(["Learner 3"], await Names(course, $"not_mastered={place}&as_of={Of(then)}&name=3"));
        Assert.Empty(await Names(course, $"not_mastered={place + 1_000_000}"));
        // Found by folding, so a page may be empty and still not be the last.
        var page = (await course.Instructor.Get($"{course.Path}/mastery?limit=1&not_mastered=any&as_of={Of(then)}")).Expect(200);
        Assert.Equal(0, page.At("items").GetArrayLength());
        Assert.Equal(JsonValueKind.String, page.At("next").ValueKind);

        var elsewhere = await course.Tenant.NewCourse();
        foreach (var path in new[] { "mastery", "mastery-summary", $"mastery/{course.Learner.Id.Value}" })
        {
            (await course.Instructor.Get($"{course.Path}/{path}?as_of=2999-01-01T00:00:00Z")).Refused(422, "as_of_in_future");
            (await course.Learner.Get($"{course.Path}/{path}?as_of={Of(then)}")).Expect(403);
            (await elsewhere.Instructor.Get($"{course.Path}/{path}?as_of={Of(then)}")).Expect(404);
        }

        (await course.Instructor.Get($"{course.Path}/mastery?not_mastered=everything")).Refused(422, "not_mastered_malformed");
        (await course.Instructor.Get($"{course.Path}/mastery/{course.Instructor.Id.Value}?as_of={Of(then)}")).Expect(404);
    }

    private static async Task<Moment> Look(TestCourse course, TestClock clock)
    {
        await course.SettledGradebook();
        var at = clock.GetUtcNow();
        clock.Move(TimeSpan.FromHours(1));
        return await Read(course, at, string.Empty);
    }

    private static async Task<Moment> Read(TestCourse course, DateTimeOffset at, string query)
    {
        async Task<string> Said(string path, string of) =>
            (await course.Instructor.Get($"{course.Path}/{path}?{query}")).Expect(200).At(of).GetRawText();
        return new(
            at, await Said("mastery", "items"), await Said("mastery-summary", "outcomes"),
            await Said($"mastery/{course.Learner.Id.Value}", "outcomes"));
    }

    private static async Task<List<string>> Names(TestCourse course, string query) =>
    [
        .. (await course.Instructor.Get($"{course.Path}/mastery?{query}")).Expect(200).At("items").EnumerateArray()
            .Select(row => row.GetProperty("name").GetString()!),
    ];

    private static string Of(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));

    /// <param name="Explained">Of the first learner.</param>
    private sealed record Moment(DateTimeOffset At, string Rows, string Summary, string Explained);
}
