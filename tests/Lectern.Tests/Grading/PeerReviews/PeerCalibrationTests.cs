using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using static Lectern.Tests.Grading.PeerReviews.PeerSteps;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>Reviewers who practise on works with a reference first.</summary>
public sealed class PeerCalibrationTests(LecternApp app)
{
    [Fact]
    public async Task Reviewers_practise_first_see_the_reference_afterwards_and_count_by_how_near_they_came()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment();
        await course.Use(essay, await course.NewRubric(TestRubric.Sources));
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        var (ada, ben, cem, dan) = (course.Learners[0], course.Learners[1], course.Learners[2], course.Learners[3]);
        // Four of five points are right for Dan's work.
        (await course.Instructor.Put($"{essay.Path}/calibration-works/{dan.Id.Value}", new
        {
            rubric_version = 1, note = "Two sources are missing", version = 0,
            criteria = new[] { new { criterion_id = "sources", points = 4 } },
        })).Expect(200);
        var due = TimeProvider.System.GetUtcNow().AddDays(7);
        (await course.Instructor.Put($"{essay.Path}/peer-plan", new { calibrates = true, reviews_due_at = due, version = 0 }))
            .Refused(422, "peer_calibration_by_rubric");
        await Plan(essay, course, new
        {
            reviews_per_work = 2, by_rubric = true, calibrates = true, feedback = "when_posted", reviews_due_at = due, version = 0,
        });
        await IsGivenToNoPeer(course, essay, ada, dan);
        var preview = (await course.Instructor.Get($"{essay.Path}/peer-allocation")).Expect(200);
        Assert.Contains("samples", preview.Text, StringComparison.Ordinal);
        await Allocate(course, essay);
        await Allocate(course, essay);

        var items = (await ada.Get($"{essay.Path}/peer-reviews/mine")).Expect(200).At("items").EnumerateArray().ToList();
        Assert.Equal("sample", items[0].GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("author_name").ValueKind);
        Assert.DoesNotContain("sample", (await dan.Get($"{essay.Path}/peer-reviews/mine")).Expect(200).At("items").GetRawText());
        var (sample, peer) = (items[0].GetProperty("peer_review_id").GetInt64(), items[1].GetProperty("peer_review_id").GetInt64());
        var before = (await ada.Get($"/peer-reviews/{sample}")).Expect(200);
        Assert.Equal(JsonValueKind.Null, before.At("reference").ValueKind);
        foreach (var hidden in new[] { "Two sources are missing", $"\"{dan.Name}\"" })
            Assert.DoesNotContain(hidden, before.Text, StringComparison.Ordinal);
        (await Say(ada, peer, 5)).Refused(422, "peer_samples_first");

        var after = (await Say(ada, sample, 4)).Expect(200);

        Assert.Equal((4m, "Two sources are missing"), (
            after.At("reference.score").GetDecimal(), after.At("reference.comment").GetString()));
        (await Say(ada, sample, 1, version: 2)).Refused(422, "peer_sample_answered");
        (await Say(ada, peer, 5)).Expect(200);
        // One point off, and all of them.
        await Practise(essay, ben, 3);
        await Practise(essay, cem, 0);
        var lines = (await course.Instructor.Get($"{essay.Path}/peer-reviewers")).Expect(200).At("items").EnumerateArray()
            .Select(line => line.GetProperty("reliability")).Select(one => one.ValueKind is JsonValueKind.Null ? -1 : one.GetDecimal());
        Assert.Equal([1m, 0.6m, 0.1m, -1m], lines);

