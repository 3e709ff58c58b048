using Lectern.Grading.PeerReviews;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Lectern.Tests.Grading.PeerReviews.PeerSteps;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>What learners hear of reviews.</summary>
public sealed class PeerNoticeTests(LecternApp app)
{
    [Fact]
    public async Task Learners_hear_that_reviews_are_asked_once_more_before_they_are_due_and_that_they_can_read_those_of_their_work()
    {
        // Instants to come by the clock of this host have passed for the one that does the work.
        var clock = new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2));
        await using var host = await app.HostWith(clock);
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new
        {
            reviews_per_work = 1, reviews_due_at = clock.GetUtcNow().AddDays(9), reviews_first = true, version = 0,
        });
        await Allocate(course, essay);
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        foreach (var learner in course.Learners) await Told(learner, "peer_reviews_asked");
        (await Save(ada, (await Mine(essay, ada))[0], new { comment = "Good.", hand_in = true, version = 1 })).Expect(200);

        await Plan(essay, course.On(host), new
        {
            reviews_per_work = 1, reviews_due_at = clock.GetUtcNow().AddDays(1).AddMinutes(2), reviews_first = true, version = 2,
        });
        var notice = await Told(ben, "peer_reviews_due");
        Assert.Equal($"/courses/{course.Id.Value}/assignments/{essay.Id.Value}/reviews", notice.Link);
        Assert.DoesNotContain(ada.Name, notice.Text, StringComparison.Ordinal);
        Assert.Equal((0, 0), (await StillDue(course, essay), await Count(ada, "peer_reviews_due")));

        // Reviews are due, and whoever owes some waits for those of their own work.
        await Plan(essay, course.On(host), new
        {
            reviews_per_work = 1, reviews_due_at = clock.GetUtcNow().AddMinutes(2), reviews_first = true, version = 3,
        });
        // Whose last review is taken away waits no longer.
        var owed = (await Mine(essay, ben))[0];
        (await course.Instructor.Delete($"/peer-reviews/{owed}")).Expect(204);
        await Told(ben, "peer_reviews_shown");
        (await course.Instructor.Post($"/peer-reviews/{owed}/restoration")).Expect(204);
        (await Save(ben, owed, new { comment = "Late.", hand_in = true, version = 3 })).Expect(200);
        foreach (var learner in course.Learners)
            Assert.DoesNotContain("Late", (await Told(learner, "peer_reviews_shown")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Shown(course, essay));
        foreach (var learner in course.Learners)
            Assert.Equal((1, 1), (await Count(learner, "peer_reviews_asked"), await Count(learner, "peer_reviews_shown")));
    }

    [Fact]
    public async Task Where_reviews_wait_for_the_grade_their_author_hears_of_them_with_its_posting_and_nobody_else()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: new { posts_manually = true });
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new
        {
            reviews_per_work = 2, reviews_due_at = TimeProvider.System.GetUtcNow().AddDays(7), feedback = "when_posted", version = 0,
        });
        await Allocate(course, essay);
        foreach (var learner in course.Learners)
            (await Save(learner, (await Mine(essay, learner))[0], new { comment = "Good.", hand_in = true, version = 1 })).Expect(200);
        var author = await Reviewed(course);
        await essay.Score(author, 7);
        Assert.Equal(0, await Shown(course, essay));

        (await course.Instructor.Post($"{essay.Path}/postings", new { kind = "post", only_graded = true })).Expect(201);

        Assert.Equal(1, await Shown(course, essay));
        await Told(author, "peer_reviews_shown");
        foreach (var other in course.Learners.Where(one => one != author))
            Assert.Equal(0, await Count(other, "peer_reviews_shown"));
    }

    [Fact]
    public async Task Who_has_left_is_told_nothing_more()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new { reviews_per_work = 1, reviews_due_at = TimeProvider.System.GetUtcNow().AddDays(7), version = 0 });
        await Allocate(course, essay);
        var gone = course.Learners[1];
        await course.Tenant.Rows<int>(db => $"""
            UPDATE enrollments SET state = 'inactive' WHERE tenant_id = {db.Tenant} AND user_id = {gone.Id} RETURNING 1
            """);

        Assert.Equal(1, await StillDue(course, essay));
        await Told(course.Learner, "peer_reviews_due");
        Assert.Equal(0, await StillDue(course, essay));
    }

    private static Task<int> StillDue(TestCourse course, TestAssignment essay) => With(course, essay, (told, plan) =>
        told.StillDue(plan, CancellationToken.None));

    private static Task<int> Shown(TestCourse course, TestAssignment essay) => With(course, essay, (told, plan) =>
        told.Shown(plan, null, CancellationToken.None));

    private static Task<int> With(TestCourse course, TestAssignment essay, Func<PeerNotices, PeerPlan, Task<int>> tell) =>
        course.Tenant.Do(async services => await tell(
            services.GetRequiredService<PeerNotices>(),
            (await services.GetRequiredService<PeerPlanStore>().Find(essay.Id, CancellationToken.None))!));

    /// <summary>One of those whose work somebody has reviewed.</summary>
    private static async Task<TestPerson> Reviewed(TestCourse course)
    {
        var authors = await course.Tenant.Rows<long>(db => $"""
            SELECT author_id FROM peer_reviews WHERE tenant_id = {db.Tenant} AND handed_in_at IS NOT NULL
            """);
        return course.Learners.First(learner => learner.Id.Value == authors[0]);
    }

    private static async Task<(string? Link, string Text)> Told(TestPerson person, string kind)
    {
        await TestTenant.Eventually(async () => await Count(person, kind) > 0, $"{person.Name} hears {kind}");
        var notice = (await person.Get("/notifications")).Expect(200).At("items").EnumerateArray()
            .First(item => item.GetProperty("kind").GetString() == kind);
        return (notice.GetProperty("link").GetString(), notice.GetRawText());
    }

    private static async Task<int> Count(TestPerson person, string kind) =>
        (await person.Get("/notifications?limit=100")).Expect(200).At("items").EnumerateArray()
            .Count(item => item.GetProperty("kind").GetString() == kind);
}
