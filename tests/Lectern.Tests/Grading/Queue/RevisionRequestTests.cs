using System.Text.Json;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Queue;

public sealed class RevisionRequestTests(LecternApp app)
{
    [Fact]
    public async Task Work_given_back_may_be_handed_in_once_more_although_all_attempts_are_used_up()
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, learners: 1, new { attempts_allowed = 1 });
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Better" })).Refused(422, "attempts_used_up");

        (await Return(course, essay, "Shorten the middle.")).Expect(201);

        var seen = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal("Shorten the middle.", seen.At("returned.note").GetString());
        Assert.Equal(JsonValueKind.Null, seen.At("standing.closed_because").ValueKind);
        Assert.Equal(
            JsonValueKind.Null, (await course.Learner.Get(essay.Path)).Expect(200).At("my.closed_because").ValueKind);
        Assert.Equal(0, (await Waiting(course, essay)).GetInt32());
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Better" })).Expect(201);
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "Better still" })).Refused(422, "attempts_used_up");
        Assert.Equal(1, (await Waiting(course, essay)).GetInt32());
        Assert.Equal(JsonValueKind.Null, (await course.Learner.Get($"{essay.Path}/submissions/mine")).At("returned").ValueKind);
    }

    [Fact]
    public async Task Asking_twice_is_one_request_and_nothing_to_return_is_said()
    {
        var (course, essay) = await GradingClaimTests.HandedIn(app, learners: 1);
        (await Return(course, essay, "Once more.")).Expect(201);
        Assert.Equal("Once more.", (await Return(course, essay, "Again.")).Expect(200).At("note").GetString());
        (await Return(course, essay, " ")).Refused(422, "note_required");
        var empty = await course.NewAssignment("Other");
        (await Return(course, empty, "Nothing there.")).Refused(422, "nothing_to_return");
        (await Return(course, essay, "Mine", course.Learner)).Expect(403);
        (await Return(course, essay, "Theirs", (await app.NewCourse()).Instructor)).Expect(404);
    }

    private static Task<Answer> Return(TestCourse course, TestAssignment essay, string note, TestPerson? grader = null) =>
        (grader ?? course.Instructor).Post($"{essay.Path}/revision-requests", new { user_id = course.Learner.Id.Value, note });

    private static async Task<JsonElement> Waiting(TestCourse course, TestAssignment essay) =>
        (await course.Instructor.Post($"{essay.Path}/grading-claims", new { })).Expect(200).At("progress.waiting");
}
