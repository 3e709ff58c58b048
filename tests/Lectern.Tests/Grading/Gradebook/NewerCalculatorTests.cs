using Lectern.Grading.Calculation;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Gradebook;

/// <summary>While an upgrade rolls through a cluster, nodes of two releases serve the same courses.</summary>
public sealed class NewerCalculatorTests(LecternApp app)
{
    [Fact]
    public async Task A_new_course_begins_with_a_calculator_that_nodes_of_the_release_before_know()
    {
        var course = await app.NewCourse();
        await course.NewAssignment();

        Assert.Equal(GradeCalculator.ForNewCourses, (await course.Gradebook()).Answer.At("calculator_version").GetInt32());
        Assert.Contains(GradeCalculator.ForNewCourses, GradeCalculator.Versions);
    }

    [Fact]
    public async Task A_node_that_does_not_know_a_courses_calculator_changes_nothing_and_says_that_another_will_answer()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 8);
        await course.SettledGradebook();
        await course.Tenant.Rows<int>(db => $"""
            UPDATE gradebooks SET calculator_version = 999 WHERE tenant_id = {db.Tenant} AND course_id = {course.Id}
            RETURNING calculator_version
            """);

        var refused = await essay.Record(course.Learner, new { score = 9, version = 1 });

        refused.Refused(503, "newer_release");
        Assert.Equal("5", refused.Headers["Retry-After"]);
        (await course.Learner.Get($"{course.Path}/grades/mine")).Refused(503, "newer_release");
        Assert.Equal(8, (await course.Gradebook()).Score(course.Learner, essay));
    }
}
