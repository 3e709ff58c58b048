using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.PeerReviews;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using static Lectern.Tests.Grading.PeerReviews.PeerSteps;

namespace Lectern.Tests.Grading.PeerScores;

/// <summary>What reviews suggest becomes grades when a grader says so.</summary>
public sealed class PeerTakeoverTests(LecternApp app)
{
    [Fact]
    public async Task Scores_are_taken_over_as_they_were_shown_and_taken_back_and_what_a_person_graded_stays_unless_it_is_chosen()
    {
        var (course, essay) = await Reviewed(learners: 4, new { });
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        await Give(course, essay, ada, 4.5m, 4, 4);
        await Give(course, essay, ben, 5, 5, 1);
        await Give(course, essay, cem, 2);
        await essay.Score(ben, 6);
        var listed = (await course.Instructor.Get($"{essay.Path}/peer-scores")).Expect(200);
        Assert.Equal(
            [("changes", 8m, false), ("standing", 10m, true), ("changes", 4m, false), ("too_few", null, false)],
            listed.At("items").EnumerateArray().Select(item => (
                item.GetProperty("fate").GetString(), Number(item.GetProperty("score")), item.GetProperty("disagrees").GetBoolean())));
        var means = (await course.Instructor.Get($"{essay.Path}/peer-scores?rule=mean")).Expect(200);
        Assert.Equal(7.33m, means.At("items.1.score").GetDecimal());

        var preview = (await Preview(course, essay, new { fewest = 2 })).Expect(200);
        Assert.Equal((1, 1, 1, 0), (
            preview.At("changes").GetInt32(), preview.At("standing").GetInt32(), preview.At("too_few").GetInt32(),
            preview.At("same").GetInt32()));
        Assert.Equal((true, 8m), (preview.At("shown_at_once").GetBoolean(), preview.At("lines.0.to").GetDecimal()));
        Assert.Null((await course.Gradebook()).Score(ada, essay));
        var seen = preview.At("seen").GetString();
        (await Take(course, essay, new { fewest = 2 })).Refused(409, "conflict");
        (await Take(course, essay, new { fewest = 1, seen })).Refused(409, "conflict");
        var both = await Task.WhenAll(Take(course, essay, new { fewest = 2, seen }), Take(course, essay, new { fewest = 2, seen }));
        Assert.Equal([201, 409], both.Select(one => (int)one.Status).Order());
        var first = both.Single(one => (int)one.Status == 201).Id("peer_takeover_id");
        var book = await course.Gradebook();
        Assert.Equal((8m, 6m, (decimal?)null), (book.Score(ada, essay), book.Score(ben, essay), book.Score(cem, essay)));
        var history = (await course.Instructor.Get($"{essay.Path}/grades/{ada.Id.Value}/history")).Expect(200);
        Assert.Equal("Median of 3 reviews by peers: 8, 8, 9", history.At("items.0.reason").GetString());

        // The learner is told that a grader took it over, and from how many.
        var mine = (await ada.Get($"{course.Path}/grades/mine")).Expect(200);
        Assert.Equal((8m, 3), (mine.At("items.0.score").GetDecimal(), mine.At("items.0.from_peers").GetInt32()));
        Assert.True((await ada.Get($"{essay.Path}/peer-reviews/received")).Expect(200).At("taken_over").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await ben.Get($"{course.Path}/grades/mine")).At("items.0.from_peers").ValueKind);

        var chosen = new { learners = new[] { ben.Id }, overwrites = true };
        var more = (await Preview(course, essay, chosen)).Expect(200).At("seen").GetString();
        var taken = (await Take(course, essay, new { chosen.learners, chosen.overwrites, seen = more })).Expect(201);
        Assert.Equal(10m, (await course.Gradebook()).Score(ben, essay));
        var again = (await Preview(course, essay, chosen)).Expect(200);
        Assert.Equal((0, 1), (again.At("changes").GetInt32(), again.At("same").GetInt32()));
        (await Take(course, essay, new { chosen.learners, chosen.overwrites, seen = again.At("seen").GetString() }))
            .Refused(422, "nothing_to_change");

