using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Queue;

public sealed class GradingClaimTests(LecternApp app)
{
    [Fact]
    public async Task Work_comes_oldest_first_with_rubric_and_draft_and_leaves_the_queue_when_it_is_graded()
    {
        var (course, essay) = await HandedIn(learners: 3);
        await course.Use(essay, await course.NewRubric());

        var first = await Claim(course, essay, count: 2);

        Assert.Equal([course.Learners[0].Id.Value, course.Learners[1].Id.Value], Users(first));
        Assert.Equal("Learner 1", first.At("claims.0.work.name").GetString());
        Assert.Equal("My essay", first.At("claims.0.work.work.attempts.0.body_text").GetString());
        Assert.Equal("Clarity", first.At("claims.0.work.work.assessment.rubric.criteria.0.description").GetString());
        Assert.Equal(3, first.At("progress.waiting").GetInt32());
        await essay.Score(course.Learners[0], 7);
        var next = await Claim(course, essay, count: 2, known: [course.Learners[1].Id.Value]);
        Assert.Equal([course.Learners[1].Id.Value, course.Learners[2].Id.Value], Users(next));
        Assert.Equal(JsonValueKind.Null, next.At("claims.0.work").ValueKind);
        Assert.Equal("Learner 3", next.At("claims.1.work.name").GetString());
        Assert.Equal(2, next.At("progress.waiting").GetInt32());
        Assert.Equal(3, next.At("progress.handed_in").GetInt32());
    }

    [Fact]
    public async Task Graders_who_ask_at_once_are_given_different_work_and_nothing_is_left_out()
    {
        var (course, essay) = await HandedIn(learners: 8);
        var graders = new List<TestPerson> { course.Instructor };
        for (var i = 0; i < 3; i++) graders.Add(await course.NewMember(Role.TeachingAssistant));

        var answers = await Task.WhenAll(graders.Select(grader => Claim(course, essay, count: 2, grader: grader)));

        var given = answers.SelectMany(Users).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        // Whoever found a row being taken asks again, as a page does.
        foreach (var grader in graders) given.AddRange(Users(await Claim(course, essay, count: 2, grader: grader)));
        Assert.Equal(8, given.Distinct().Count());
    }

