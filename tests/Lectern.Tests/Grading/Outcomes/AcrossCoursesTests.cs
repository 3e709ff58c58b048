using Lectern.Platform.Access;
using Lectern.Tests.Grading.GradebookExports;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>One outcome in several courses: counts, who is not there yet, and the file of all.</summary>
public sealed class AcrossCoursesTests(LecternApp app)
{
    [Fact]
    public async Task Whoever_may_read_grades_sees_how_each_course_stands_and_who_is_not_there_yet()
    {
        var (tenant, outcome, first, second) = await TwoCourses();
        var admin = await tenant.NewAdministrator();

        var courses = (await admin.Get($"/outcomes/{outcome}/courses")).Expect(200).At("items");
        Assert.Equal([first.Id.Value, second.Id.Value], courses.EnumerateArray().Select(one => one.GetProperty("course_id").GetInt64()));
        Assert.Equal([0, 1, 0, 1], courses[0].GetProperty("levels").EnumerateArray().Select(one => one.GetInt32()));
        Assert.Equal(1, courses[0].GetProperty("without_score").GetInt32());
        Assert.Equal(1, courses[1].GetProperty("without_score").GetInt32());
        var paged = (await admin.Get($"/outcomes/{outcome}/courses?limit=1")).Expect(200);
        var rest = (await admin.Get($"/outcomes/{outcome}/courses?limit=1&after={paged.At("next").GetString()}")).Expect(200);
        Assert.Equal(second.Id.Value, rest.At("items.0.course_id").GetInt64());
        var waiting = (await first.Instructor.Get(
            $"/course-outcomes/{courses[0].GetProperty("course_outcome_id").GetInt64()}/waiting-learners")).Expect(200);
        Assert.Equal(["Learner 2", "Learner 3"], waiting.At("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()!));
        Assert.Equal(2m, waiting.At("items.0.score").GetDecimal());

        // Somebody who teaches one of them sees that one, and a learner none.
        var own = (await second.Instructor.Get($"/outcomes/{outcome}/courses")).Expect(200).At("items");
        Assert.Equal(second.Id.Value, own.EnumerateArray().Single().GetProperty("course_id").GetInt64());
        (await first.Learner.Get($"/outcomes/{outcome}/courses")).Expect(404);
        (await first.Learner.Post($"/outcomes/{outcome}/exports")).Expect(404);
        (await second.Instructor.Get(
            $"/course-outcomes/{courses[0].GetProperty("course_outcome_id").GetInt64()}/waiting-learners")).Expect(404);
        var foreign = await (await app.NewTenant()).NewAdministrator();
        (await foreign.Get($"/outcomes/{outcome}/courses")).Expect(404);
    }

    [Fact]
    public async Task A_file_has_a_line_for_each_learner_of_the_courses_one_may_read()
    {
        var (tenant, outcome, first, second) = await TwoCourses();
        var admin = await tenant.NewAdministrator();

        var lines = Exporting.Lines(await first.Bytes(await Export(admin, outcome)), ',');

        Assert.Equal(5, lines.Length);
        Assert.Equal("Course", lines[0][0]);
        Assert.Equal(["Learner 1", "Learner 2", "Learner 3", "Learner 1"], lines.Skip(1).Select(line => line[4]));
        Assert.Equal(["4", "Exceeds", "yes", "1"], lines[1][8..]);
        Assert.Equal(["", "", "no", "1"], lines[3][8..]);
        var asked = (await second.Instructor.Post($"/outcomes/{outcome}/exports")).Expect(202).Id("outcome_export_id");
        (await admin.Get($"/outcomes/{outcome}/exports/{asked}")).Expect(404);
        Assert.Equal(2, Exporting.Lines(await first.Bytes(await Export(second.Instructor, outcome)), ',').Length);
    }

    private static async Task<Answer> Export(TestPerson who, long outcome)
    {
        var id = (await who.Post($"/outcomes/{outcome}/exports")).Expect(202).Id("outcome_export_id");
        Answer? shown = null;
        await TestTenant.Eventually(
            async () =>
            {
                shown = (await who.Get($"/outcomes/{outcome}/exports/{id}")).Expect(200);
                return shown.At("state").GetString() is "ready";
            },
            "the file is ready");
        return shown!;
    }

    private async Task<(TestTenant Tenant, long Outcome, TestCourse First, TestCourse Second)> TwoCourses()
    {
        var tenant = await app.NewTenant();
        var outcome = (await (await tenant.NewAdministrator()).Post(
            $"/accounts/{await tenant.RootAccount()}/outcomes", TestOutcomes.Fields())).Expect(201).Id("outcome_id");
        var (first, second) = (await tenant.NewCourse(learners: 3), await tenant.NewCourse());
        foreach (var course in new[] { first, second })
            (await course.Instructor.Post($"{course.Path}/course-outcomes", new { outcome_ids = new[] { outcome } })).Expect(200);
        var essay = await first.NewAssignment();
        (await first.Align(outcome, TestOutcomes.To(essay))).Expect(200);
        await first.SettledGradebook();
        await essay.Score(first.Learners[0], 10);
        await essay.Score(first.Learners[1], 5);
        return (tenant, outcome, first, second);
    }
}