        await IsTakenBack(course, essay, first, taken.Id("peer_takeover_id"));
    }

    private static async Task IsTakenBack(TestCourse course, TestAssignment essay, long first, long second)
    {
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        var elsewhere = await course.NewAssignment("Other");
        (await course.Instructor.Post($"{elsewhere.Path}/peer-takeovers/{second}/reversal")).Expect(404);
        (await ada.Post($"{essay.Path}/peer-takeovers/{second}/reversal")).Refused(403, "forbidden");
        // What somebody has changed since is theirs.
        (await essay.Record(ada, new { score = 9, version = 1 })).Expect(200);
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal((1, 0), await Back(second));
            Assert.Equal((0, 1), await Back(first));
        }

        var book = await course.Gradebook();
        Assert.Equal((9m, 6m), (book.Score(ada, essay), book.Score(ben, essay)));
        var list = (await course.Instructor.Get($"{essay.Path}/peer-takeovers")).Expect(200);
        Assert.Equal([1, 0], list.At("items").EnumerateArray().Select(one => one.GetProperty("reverted").GetInt32()));

        async Task<(int, int)> Back(long id)
        {
            var answer = (await course.Instructor.Post($"{essay.Path}/peer-takeovers/{id}/reversal")).Expect(200);
            return (answer.At("reverted").GetInt32(), answer.At("kept").GetInt32());
        }
    }

    [Fact]
    public async Task All_of_a_group_get_what_their_work_got_and_what_a_takeover_made_follows_later_reviews()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork(new { posts_manually = true });
        await course.Use(essay, await course.NewRubric(TestRubric.Sources));
        await essay.HandIn(course.Learners[0], "Ours.");
        await essay.HandIn(course.Learners[2], "Mine.");
        await Plan(essay, course, new { reviews_per_work = 1, by_rubric = true, reviews_due_at = InAWeek, version = 0 });
        await Allocate(course, essay);
        await Give(course, essay, course.Learners[0], 4);

        await TakeAll(course, essay);

        var mates = course.Learners.Take(2).ToList();
        var book = await course.Gradebook();
        Assert.All(mates, mate => Assert.Equal(8m, book.Score(mate, essay)));
        // Not posted, so it is said to nobody yet.
        Assert.DoesNotContain("\"from_peers\":1", (await mates[1].Get($"{course.Path}/grades/mine")).Text, StringComparison.Ordinal);

        await Give(course, essay, course.Learners[0], 3);
        await TakeAll(course, essay);
        book = await course.Gradebook();
        Assert.All(mates, mate => Assert.Equal(6m, book.Score(mate, essay)));
    }

    [Fact]
    public async Task Without_names_learners_are_chosen_by_pseudonym_and_none_is_told_and_who_may_not_is_refused()
    {
        var (course, essay) = await Reviewed(learners: 2, new { anonymous = true });
        await Give(course, essay, course.Learner, 5);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var listed = (await assistant.Get($"{essay.Path}/peer-scores")).Expect(200);
        var line = listed.At("items").EnumerateArray().Single(item => Number(item.GetProperty("score")) == 10);
        var pseudonym = line.GetProperty("user_id").GetInt64();
        Assert.True(pseudonym >= 1L << 52);
        (await Preview(course, essay, new { learners = new[] { course.Learner.Id } })).Refused(422, "unknown_learner");

        var preview = (await Preview(course, essay, new { learners = new[] { pseudonym } }, assistant)).Expect(200);

        Assert.Equal((pseudonym, false), (preview.Id("lines.0.user_id"), preview.At("shown_at_once").GetBoolean()));
        foreach (var said in new[] { listed.Text, preview.Text })
            Assert.All(course.Learners, learner => Assert.DoesNotContain($"\"{learner.Name}\"", said, StringComparison.Ordinal));
        (await course.Learner.Get($"{essay.Path}/peer-scores")).Refused(403, "forbidden");
        (await Preview(course, essay, new { }, course.Learner)).Refused(403, "forbidden");
        (await course.Learner.Post($"{essay.Path}/peer-takeovers", new { })).Refused(403, "forbidden");
        (await course.Learner.Get($"{essay.Path}/peer-takeovers")).Refused(403, "forbidden");
        (await Preview(course, essay, new { fewest = 0 })).Refused(422, "peer_fewest_out_of_range");
        (await Preview(course, essay, new { learners = Array.Empty<long>() })).Refused(422, "peer_choose_learners");

        var words = await course.NewAssignment("Words");
        await Plan(words, course, new { reviews_per_work = 1, reviews_due_at = InAWeek, version = 0 });
        (await Preview(course, words, new { })).Refused(422, "peer_no_scores");
        (await course.Instructor.Get($"{words.Path}/peer-scores")).Expect(404);
    }

    private async Task<(TestCourse, TestAssignment)> Reviewed(int learners, object how)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment();
        if (how.GetType().GetProperty("anonymous") is not null)
            (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        await course.Use(essay, await course.NewRubric(TestRubric.Sources));
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new
        {
            reviews_per_work = learners - 1, by_rubric = true, reviews_due_at = InAWeek, feedback = "when_posted", version = 0,
        });
        await Allocate(course, essay);
        return (course, essay);
    }

    private static DateTimeOffset InAWeek => TimeProvider.System.GetUtcNow().AddDays(7);

    private static async Task TakeAll(TestCourse course, TestAssignment essay)
    {
        var seen = (await Preview(course, essay, new { })).Expect(200).At("seen").GetString();
        (await Take(course, essay, new { seen })).Expect(201);
    }

    private static Task<Answer> Preview(TestCourse course, TestAssignment essay, object choice, TestPerson? grader = null) =>
        (grader ?? course.Instructor).Post($"{essay.Path}/peer-takeovers/preview", choice);

    private static Task<Answer> Take(TestCourse course, TestAssignment essay, object choice) =>
        course.Instructor.Post($"{essay.Path}/peer-takeovers", choice);

    private static decimal? Number(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : value.GetDecimal();
}
