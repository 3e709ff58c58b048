using Lectern.Contracts.Grading;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Rubrics;

public sealed class RubricMigrationTests(LecternApp app)
{
    private static object ClarityOfEight => new
    {
        criterion_id = "clarity", description = "Clarity",
        ratings = new object[] { new { rating_id = "full", points = 8 }, new { rating_id = "part", points = 4 } },
    };

    [Fact]
    public async Task A_change_after_use_is_previewed_applied_through_the_ledger_and_put_back_as_one()
    {
        var (course, essay, rubric) = await Assessed(learners: 3);

        var preview = (await course.Instructor.Post(
            $"{rubric.Path}/previews", new { title = "Essay rubric", criteria = new[] { ClarityOfEight } })).Expect(200);
        Assert.Equal(3, preview.At("assessment_count").GetInt32());
        Assert.Equal(3, preview.At("score_change_count").GetInt32());
        Assert.Equal(7m, preview.At("lines.0.score_before").GetDecimal());
        Assert.Equal(8m, preview.At("lines.0.score_after").GetDecimal());
        Assert.Equal("Sources", preview.At("lines.0.falls_away.0").GetString());
        Assert.All(course.Learners, learner => Assert.Equal(7, Scores(course, essay, learner)));

        await rubric.Replace(1, ClarityOfEight);
        Assert.All(course.Learners, learner => Assert.Equal(7, Scores(course, essay, learner)));
        await Migrate(course, rubric, version: 2);

        Assert.All(course.Learners, learner => Assert.Equal(8, Scores(course, essay, learner)));
        var applied = (await course.Instructor.Get($"{rubric.Path}/migrations")).Expect(200);
        Assert.Equal(3, applied.At("items.0.changed_count").GetInt32());
        var undone = (await course.Instructor.Put($"/rubric-migrations/{applied.Id("items.0.rubric_migration_id")}/undo")).Expect(202);
        Assert.Equal("undoing", undone.At("status").GetString());
        await Reach(course, rubric, "undone");

        Assert.All(course.Learners, learner => Assert.Equal(7, Scores(course, essay, learner)));
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        Assert.Equal(
            ["undo", "rubric", "rubric", "rubric"],
            history.At("items").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!));
        Assert.Equal(1, history.At("items.0.rubric_data.rubric_version").GetInt32());
        Assert.Equal(0, await Differences(course));
    }

    [Fact]
    public async Task Undoing_leaves_alone_what_was_graded_since()
    {
        var (course, essay, rubric) = await Assessed(learners: 2);
        await rubric.Replace(1, ClarityOfEight);
        await Migrate(course, rubric, version: 2);
        (await rubric.Assess(essay, course.Learner, "clarity", new { rating_id = "part", version = 3, rubric_version = 2 })).Expect(200);

        var id = (await course.Instructor.Get($"{rubric.Path}/migrations")).Id("items.0.rubric_migration_id");
        (await course.Instructor.Put($"/rubric-migrations/{id}/undo")).Expect(202);
        (await course.Instructor.Put($"/rubric-migrations/{id}/undo")).Expect(202);
        await Reach(course, rubric, "undone");

        Assert.Equal(4, Scores(course, essay, course.Learner));
        Assert.Equal(7, Scores(course, essay, course.Learners[1]));
        Assert.Equal(1, (await course.Instructor.Get($"{rubric.Path}/migrations")).At("items.0.kept_count").GetInt32());
    }

    [Fact]
    public async Task Undoing_works_although_the_grades_were_posted_meanwhile_and_typed_scores_are_left_out()
    {
        var (course, essay, rubric) = await Assessed(learners: 2, new { posts_manually = true });
        await essay.Score(course.Learners[1], 9, version: 2);
        await rubric.Replace(1, ClarityOfEight);
        await Migrate(course, rubric, version: 2);
        Assert.Equal(8, Scores(course, essay, course.Learner));
        Assert.Equal(9, Scores(course, essay, course.Learners[1]));
        (await essay.Post(course.Instructor)).Expect(201);

        var id = (await course.Instructor.Get($"{rubric.Path}/migrations")).Id("items.0.rubric_migration_id");
        (await course.Instructor.Put($"/rubric-migrations/{id}/undo")).Expect(202);
        await Reach(course, rubric, "undone");

        Assert.Equal(7, Scores(course, essay, course.Learner));
        Assert.Equal(0, (await course.Instructor.Get($"{rubric.Path}/migrations")).At("items.0.kept_count").GetInt32());
        Assert.Equal(7m, (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).At("grade.score").GetDecimal());
    }

    [Fact]
    public async Task A_new_criterion_is_open_and_takes_no_score_away()
    {
        var (course, essay, rubric) = await Assessed(learners: 1);
        var style = new { criterion_id = "style", description = "Style", points = 3 };
        await rubric.Replace(1, TestRubric.Clarity, TestRubric.Sources, style);
        await Migrate(course, rubric, version: 2);

        Assert.Equal(7, Scores(course, essay, course.Learner));
        var assessment = await rubric.Assessment(essay, course.Learner);
        Assert.False(assessment.GetProperty("complete").GetBoolean());
        Assert.Equal(2, assessment.GetProperty("criteria").GetArrayLength());
    }

    [Fact]
    public async Task Who_assesses_while_the_rubric_changes_is_told_and_loses_nothing()
    {
        var (course, essay, rubric) = await Assessed(learners: 1);
        await rubric.Replace(1, ClarityOfEight, TestRubric.Sources);

        var stale = await rubric.Assess(essay, course.Learner, "sources", new { points = 5, version = 2, rubric_version = 1 });

        stale.Refused(409, "conflict");
        Assert.Equal(2, stale.At("current.rubric.version").GetInt32());
        Assert.Equal(8m, stale.At("current.criteria.0.points").GetDecimal());
        Assert.Equal(5m, stale.At("yours.criteria.0.points").GetDecimal());
        Assert.Equal(7, Scores(course, essay, course.Learner));
        // Saved upon what was shown, the one assessment follows the rubric.
        var version = stale.At("current.criteria.1.version").GetInt32();
        var saved = await rubric.Assess(essay, course.Learner, "sources", new { points = 5, version, rubric_version = 2 });
        Assert.Equal(13m, saved.Expect(200).At("grade.score").GetDecimal());
        var listed = (await course.Instructor.Post($"{rubric.Path}/migrations", new { version = 2 })).Expect(202);
        Assert.Equal(2, listed.At("to_version").GetInt32());
        await Reach(course, rubric, "applied");
        Assert.Equal(0, (await course.Instructor.Get($"{rubric.Path}/migrations")).At("items.0.changed_count").GetInt32());
    }

    [Fact]
    public async Task Carrying_over_wants_the_newest_version_and_a_grader()
    {
        var (course, _, rubric) = await Assessed(learners: 1);
        await rubric.Replace(1, ClarityOfEight);

        (await course.Instructor.Post($"{rubric.Path}/migrations", new { version = 1 })).Refused(409, "conflict");
        (await course.Instructor.Post($"{rubric.Path}/migrations", new { })).Refused(422, "version_required");
        (await course.Learner.Post($"{rubric.Path}/migrations", new { version = 2 })).Expect(403);
        (await course.Instructor.Put("/rubric-migrations/99999999/undo")).Expect(404);
        (await (await course.Tenant.NewCourse()).Instructor.Post($"{rubric.Path}/migrations", new { version = 2 })).Expect(404);
    }

    private async Task<(TestCourse, TestAssignment, TestRubric)> Assessed(int learners, object? more = null)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment(more: more);
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        foreach (var learner in course.Learners)
        {
            (await rubric.Assess(essay, learner, "clarity", new { points = 5, version = 0, rubric_version = 1 })).Expect(200);
            (await rubric.Assess(essay, learner, "sources", new { points = 2, version = 0, rubric_version = 1 })).Expect(200);
        }

        return (course, essay, rubric);
    }

    private static decimal? Scores(TestCourse course, TestAssignment essay, TestPerson learner) =>
        course.Gradebook().GetAwaiter().GetResult().Score(learner, essay);

    private static async Task Migrate(TestCourse course, TestRubric rubric, int version)
    {
        (await course.Instructor.Post($"{rubric.Path}/migrations", new { version })).Expect(202);
        await Reach(course, rubric, "applied");
    }

    private static Task Reach(TestCourse course, TestRubric rubric, string status) => TestTenant.Eventually(
        async () => (await course.Instructor.Get($"{rubric.Path}/migrations")).At("items.0.status").GetString() == status,
        $"the assessments are {status}");

    private static async Task<long> Differences(TestCourse course) => (await course.Tenant.Do(
        services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None))).Failures;
}
