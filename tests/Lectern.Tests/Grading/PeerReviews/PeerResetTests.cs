using Lectern.Platform.Access;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;
using static Lectern.Tests.Grading.PeerReviews.PeerSteps;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>Reviews that are taken away together and put back.</summary>
public sealed class PeerResetTests(LecternApp app)
{
    [Fact]
    public async Task All_reviews_are_taken_away_as_counted_handed_out_anew_and_put_back_with_what_was_written()
    {
        var (course, essay) = await HandedOut();
        var ada = course.Learner;
        var mine = await Mine(essay, ada);
        (await Save(ada, mine[0], new { comment = "Good.", hand_in = true, version = 1 })).Expect(200);
        (await Save(ada, mine[1], new { comment = "Half", version = 1 })).Expect(200);
        var counts = (await course.Instructor.Get($"{essay.Path}/peer-resets/preview")).Expect(200);
        Assert.Equal((6, 1, 1), (counts.At("reviews").GetInt32(), counts.At("started").GetInt32(), counts.At("handed_in").GetInt32()));
        (await Reset(course, essay, new { reviews = 6, handed_in = 0 })).Refused(409, "conflict");

        var both = await Task.WhenAll(
            Reset(course, essay, new { reviews = 6, handed_in = 1 }), Reset(course, essay, new { reviews = 6, handed_in = 1 }));

        Assert.Equal([201, 422], both.Select(one => (int)one.Status).Order());
        var first = both.Single(one => (int)one.Status == 201).Id("peer_reset_id");
        Assert.Empty(await Mine(essay, ada));
        // What was taken away together can be handed out again, as reviews of their own.
        await Allocate(course, essay);
        var anew = await Mine(essay, ada);
        Assert.Equal((2, 0), (anew.Count, anew.Intersect(mine).Count()));
        (await Undo(course, essay, first)).Refused(422, "peer_handed_out_since");

        var second = (await Reset(course, essay, new { reviews = 6, handed_in = 0 })).Expect(201).Id("peer_reset_id");
        // A takeback that nobody handed out after is undone, and twice is once.
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(6, (await Undo(course, essay, second)).Expect(200).At("restored").GetInt32());
        Assert.Equal(anew, await Mine(essay, ada));
        var list = (await course.Instructor.Get($"{essay.Path}/peer-resets")).Expect(200).At("items").EnumerateArray()
            .Select(one => (one.GetProperty("reviews").GetInt32(), one.GetProperty("handed_in").GetInt32()));
        Assert.Equal([(6, 0), (6, 1)], list);
        // With what was handed out since taken away again, those of before come back.
        (await Reset(course, essay, new { reviews = 6, handed_in = 0 })).Expect(201);
        Assert.Equal(6, (await Undo(course, essay, first)).Expect(200).At("restored").GetInt32());
        Assert.Equal(mine, await Mine(essay, ada));
    }

    [Fact]
    public async Task One_reviewers_reviews_are_taken_away_and_put_back_and_others_stay()
    {
        var (course, essay) = await HandedOut();
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        var (mine, bens) = (await Mine(essay, ada), await Mine(essay, ben));
        (await Save(ada, mine[0], new { comment = "Good.", hand_in = true, version = 1 })).Expect(200);

        var reset = (await Reset(course, essay, new { reviewer_id = ada.Id, reviews = 2, handed_in = 1 })).Expect(201)
            .Id("peer_reset_id");

        Assert.Empty(await Mine(essay, ada));
        Assert.Equal(bens, await Mine(essay, ben));
        // One comes back by itself, the rest together.
        (await course.Instructor.Post($"/peer-reviews/{mine[1]}/restoration")).Expect(204);
        Assert.Equal(1, (await Undo(course, essay, reset)).Expect(200).At("restored").GetInt32());
        Assert.Equal(mine, await Mine(essay, ada));
        Assert.Equal("Good.", (await ada.Get($"/peer-reviews/{mine[0]}")).Expect(200).At("comment").GetString());
        (await Reset(course, essay, new { reviewer_id = 999_999_999, reviews = 0, handed_in = 0 })).Refused(422, "peer_nothing_to_reset");

        var elsewhere = await course.NewAssignment("Other");
        (await course.Instructor.Post($"{elsewhere.Path}/peer-resets/{reset}/reversal")).Expect(404);
        foreach (var person in new[] { ada, await course.NewMember(Role.TeachingAssistant) })
        {
            (await person.Get($"{essay.Path}/peer-resets/preview")).Refused(403, "forbidden");
            (await person.Get($"{essay.Path}/peer-resets")).Refused(403, "forbidden");
            (await person.Post($"{essay.Path}/peer-resets", new { })).Refused(403, "forbidden");
            (await person.Post($"{essay.Path}/peer-resets/{reset}/reversal")).Refused(403, "forbidden");
        }
    }

    [Fact]
    public async Task Without_names_the_list_of_what_was_taken_away_has_none()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        foreach (var learner in course.Learners) await essay.HandIn(learner, "A text.");
        await Plan(essay, course, new { reviews_per_work = 1, reviews_due_at = TimeProvider.System.GetUtcNow().AddDays(7), version = 0 });
        await Allocate(course, essay);
        (await course.Instructor.Get($"{essay.Path}/peer-resets/preview?reviewer={course.Learner.Id.Value}")).Expect(404);
        (await Reset(course, essay, new { reviewer_id = course.Learner.Id, reviews = 1, handed_in = 0 })).Expect(404);
        var line = (await course.Instructor.Get($"{essay.Path}/peer-reviewers")).Expect(200).At("items.0.user_id").GetInt64();

        (await Reset(course, essay, new { reviewer_id = line, reviews = 1, handed_in = 0 })).Expect(201);

        var list = (await course.Instructor.Get($"{essay.Path}/peer-resets")).Expect(200);
        Assert.Equal(line, list.Id("items.0.reviewer_id"));
        Assert.All(course.Learners, learner => Assert.DoesNotContain($"\"{learner.Name}\"", list.Text, StringComparison.Ordinal));
    }

    private async Task<(TestCourse, TestAssignment)> HandedOut()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new { reviews_per_work = 2, reviews_due_at = TimeProvider.System.GetUtcNow().AddDays(7), version = 0 });
        await Allocate(course, essay);
        return (course, essay);
    }

    private static Task<Answer> Reset(TestCourse course, TestAssignment essay, object asked) =>
        course.Instructor.Post($"{essay.Path}/peer-resets", asked);

    private static Task<Answer> Undo(TestCourse course, TestAssignment essay, long reset) =>
        course.Instructor.Post($"{essay.Path}/peer-resets/{reset}/reversal");
}