        // Ada and Cem on Ben: 5 of 5 and 0 of 5, and Ada counts ten times as much. A sample is no grade and no review of its author.
        await Give(course, essay, ben, 5, 0);
        var weighted = (await course.Instructor.Get($"{essay.Path}/peer-scores?rule=weighted")).Expect(200).At("items").EnumerateArray();
        var (bens, dans) = (weighted.ElementAt(1), weighted.ElementAt(3));
        Assert.Equal(2, bens.GetProperty("scores").GetArrayLength());
        Assert.Empty(dans.GetProperty("scores").EnumerateArray());
        Assert.Equal(Expected(await Weights(course, essay, ben)), bens.GetProperty("score").GetDecimal());
        await AuthorsReadPeersOnly(course, essay, cem, dan);
        // Taking all away leaves what was said with the reference unknown: it cannot be said again.
        Assert.Equal(sample, Assert.Single(await AfterReset(course, essay, ada)));
    }

    private static async Task IsGivenToNoPeer(TestCourse course, TestAssignment essay, TestPerson reviewer, TestPerson author) =>
        (await course.Instructor.Post($"{essay.Path}/peer-reviews", new { reviewer_id = reviewer.Id, author_id = author.Id }))
            .Refused(422, "peer_sample");

    private static async Task AuthorsReadPeersOnly(TestCourse course, TestAssignment essay, TestPerson peer, TestPerson author)
    {
        // As one that was handed out before the work came into the set; the others stay samples.
        Assert.Single(await course.Tenant.Rows<int>(db => $"""
            UPDATE peer_reviews SET kind = 'peer'
            WHERE tenant_id = {db.Tenant} AND assignment_id = {essay.Id} AND reviewer_id = {peer.Id} AND author_id = {author.Id}
            RETURNING 1
            """));
        await essay.Score(author, 0);
        Assert.Single((await author.Get($"{essay.Path}/peer-reviews/received")).Expect(200).At("items").EnumerateArray());
        await GradersReadNoGradeBeforeTheyAnswer(course, essay, author);
    }

    /// <summary>The peer gave nothing too, so that the grade stands so already must not be said either.</summary>
    private static async Task GradersReadNoGradeBeforeTheyAnswer(TestCourse course, TestAssignment essay, TestPerson author)
    {
        var known = (await course.Instructor.Get($"{essay.Path}/peer-scores")).Expect(200);
        Assert.Equal((0m, "same"), (known.At("items.3.entered").GetDecimal(), known.At("items.3.fate").GetString()));
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var withheld = (await assistant.Get($"{essay.Path}/peer-scores")).Expect(200);
        Assert.Equal(
            (JsonValueKind.Null, "standing"), (withheld.At("items.3.entered").ValueKind, withheld.At("items.3.fate").GetString()));
        var preview = (await assistant.Post(
            $"{essay.Path}/peer-takeovers/preview", new { learners = new[] { author.Id }, overwrites = true })).Expect(200);
        Assert.Equal(JsonValueKind.Null, preview.At("lines.0.from").ValueKind);
    }

    private static async Task<List<long>> AfterReset(TestCourse course, TestAssignment essay, TestPerson reviewer)
    {
        var counts = (await course.Instructor.Get($"{essay.Path}/peer-resets/preview")).Expect(200);
        (await course.Instructor.Post($"{essay.Path}/peer-resets", new
        {
            reviews = counts.At("reviews").GetInt32(), handed_in = counts.At("handed_in").GetInt32(),
        })).Expect(201);
        return await Mine(essay, reviewer);
    }

    /// <summary>Weights of the reviewers of an author's work, in the order of reviewers, who gave all points and none.</summary>
    private static async Task<List<decimal>> Weights(TestCourse course, TestAssignment essay, TestPerson author)
    {
        var reviewers = await course.Tenant.Rows<long>(db => $"""
            SELECT reviewer_id FROM peer_reviews
            WHERE tenant_id = {db.Tenant} AND assignment_id = {essay.Id} AND author_id = {author.Id} AND kind = 'peer' ORDER BY reviewer_id
            """);
        var lines = (await course.Instructor.Get($"{essay.Path}/peer-reviewers")).Expect(200).At("items").EnumerateArray().ToList();
        return reviewers.ConvertAll(id => lines.Single(line => line.GetProperty("user_id").GetInt64() == id).GetProperty("reliability"))
            .ConvertAll(one => one.ValueKind is JsonValueKind.Null ? 0.5m : one.GetDecimal());
    }

    private static decimal Expected(List<decimal> weights) =>
        decimal.Round(10 * weights[0] / (weights[0] + weights[1]), 2, MidpointRounding.AwayFromZero);

    private static async Task Practise(TestAssignment essay, TestPerson reviewer, decimal points) =>
        (await Say(reviewer, (await Mine(essay, reviewer))[0], points)).Expect(200);

    private static Task<Answer> Say(TestPerson reviewer, long review, decimal points, int version = 1) => Save(reviewer, review, new
    {
        criteria = new[] { new { criterion_id = "sources", points } }, comment = "So I think.", hand_in = true, rubric_version = 1, version,
    });
}
