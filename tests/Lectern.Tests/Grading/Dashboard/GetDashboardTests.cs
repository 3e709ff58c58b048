using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Dashboard;

public sealed class GetDashboardTests(LecternApp app)
{
    [Fact]
    public async Task Work_is_sorted_by_how_soon_it_is_due_and_leaves_when_it_is_done()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse()).On(host);
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        await course.NewAssignment("Later", more: new { due_at = now.AddDays(20) });
        await course.NewAssignment("Next", more: new { due_at = now.AddDays(5) });
        await course.NewAssignment("Now", more: new { due_at = now.AddDays(1) });
        await course.NewAssignment("Undated");
        var missed = await course.NewAssignment("Missed", more: new { due_at = now.AddMinutes(-1) });
        await course.NewAssignment("Draft", more: new { status = "draft", due_at = now.AddDays(1) });
        await course.NewAssignment("Not open", more: new { unlocks_at = now.AddDays(1), due_at = now.AddDays(2) });

        Assert.Equal(["Missed missing", "Now now", "Next next", "Later later", "Undated later"], await Due());
        (await course.Learner.Post($"{missed.Path}/submissions", new { body_text = "At last." })).Expect(201);
        Assert.DoesNotContain("Missed missing", await Due());

        async Task<List<string>> Due() => [.. (await course.Learner.Get("/dashboard")).Expect(200).At("due").EnumerateArray()
            .Select(work => $"{work.GetProperty("title").GetString()} {work.GetProperty("bucket").GetString()}")];
    }

    [Fact]
    public async Task Work_opens_and_closes_by_the_learners_own_dates()
    {
        var course = await app.NewCourse(learners: 3);
        var now = TimeProvider.System.GetUtcNow();
        // For all it has closed; the section has until tomorrow, one person begins only then, another has no end at all.
        var essay = await course.NewAssignment("Essay", more: new { locks_at = now.AddDays(-1) });
        var (late, free) = (course.Learners[1], course.Learners[2]);
        await Replace(essay,
            new { audience = "section", audience_id = course.Section.Value, locks_at = now.AddDays(1) },
            new { audience = "person", audience_id = late.Id.Value, unlocks_at = now.AddDays(1) },
            new { audience = "person", audience_id = free.Id.Value });
        var quiz = await course.NewAssignment("Quiz", more: new { unlocks_at = now.AddDays(3) });
        await Replace(quiz, new { audience = "person", audience_id = free.Id.Value, locks_at = now.AddDays(-1) });

        Assert.Equal(["Essay False"], await Due(course.Learner));
        Assert.Empty(await Due(late));
        Assert.Equal(["Essay False", "Quiz True"], await Due(free));

        async Task Replace(TestAssignment assignment, params object[] items) => (await course.Instructor.Put(
            $"{assignment.Path}/dates", new { version = assignment.Version, items })).Expect(200);

        static async Task<List<string>> Due(TestPerson learner) => [.. (await learner.Get("/dashboard")).Expect(200).At("due")
            .EnumerateArray().Select(work => $"{work.GetProperty("title").GetString()} {work.GetProperty("closed").GetBoolean()}")];
    }

    [Fact]
    public async Task A_learner_sees_feedback_and_totals_and_an_instructor_what_to_grade()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", 10);
        await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "Please." });
        (await essay.Record(course.Learner, new { score = 9, comment = "Fine.", version = 0 })).Expect(200);

        var learner = (await course.Learner.Get("/dashboard")).Expect(200);
        Assert.Equal(9m, learner.At("feedback.0.score").GetDecimal());
        Assert.Equal("Fine.", learner.At("feedback.0.comment").GetString());
        Assert.Equal(90m, learner.At("courses.0.current_percent").GetDecimal());
        Assert.Empty(learner.At("to_grade").EnumerateArray());
        var instructor = (await course.Instructor.Get("/dashboard")).Expect(200);
        Assert.Equal(1, instructor.At("to_grade.0.count").GetInt32());
        Assert.Equal("instructor", instructor.At("courses.0.roles.0").GetString());
        Assert.Empty(instructor.At("due").EnumerateArray());
        (await course.Tenant.Nobody().Get("/dashboard")).Expect(401);
    }
}