    [Fact]
    public async Task A_claim_lapses_unless_it_is_renewed()
    {
        var (course, essay) = await HandedIn(learners: 1);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        await Claim(course, essay);
        var renewed = (await course.Instructor.Put($"{essay.Path}/grading-claims", new { user_ids = new[] { course.Learner.Id.Value } }))
            .Expect(200);
        Assert.Equal(1, renewed.At("items").GetArrayLength());
        Assert.Empty(Users(await Claim(course, essay, grader: assistant)));

        await course.Tenant.Do(services => services.GetRequiredService<Lectern.Platform.Data.TenantDb>().Execute(
            $"UPDATE ungraded_work SET claimed_until = {DateTimeOffset.UnixEpoch} WHERE tenant_id = {course.Tenant.Id}",
            CancellationToken.None));

        Assert.Single(Users(await Claim(course, essay, grader: assistant)));
        var lost = (await course.Instructor.Put($"{essay.Path}/grading-claims", new { user_ids = new[] { course.Learner.Id.Value } }))
            .Expect(200);
        Assert.Equal(0, lost.At("items").GetArrayLength());
        var open = (await course.Instructor.Get($"{essay.Path}/grading-claims/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(assistant.Id.Value, open.At("held_by.user_id").GetInt64());
    }

    [Fact]
    public async Task Skipped_work_comes_last_and_released_work_in_its_place()
    {
        var (course, essay) = await HandedIn(learners: 3);
        await Claim(course, essay, count: 3);

        (await course.Instructor.Delete($"{essay.Path}/grading-claims/{course.Learners[0].Id.Value}?skip=true")).Expect(204);
        foreach (var learner in course.Learners.Skip(1))
            (await course.Instructor.Delete($"{essay.Path}/grading-claims/{learner.Id.Value}")).Expect(204);

        var again = new List<long>();
        for (var count = 1; count <= 3; count++) again.Add(Users(await Claim(course, essay, count)).Except(again).Single());
        Assert.Equal([course.Learners[1].Id.Value, course.Learners[2].Id.Value, course.Learners[0].Id.Value], again);
    }

    [Fact]
    public async Task A_section_and_the_order_of_names_can_be_asked_for()
    {
        var (course, essay) = await HandedIn(learners: 2);
        Assert.Equal(2, Users(await Claim(course, essay, count: 4, section: course.Section.Value, order: "name")).Count);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        Assert.Empty(Users(await Claim(course, essay, count: 4, section: 99_999_999, grader: assistant)));
        (await course.Instructor.Post($"{essay.Path}/grading-claims", new { order = "random" })).Refused(422, "unknown_order");
        (await course.Instructor.Post($"{essay.Path}/grading-claims", new { count = 1_000 })).Refused(422, "count_out_of_range");
    }

    [Fact]
    public async Task A_comment_draft_outlives_a_crash_is_the_graders_own_and_goes_when_it_is_said()
    {
        var (course, essay) = await HandedIn(learners: 1);
        var path = $"{essay.Path}/comment-drafts/{course.Learner.Id.Value}";
        await Claim(course, essay);

        Assert.Equal(1, (await course.Instructor.Put(path, new { body = "Well ar", version = 0 })).Expect(200).At("version").GetInt32());
        (await course.Instructor.Put(path, new { body = "Other window", version = 0 })).Refused(409, "conflict");
        (await course.Instructor.Put(path, new { body = "Well argued", version = 1 })).Expect(200);
        (await course.Instructor.Put(path, new { body = new string('x', 20_001), version = 2 })).Refused(422, "too_long");

        var reopened = await Claim(course, essay);
        Assert.Equal("Well argued", reopened.At("claims.0.work.draft.body").GetString());
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var theirs = (await assistant.Get($"{essay.Path}/grading-claims/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(JsonValueKind.Null, theirs.At("draft").ValueKind);
        (await essay.Record(course.Learner, new { score = 8, comment = "Well argued", version = 0 })).Expect(200);
        var graded = (await course.Instructor.Get($"{essay.Path}/grading-claims/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(JsonValueKind.Null, graded.At("draft").ValueKind);
    }

    [Fact]
    public async Task Undo_puts_the_work_back_into_the_queue()
    {
        var (course, essay) = await HandedIn(learners: 1);
        await Claim(course, essay);
        await essay.Score(course.Learner, 7);
        Assert.Empty(Users(await Claim(course, essay)));

        var undone = (await essay.Record(course.Learner, new { restore = 0, version = 1 })).Expect(200);

        Assert.Equal(JsonValueKind.Null, undone.At("score").ValueKind);
        Assert.Single(Users(await Claim(course, essay)));
        var history = await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history");
        Assert.Equal("undo", history.At("items.0.kind").GetString());
        var proof = await course.Tenant.Do(
            services => services.GetRequiredService<IGradeLedgerProof>().Prove(CancellationToken.None));
        Assert.Equal(0, proof.Failures);
    }

    [Fact]
    public async Task Only_graders_of_the_course_take_work()
    {
        var (course, essay) = await HandedIn(learners: 1);
        var elsewhere = await course.Tenant.NewCourse();
        (await course.Learner.Post($"{essay.Path}/grading-claims", new { })).Expect(403);
        (await (await course.NewMember(Role.Designer)).Post($"{essay.Path}/grading-claims", new { })).Expect(403);
        (await elsewhere.Instructor.Post($"{essay.Path}/grading-claims", new { })).Expect(404);
        (await (await app.NewCourse()).Instructor.Post($"{essay.Path}/grading-claims", new { })).Expect(404);
        (await course.Learner.Get($"{essay.Path}/grading-claims/{course.Learner.Id.Value}")).Expect(403);
        (await course.Learner.Put($"{essay.Path}/comment-drafts/{course.Learner.Id.Value}", new { body = "x", version = 0 })).Expect(403);
    }

    internal static async Task<(TestCourse Course, TestAssignment Essay)> HandedIn(
        LecternApp app, int learners, object? more = null)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment(more: more);
        foreach (var learner in course.Learners)
            (await learner.Post($"{essay.Path}/submissions", new { body_text = "My essay" })).Expect(201);
        return (course, essay);
    }

    private Task<(TestCourse Course, TestAssignment Essay)> HandedIn(int learners) => HandedIn(app, learners);

    private static async Task<Answer> Claim(
        TestCourse course, TestAssignment essay, int count = 1, long[]? known = null, TestPerson? grader = null, long? section = null,
        string? order = null) => (await (grader ?? course.Instructor).Post(
            $"{essay.Path}/grading-claims", new { count, known, section_id = section, order })).Expect(200);

    private static List<long> Users(Answer answer) =>
        [.. answer.At("claims").EnumerateArray().Select(claim => claim.GetProperty("user_id").GetInt64())];
}
