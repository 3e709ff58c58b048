using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>What tests of peer review do again and again.</summary>
internal static class PeerSteps
{
    public static async Task Plan(TestAssignment essay, TestCourse course, object plan) =>
        (await course.Instructor.Put($"{essay.Path}/peer-plan", plan)).Expect(200);

    public static async Task Allocate(TestCourse course, TestAssignment essay)
    {
        var job = (await course.Instructor.Post($"{essay.Path}/peer-allocations")).Expect(202).At("job_id").GetGuid();
        await TestTenant.Eventually(
            async () => (await course.Instructor.Get($"/jobs/{job}")).Expect(200).At("state").GetString() == "done",
            "reviews are handed out");
    }

    public static Task<Answer> Save(TestPerson reviewer, long id, object said) => reviewer.Put($"/peer-reviews/{id}", said);

    /// <summary>The reviews somebody is asked for, in the order of their list.</summary>
    public static async Task<List<long>> Mine(TestAssignment essay, TestPerson reviewer) =>
        [.. (await reviewer.Get($"{essay.Path}/peer-reviews/mine")).Expect(200).At("items").EnumerateArray()
            .Select(item => item.GetProperty("peer_review_id").GetInt64())];

    /// <summary>Has reviewers of one learner's work hand in these points for its only criterion, sources of up to five.</summary>
    public static async Task Give(TestCourse course, TestAssignment essay, TestPerson author, params decimal[] points)
    {
        var reviews = await course.Tenant.Rows<Asked>(db => $"""
            SELECT peer_review_id, reviewer_id, version FROM peer_reviews
            WHERE tenant_id = {db.Tenant} AND assignment_id = {essay.Id} AND author_id = {author.Id} AND kind = 'peer'
                AND removed_at IS NULL
            ORDER BY reviewer_id
            """);
        foreach (var (review, given) in reviews.Zip(points))
        {
            var reviewer = course.Learners.Single(learner => learner.Id.Value == review.ReviewerId);
            (await Save(reviewer, review.PeerReviewId, new
            {
                criteria = new[] { new { criterion_id = "sources", points = given } }, comment = "So I think.", hand_in = true,
                rubric_version = 1, version = review.Version,
            })).Expect(200);
        }
    }

    private sealed record Asked(long PeerReviewId, long ReviewerId, int Version);
}
