using Lectern.Platform.Access;
using Lectern.Tests.Grading.GradebookImports;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Gradebook;

/// <summary>What belongs to a grading period that is closed is changed by an administrator or not at all.</summary>
public sealed class ClosedPeriodTests(LecternApp app)
{
    [Fact]
    public async Task A_grade_of_a_closed_period_is_changed_only_by_who_may()
    {
        var (course, essay, later) = await NewCourse();
        await essay.Score(course.Learner, 5);
        await Rules(course, version: 1, closesAt: "2026-02-10T00:00:00Z");
        var assistant = await course.NewMember(Role.TeachingAssistant);

        (await essay.Record(course.Learner, new { score = 9, version = 1 })).Refused(422, "period_closed");
        (await essay.Record(course.Learner, new { status = "excused", version = 1 }, assistant)).Refused(422, "period_closed");
        var both = new[]
        {
            new { assignment_id = later.Id.Value, user_id = course.Learner.Id.Value, score = 9, version = 0 },
            new { assignment_id = essay.Id.Value, user_id = course.Learner.Id.Value, score = 9, version = 1 },
        };
        var refused = (await course.Instructor.Put($"{course.Path}/grades", new { changes = both })).Refused(422, "changes_refused");
        Assert.Equal("period_closed", refused.At("errors.0.code").GetString());
        (await essay.Record(course.Learner, new { comment = "Well done.", version = 1 })).Expect(200);
        await later.Score(course.Learner, 9);

        var administrator = await course.Tenant.NewAdministrator();
        (await essay.Record(course.Learner, new { score = 9, version = 1 }, administrator)).Expect(200);
        await Rules(course, version: 2, closesAt: null);
        (await essay.Record(course.Learner, new { score = 8, version = 2 })).Expect(200);
    }

    [Fact]
    public async Task Work_belongs_to_the_period_of_the_learners_own_due_date()
    {
        var (course, essay, _) = await NewCourse();
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            items = new[] { new { audience = "person", audience_id = course.Learner.Id.Value, due_at = "2026-02-20T00:00:00Z" } },
            version = essay.Version,
        })).Expect(200);
        await Rules(course, version: 1, closesAt: "2026-02-10T00:00:00Z");

        await essay.Score(course.Learner, 5);
        (await essay.Record(course.Learners[1], new { score = 5, version = 0 })).Refused(422, "period_closed");
    }

    [Fact]
    public async Task Its_final_grade_stands_still_and_the_courses_does_not()
    {
        var (course, _, _) = await NewCourse();
        await Rules(course, version: 1, closesAt: "2026-02-10T00:00:00Z");
        Task<Answer> Set(long? period) => course.Instructor.Put($"{course.Path}/learners/{course.Learner.Id.Value}/final-grade",
            new { period_id = period, percent = 80, reason = "A recital.", version = 0 });

        (await Set(1)).Refused(422, "period_closed");
        (await Set(2)).Expect(200);
        (await Set(null)).Expect(200);
    }

    [Fact]
    public async Task A_file_changes_nothing_in_it_and_takes_nothing_back()
    {
        var (course, essay, later) = await NewCourse();
        string[] lines = ["Learner ID,Essay,Later", $"{course.Learner.Id.Value},6,7"];
        var before = await course.Apply(await course.Import(lines));
        await Rules(course, version: 1, closesAt: "2026-02-10T00:00:00Z");

        var import = await course.Import(lines[0], $"{course.Learner.Id.Value},8,7", $"{course.Learners[1].Id.Value},8,7");
        Assert.Equal((1, 0, 2, 0, 0), import.Counts());
        Assert.All(await course.Rows(import, "invalid"), row => Assert.Equal("period_closed", row.GetProperty("code").GetString()));

        var reversed = await course.Reverse(before);
        Assert.Equal((1, 1), (reversed.At("summary.reverted").GetInt32(), reversed.At("summary.kept").GetInt32()));
        Assert.Equal(6m, (await course.Gradebook()).Score(course.Learner, essay));
    }

    [Fact]
    public async Task A_period_closes_when_it_has_ended()
    {
        var (course, _, _) = await NewCourse();
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            version = 1,
            policy = new { periods = new[] { Period("Winter", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-01-31T00:00:00Z") } },
        })).Refused(422, "bad_period");
    }

    /// <summary>Two learners; one piece of work due in each of two periods, neither of which has a rule yet.</summary>
    private async Task<(TestCourse Course, TestAssignment Essay, TestAssignment Later)> NewCourse()
    {
        var course = await app.NewCourse(learners: 2);
        return (course, await course.NewAssignment("Essay", 10, new { due_at = "2026-01-15T00:00:00Z" }),
            await course.NewAssignment("Later", 10, new { due_at = "2026-02-15T00:00:00Z" }));
    }

    private static async Task Rules(TestCourse course, int version, string? closesAt) =>
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            version,
            policy = new
            {
                final_override = true,
                periods = new[]
                {
                    Period("Winter", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", closesAt, version == 1 ? 0 : 1),
                    Period("Spring", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", null, version == 1 ? 0 : 2),
                },
            },
        })).Expect(200);

    private static object Period(string name, string starts, string ends, string? closes, long id = 0) =>
        new { period_id = id, name, starts_at = starts, ends_at = ends, weight_percent = 50, closes_at = closes };
}
