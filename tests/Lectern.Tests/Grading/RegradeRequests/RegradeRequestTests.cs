using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.RegradeRequests;

public sealed class RegradeRequestTests(LecternApp app)
{
    [Fact]
    public async Task A_learner_asks_a_grader_answers_and_both_read_it_on_the_work()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);

        var asked = (await Ask(essay, course.Learner)).Expect(201);
        var listed = (await course.Instructor.Get($"{course.Path}/regrade-requests")).Expect(200).At("items.0");
        Assert.Equal((asked.Id("regrade_request_id"), "Essay", 4m), (
            listed.GetProperty("regrade_request_id").GetInt64(), listed.GetProperty("title").GetString(),
            listed.GetProperty("score").GetDecimal()));
        await TestTenant.Eventually(
            async () => (await course.Instructor.Get("/notifications")).Text.Contains("regrade_requested", StringComparison.Ordinal),
            "who teaches is told");

        await essay.Score(course.Learner, 6, version: 1);
        var answered = (await Answer(course.Instructor, asked, 1)).Expect(200);
        Assert.Equal("changed", answered.At("state").GetString());
        Assert.Empty((await course.Instructor.Get($"{course.Path}/regrade-requests")).Expect(200).At("items").EnumerateArray());
        var mine = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal("changed", mine.At("regrade.state").GetString());
        Assert.Equal(
            ["Look at page 2.", "You are right."], mine.At("comments").EnumerateArray().Select(one => one.GetProperty("body").GetString()));
        Assert.Single(await course.Tenant.AuditOf("regrade_request.answered"));
    }

    [Fact]
    public async Task A_grade_that_stays_is_kept_and_may_be_asked_about_again()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        var first = (await Ask(essay, course.Learner)).Expect(201);
        (await Ask(essay, course.Learner)).Refused(422, "regrade_open");
        Assert.Equal("kept", (await Answer(course.Instructor, first, 1)).Expect(200).At("state").GetString());
        (await Answer(course.Instructor, first, 1)).Refused(409, "conflict");
        (await Ask(essay, course.Learner)).Expect(201);
    }

    [Fact]
    public async Task An_open_request_is_withdrawn_by_who_made_it_and_nobody_else()
    {
        var course = await app.NewCourse(2);
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        var path = $"/regrade-requests/{(await Ask(essay, course.Learner)).Expect(201).Id("regrade_request_id")}";
        (await course.Learners[1].Delete($"{path}?version=1")).Expect(404);
        (await course.Instructor.Delete($"{path}?version=1")).Expect(403);
        (await course.Learner.Delete(path)).Refused(422, "version_required");
        (await course.Learner.Delete($"{path}?version=1")).Expect(204);
        (await course.Learner.Delete($"{path}?version=1")).Refused(409, "conflict");
    }

    [Fact]
    public async Task There_must_be_a_score_that_is_seen_and_a_reason()
    {
        var course = await app.NewCourse();
        var hidden = await course.NewAssignment("Hidden", 10, new { posts_manually = true });
        await hidden.Score(course.Learner, 4);
        (await Ask(hidden, course.Learner)).Refused(422, "nothing_to_regrade");
        (await Ask(hidden, course.Learner, " ")).Refused(422, "body_required");
        (await Ask(hidden, course.Learner, new string('x', 20_001))).Refused(422, "too_long");
        (await Ask(await course.NewAssignment("Draft", 10, new { status = "draft" }), course.Learner)).Expect(404);
    }

    [Fact]
    public async Task Others_neither_ask_nor_list_nor_answer()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 4);
        (await Ask(essay, course.Instructor)).Expect(403);
        var asked = (await Ask(essay, course.Learner)).Expect(201);
        (await Answer(course.Learner, asked, 1)).Expect(403);
        (await Answer(await course.NewMember(Role.Designer), asked, 1)).Expect(403);
        (await course.Learner.Get($"{course.Path}/regrade-requests")).Expect(403);
        var foreign = await app.NewCourse();
        (await Answer(foreign.Instructor, asked, 1)).Expect(404);
        (await foreign.Instructor.Get($"/courses/{course.Id.Value + 1000}/regrade-requests")).Expect(404);
        (await Ask(essay, foreign.Learner.At(course.Tenant))).Expect(401);
    }

    private static Task<Answer> Ask(TestAssignment about, TestPerson who, string reason = "Look at page 2.") =>
        who.Post($"{about.Path}/regrade-requests", new { reason });

    private static Task<Answer> Answer(TestPerson who, Answer asked, int version) => who.Post(
        $"/regrade-requests/{asked.Id("regrade_request_id")}/answer", new { answer = "You are right.", version });
}
