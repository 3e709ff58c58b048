using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.GroupSubmissions;

public sealed class GroupGradeTests(LecternApp app)
{
    [Fact]
    public async Task A_score_is_recorded_for_all_and_one_that_was_adjusted_by_hand_stays_and_is_seen_to_differ()
    {
        var course = await app.NewCourse(learners: 3);
        var (groups, essay) = await course.NewGroupWork();
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        await groups.Move(cem, (await essay.Work(ada)).Id("group.group_id"));
        await essay.HandIn(ada, "Ours.");

        var given = (await essay.Record(ada, new { score = 8, comment = "Well made.", version = 0 })).Expect(200);

        Assert.Equal([8m, 8m], given.At("also").EnumerateArray().Select(grade => grade.GetProperty("score").GetDecimal()));
        Assert.Equal([8m, 8m, 8m], await Scores(course, essay));
        foreach (var learner in course.Learners)
        {
            var history = (await course.Instructor.Get($"{essay.Path}/grades/{learner.Id.Value}/history")).At("items");
            Assert.Equal(1, history.GetArrayLength());
            Assert.Equal("Well made.", (await essay.Work(learner)).At("comments.0.body").GetString());
            Assert.Equal(0, (await course.Gradebook()).Flags(learner, essay) & 32);
        }

        (await essay.Record(ben, new { score = 6, only_this_learner = true, version = 1 })).Expect(200);
        Assert.Equal([8m, 6m, 8m], await Scores(course, essay));
        var seen = (await course.Instructor.Get($"{essay.Path}/learners/{ada.Id.Value}/submissions")).Expect(200);
        Assert.Equal([true, false], seen.At("mates").EnumerateArray().Select(mate => mate.GetProperty("differs").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, (await essay.Work(ada)).At("mates").ValueKind);

        (await essay.Record(cem, new { score = 9, version = 1 })).Expect(200);
        Assert.Equal([9m, 6m, 9m], await Scores(course, essay));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Graders_of_two_members_at_once_follow_each_other_and_a_stale_one_is_told()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork();
        await essay.HandIn(course.Learner, "Ours.");

        var answers = await Task.WhenAll(
            essay.Record(course.Learners[0], new { score = 7, version = 0 }),
            essay.Record(course.Learners[1], new { score = 5, version = 0 }));

        Assert.Equal([200, 409], answers.Select(answer => (int)answer.Status).Order());
        var scores = await Scores(course, essay);
        Assert.Equal(scores[0], scores[1]);
    }

    [Fact]
    public async Task An_excuse_is_a_persons_own_and_a_score_does_not_take_it_away()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork();
        await essay.HandIn(course.Learner, "Ours.");

        (await essay.Record(course.Learners[1], new { status = "excused", version = 0 })).Expect(200);
        (await essay.Record(course.Learners[0], new { score = 7, version = 0 })).Expect(200);

        var book = await course.Gradebook();
        Assert.Equal((7m, 8), (book.Score(course.Learners[0], essay), book.Flags(course.Learners[1], essay) & 8));
        Assert.Equal(0, book.Flags(course.Learners[0], essay) & 8);
    }

    [Fact]
    public async Task Of_many_changes_who_is_named_keeps_what_is_said_and_the_others_of_the_group_follow()
    {
        var course = await app.NewCourse(learners: 3);
        var (groups, essay) = await course.NewGroupWork();
        await groups.Move(course.Learners[2], (await essay.Work(course.Learner)).Id("group.group_id"));

        // Nothing is handed in, as with a talk: the group is who is in it now.
        var both = (await course.Instructor.Put($"{course.Path}/grades", new
        {
            changes = course.Learners.Take(2).Select((learner, i) => new
            {
                assignment_id = essay.Id, user_id = learner.Id, score = 6 + i, version = 0,
            }),
        })).Expect(200);

        Assert.Equal(2, both.At("grades").GetArrayLength());
        Assert.Equal(course.Learners[2].Id.Value, both.Id("also.0.user_id"));
        Assert.Equal([6m, 7m, 6m], await Scores(course, essay));
        (await course.Instructor.Put($"{course.Path}/grades", new
        {
            changes = new[] { new { assignment_id = essay.Id, user_id = course.Learner.Id, restore = 0, version = 1 } },
        })).Expect(200);
        Assert.Equal([null, 7m, 6m], await Scores(course, essay));
    }

