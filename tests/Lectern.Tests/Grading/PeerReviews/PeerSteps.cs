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
}
