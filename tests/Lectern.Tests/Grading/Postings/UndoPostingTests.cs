using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Grading.Grades;
using Lectern.Grading.Postings;
using Lectern.Platform.Jobs;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Postings;

public sealed class UndoPostingTests(LecternApp app)
{
    private static readonly object ByHand = new { posts_manually = true };

    [Fact]
    public async Task An_undo_puts_back_exactly_what_was_changed()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 7);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        await essay.Score(course.Learners[1], 5);

        var second = (await essay.Post(course.Instructor)).Expect(201);
        Assert.Equal(1, second.At("grades").GetInt32());
        var undone = (await course.Instructor.Undo(second)).Expect(200);

        Assert.NotEqual(JsonValueKind.Null, undone.At("undone_at").ValueKind);
        Assert.Equal(7, await course.SeenScore(course.Learners[0]));
        Assert.Null(await course.SeenScore(course.Learners[1]));
        // And what it said of grades to come.
        await essay.Score(course.Learners[2], 3);
        Assert.Null(await course.SeenScore(course.Learners[2]));
        Assert.Empty((await course.Prove()).Findings);
        (await course.Instructor.Undo(second)).Refused(422, "posting_undone");
    }

    [Fact]
    public async Task An_undone_hide_shows_again_what_was_seen_and_from_when()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var seen = (await essay.Score(course.Learner, 7)).At("posted_at").GetDateTimeOffset();

        (await course.Instructor.Undo((await essay.Hide(course.Instructor)).Expect(201))).Expect(200);

        Assert.Equal(7, await course.SeenScore(course.Learner));
        Assert.False((await course.SettledGradebook()).Answer.At("assignments.0.posts_manually").GetBoolean());
        var history = await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history");
        Assert.Equal(3, history.At("items").GetArrayLength());
        Assert.True((history.At("items.0.posted_at").GetDateTimeOffset() - seen).Duration() < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_somebody_else_posted_or_hid_since_stays()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: ByHand);
        foreach (var learner in course.Learners) await essay.Score(learner, 7);
        var first = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        (await essay.Hide(course.Instructor)).Expect(201);
        (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);

        (await course.Instructor.Undo(first)).Expect(200);

        foreach (var learner in course.Learners) Assert.Equal(7, await course.SeenScore(learner));
    }

    [Fact]
    public async Task A_score_entered_since_stays_and_is_hidden_with_the_rest()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learner, 7);
        var posting = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        (await essay.Record(course.Learner, new { score = 9, version = 2 })).Expect(200);

        (await course.Instructor.Undo(posting)).Expect(200);

        Assert.Null(await course.SeenScore(course.Learner));
        Assert.Equal(9, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task A_policy_changed_since_stays_as_it_was_changed()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);
        var hidden = (await essay.Hide(course.Instructor)).Expect(201);
        var at = TimeProvider.System.GetUtcNow().AddDays(2);
        (await course.Instructor.Put($"{essay.Path}/posting-policy", new
        {
            posts_manually = true, posts_at = at, version = await course.Version(essay),
        })).Expect(200);

        (await course.Instructor.Undo(hidden)).Expect(200);

        var column = (await course.Gradebook()).Answer.At("assignments.0");
        Assert.True(column.GetProperty("posts_manually").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, column.GetProperty("posts_at").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_graded_meanwhile_is_shown_as_if_it_had_not_been(bool hide)
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 5);
        if (hide)
        {
            (await course.Instructor.Put($"{essay.Path}/posting-policy", new
            {
                posts_manually = false, version = await course.Version(essay),
            })).Expect(200);
        }

        await course.SettledGradebook();
        var posting = (hide ? await essay.Hide(course.Instructor) : await essay.Post(course.Instructor)).Expect(201);
        await essay.Score(course.Learners[1], 7);
        // What looks after the posting itself would wait for the writer, and the undo for it.
        await TestTenant.Eventually(async () => await Waiting(course) == 0, "the posting has looked after itself");
        // Has the learner's row and has read how grades are shown; it is durable only after the undo.
        var (graded, undone) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = course.Tenant.Do(async services =>
        {
            var change = new GradeChange { Score = 9, Version = 0 };
            await services.GetRequiredService<GradeRecorder>()
                .Record(course.Id, essay.Id, course.Learners[2].Id, change, CancellationToken.None);
            graded.SetResult();
            await undone.Task;
            return true;
        });
        await graded.Task;
        (await course.Instructor.Undo(posting)).Expect(200);
        undone.SetResult();
        await writing;

        await TestTenant.Eventually(
            async () => await course.SeenScore(course.Learners[1]) == (hide ? 7 : null)
                && await course.SeenScore(course.Learners[2]) == (hide ? 9 : null),
            "what was graded meanwhile follows the policy of before");
        // Hidden since before, by a person.
        Assert.Null(await course.SeenScore(course.Learners[0]));
        await course.SettledGradebook();
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task It_can_be_undone_until_the_tenth_minute_and_not_then()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 2)).On(host);
        var essay = (await course.NewAssignment(more: ByHand)).On(course);
        await essay.Score(course.Learners[0], 7);
        clock.StandAt(TimeProvider.System.GetUtcNow());
        var first = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        await essay.Score(course.Learners[1], 7);
        var second = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);

        clock.StandAt(clock.GetUtcNow() + Posting.UndoFor - TimeSpan.FromMilliseconds(1));
        (await course.Instructor.Undo(first)).Expect(200);
        clock.StandAt(clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        (await course.Instructor.Undo(second)).Refused(422, "posting_final");

        Assert.Equal(7, await course.SeenScore(course.Learners[1]));
    }

    [Fact]
    public async Task Two_undo_at_once_and_one_of_them_does()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment(more: ByHand);
        foreach (var learner in course.Learners) await essay.Score(learner, 7);
        var posting = (await essay.Post(course.Instructor)).Expect(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => course.Instructor.Undo(posting)));

        Assert.Equal(1, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(3, answers.Count(answer => answer.Code == "posting_undone"));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Learners_are_told_ten_minutes_later_and_only_of_what_they_see()
    {
        // Ten minutes ago by the clock of this host; the first host, which does the work, finds that they have passed.
        var clock = new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(11));
        await using var host = await app.HostWith(clock);
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 7);

        (await essay.Post(course.On(host).Instructor)).Expect(201);

        await TestTenant.Eventually(
            async () => (await course.Learners[0].Get("/notifications")).Text.Contains("grade_posted", StringComparison.Ordinal),
            "the learner is told");
        Assert.DoesNotContain("grade_posted", (await course.Learners[1].Get("/notifications")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_at_once_nor_of_what_was_undone_or_hidden()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: ByHand);
        await essay.Score(course.Learners[0], 7);
        var kept = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        await essay.Score(course.Learners[1], 7);
        var undone = (await essay.Post(course.Instructor, new { only_graded = true })).Expect(201);
        (await course.Instructor.Undo(undone)).Expect(200);

        Assert.Equal(1, await Tell(course, kept));
        Assert.Null(await Tell(course, undone));
        (await essay.Hide(course.Instructor)).Expect(201);
        Assert.Equal(0, await Tell(course, kept));
        var due = await course.Tenant.Rows<DateTimeOffset>(db =>
            $"SELECT run_at FROM platform.jobs WHERE tenant_id = {db.Tenant} AND kind = 'grading.send_posting_notices' ORDER BY run_at");
        Assert.Equal(2, due.Count);
        Assert.True((due[0] - kept.At("notices_at").GetDateTimeOffset()).Duration() < TimeSpan.FromMilliseconds(1));
    }

    private static async Task<long> Waiting(TestCourse course) => (await course.Tenant.Rows<long>(db => $"""
        SELECT count(*) FROM platform.jobs
        WHERE tenant_id = {db.Tenant} AND kind = 'grading.continue_posting' AND state IN ('ready', 'running')
        """)).Single();

    /// <summary>Has the notices of a posting sent now; answers to how many.</summary>
    private static Task<int?> Tell(TestCourse course, Answer posting) => course.Tenant.Do(async services =>
    {
        var result = await services.GetRequiredService<SendPostingNoticesHandler>().Run(
            new SendPostingNotices(new PostingId(posting.Id("posting_id")), default), JobProgress.None, CancellationToken.None);
        return result is null ? (int?)null : JsonSerializer.SerializeToElement(result).GetProperty("told").GetInt32();
    });
}