    [Fact]
    public async Task Graded_one_by_one_nobody_follows_and_everybody_waits()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork(new { grade_individually = true });
        await essay.HandIn(course.Learner, "Ours.");

        Assert.Equal(2, (await Claim(course, essay)).At("claims").GetArrayLength());
        (await essay.Record(course.Learner, new { score = 8, comment = "Yours.", version = 0 })).Expect(200);

        Assert.Equal([8m, null], await Scores(course, essay));
        Assert.Empty((await essay.Work(course.Learners[1])).At("comments").EnumerateArray());
    }

    [Fact]
    public async Task A_group_waits_once_and_is_gone_when_it_is_graded()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        await essay.HandIn(course.Learners[1], "Ours.");
        await essay.HandIn(course.Learners[2], "Mine.");

        var claimed = await Claim(course, essay);

        Assert.Equal(
            [course.Learners[0].Id.Value, course.Learners[2].Id.Value],
            claimed.At("claims").EnumerateArray().Select(claim => claim.GetProperty("user_id").GetInt64()).Order());
        Assert.Equal((2, 2), (claimed.At("progress.waiting").GetInt32(), claimed.At("progress.handed_in").GetInt32()));
        (await essay.Record(course.Learners[0], new { score = 8, version = 0 })).Expect(200);
        Assert.Equal(course.Learners[2].Id.Value, (await Claim(course, essay)).Id("claims.0.user_id"));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Criteria_are_assessed_for_all_who_were_assessed_alike()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork();
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        await essay.HandIn(course.Learner, "Ours.");
        var (ada, ben) = (course.Learners[0], course.Learners[1]);

        (await rubric.Assess(essay, ada, "clarity", new { points = 5, version = 0, rubric_version = 1 })).Expect(200);
        (await rubric.Assess(essay, ben, "sources", new { points = 4, version = 0, rubric_version = 1 })).Expect(200);

        Assert.Equal([9m, 9m], await Scores(course, essay));
        (await rubric.Assess(
            essay, ben, "clarity", new { points = 3, version = 1, rubric_version = 1, only_this_learner = true })).Expect(200);
        Assert.Equal([9m, 7m], await Scores(course, essay));
        (await rubric.Assess(essay, ada, "clarity", new { points = 0, version = 1, rubric_version = 1 })).Expect(200);
        Assert.Equal([4m, 7m], await Scores(course, essay));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task What_is_said_of_the_work_is_said_to_all()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        var taken = await essay.HandIn(course.Learner, "Ours.");

        (await course.Instructor.Post($"/submissions/{taken.Id("submission_id")}/comments", new { body = "See page 2." })).Expect(201);

        Assert.Equal("See page 2.", (await essay.Work(course.Learners[1])).At("comments.0.body").GetString());
        Assert.Empty((await essay.Work(course.Learners[2])).At("comments").EnumerateArray());
        (await course.Learners[2].Post($"/submissions/{taken.Id("submission_id")}/comments", new { body = "Hm" })).Expect(404);
        (await course.Learners[2].Get($"/submissions/{taken.Id("submission_id")}")).Expect(404);
    }

    private static async Task<Answer> Claim(TestCourse course, TestAssignment essay) =>
        (await course.Instructor.Post($"{essay.Path}/grading-claims", new { count = 4 })).Expect(200);

    private static async Task<List<decimal?>> Scores(TestCourse course, TestAssignment essay)
    {
        var book = await course.Gradebook();
        return [.. course.Learners.Select(learner => book.Score(learner, essay))];
    }
}

internal static class LedgerTenant
{
    /// <summary>The gradebook's rows, the queue and the ledger say the same.</summary>
    public static async Task NothingDiffers(this TestTenant tenant)
    {
        var proof = await tenant.Do(services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None));
        Assert.True(proof.Failures == 0, string.Join("; ", proof.Findings));
    }
}
