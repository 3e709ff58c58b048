using System.Text.Json;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Postings;

public sealed class ReplacePostingPolicyTests(LecternApp app)
{
    [Fact]
    public async Task Grades_are_shown_at_the_instant_and_as_they_are_entered_from_then_on()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
        await using var host = await app.HostWith(clock);
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: new { posts_manually = true });
        await essay.Score(course.Learners[0], 7);

        // An instant to come by the clock of this host, which has passed for the first one, who does the work.
        var set = await course.On(host).Instructor.Put($"{essay.Path}/posting-policy", new
        {
            posts_manually = true, posts_at = clock.GetUtcNow() + TimeSpan.FromMinutes(30), version = await course.Version(essay),
        });

        set.Expect(200);
        await TestTenant.Eventually(async () => await course.SeenScore(course.Learners[0]) == 7, "the grade is shown");
        await essay.Score(course.Learners[1], 5);
        Assert.Equal(5, await course.SeenScore(course.Learners[1]));
        var column = (await course.Gradebook()).Answer.At("assignments.0");
        Assert.False(column.GetProperty("posts_manually").GetBoolean());
        Assert.Equal(JsonValueKind.Null, column.GetProperty("posts_at").ValueKind);
        var posting = (await course.Instructor.Get($"{essay.Path}/postings")).At("items.0");
        Assert.Equal("Ines Instructor", posting.GetProperty("actor").GetProperty("name").GetString());
        Assert.False(posting.GetProperty("only_graded").GetBoolean());
    }

    [Fact]
    public async Task An_instant_that_was_changed_or_taken_back_does_nothing_when_it_comes()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: new { posts_manually = true });
        await essay.Score(course.Learner, 7);

        var soon = await Put(course, essay, true, TimeProvider.System.GetUtcNow().AddSeconds(4));
        (await Put(course, essay, true, TimeProvider.System.GetUtcNow().AddDays(1))).Expect(200);

        soon.Expect(200);
        await TestTenant.Eventually(
            async () => (await course.Tenant.Rows<string>(db => $"""
                SELECT state FROM platform.jobs WHERE tenant_id = {db.Tenant} AND kind = 'grading.post_on_schedule' ORDER BY run_at
                """))[0] == "done",
            "the first instant has come");
        Assert.Null(await course.SeenScore(course.Learner));
        Assert.True((await course.Gradebook()).Answer.At("assignments.0.posts_manually").GetBoolean());
    }

    [Fact]
    public async Task Grades_entered_by_hand_rules_stay_hidden_and_later_rules_leave_them()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        (await Put(course, essay, true, null)).Expect(200);
        await essay.Score(course.Learners[0], 7);
        Assert.Null(await course.SeenScore(course.Learners[0]));

        (await Put(course, essay, false, null)).Expect(200);
        await essay.Score(course.Learners[1], 5);

        Assert.Null(await course.SeenScore(course.Learners[0]));
        Assert.Equal(5, await course.SeenScore(course.Learners[1]));
    }

    [Fact]
    public async Task Whoever_changes_it_has_seen_how_it_stands()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var version = await course.Version(essay);
        (await Put(course, essay, true, null)).Expect(200);

        var second = await course.Instructor.Put($"{essay.Path}/posting-policy", new { posts_manually = false, version });

        second.Refused(409, "conflict");
        Assert.True(second.At("current.posts_manually").GetBoolean());
        Assert.False(second.At("yours.posts_manually").GetBoolean());
        (await course.Instructor.Put($"{essay.Path}/posting-policy", new { posts_manually = false })).Refused(422, "version_required");
    }

    [Fact]
    public async Task An_instant_needs_hidden_grades_and_lies_ahead()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var now = TimeProvider.System.GetUtcNow();

        (await Put(course, essay, false, now.AddHours(1))).Refused(422, "posts_at_without_manual");
        (await Put(course, essay, true, now.AddMinutes(-1))).Refused(422, "posts_at_passed");
        (await Put(course, essay, true, now.AddYears(11))).Refused(422, "posts_at_too_far");
        (await Put(course, essay, true, now.AddHours(1))).Expect(200);
        Assert.Equal(JsonValueKind.Null, (await course.Learner.Get(essay.Path)).At("posts_at").ValueKind);
    }

    private static async Task<Answer> Put(TestCourse course, TestAssignment assignment, bool manually, DateTimeOffset? at) =>
        await course.Instructor.Put($"{assignment.Path}/posting-policy", new
        {
            posts_manually = manually, posts_at = at, version = await course.Version(assignment),
        });
}
