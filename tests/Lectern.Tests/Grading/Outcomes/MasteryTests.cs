using System.Text.Json;
using Lectern.Contracts.Identity;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>Where learners stand on outcomes: the grid, the derivation and the learner's page, beside the ledger.</summary>
public sealed class MasteryTests(LecternApp app)
{
    [Fact]
    public async Task A_criterion_shows_an_outcome_in_the_transaction_of_the_grade_and_through_all_versions_of_its_rubric()
    {
        var course = await app.NewCourse(learners: 2);
        var outcome = await course.NewOutcome();
        var (essay, later) = (await course.NewAssignment(), await course.NewAssignment("Later"));
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        await course.Use(later, rubric);
        (await course.Align(outcome, TestOutcomes.To(rubric, "clarity"))).Expect(200);
        await course.SettledGradebook();

        (await rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 0, rubric_version = 1 })).Expect(200);
        Assert.Equal((2.4m, 2), Read(await course.Cell(course.Learner)));
        Assert.Null((await course.Cell(course.Learner)).Number("learner_score"));
        // A criterion that is worth twice as much from now on: what was assessed before keeps what it was worth.
        await rubric.Replace(1, new
        {
            criterion_id = "clarity", description = "Clearness",
            ratings = new object[] { new { description = "Clear", points = 10 }, new { description = "Part", points = 8 } },
        }, TestRubric.Sources);
        Assert.Equal((2.4m, 2), Read(await course.Cell(course.Learner)));
        (await rubric.Assess(later, course.Learner, "clarity", new { points = 8, version = 0, rubric_version = 2 })).Expect(200);

        Assert.Equal((3.2m, 3), Read(await course.Cell(course.Learner)));
        var summary = (await course.Instructor.Get($"{course.Path}/mastery-summary")).Expect(200);
        Assert.Equal([0, 0, 1, 0], summary.At("outcomes.0.levels").EnumerateArray().Select(one => one.GetInt32()));
        Assert.Equal(1, summary.At("outcomes.0.without_score").GetInt32());
        var explained = (await course.Instructor.Get($"{course.Path}/mastery/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal([2.4m, 3.2m], explained.At("outcomes.0.results").EnumerateArray()
            .Select(one => one.GetProperty("score").GetDecimal()));
        Assert.Equal([0m, 100m], explained.At("outcomes.0.results").EnumerateArray()
            .Select(one => one.GetProperty("share_percent").GetDecimal()));
        Assert.Equal("Clearness", explained.At("outcomes.0.results.0.criterion").GetString());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Learners_are_shown_what_is_posted_and_who_is_excused_or_was_given_zero_by_a_rule_showed_nothing()
    {
        var course = await app.NewCourse();
        var outcome = await course.NewOutcome("W1", new { method = "average" });
        var shown = await course.NewAssignment();
        var hidden = await course.NewAssignment("Hidden", more: new { posts_manually = true });
        var excused = await course.NewAssignment("Excused");
        (await course.Align(outcome, TestOutcomes.To(shown), TestOutcomes.To(hidden), TestOutcomes.To(excused))).Expect(200);
        await shown.Score(course.Learner, 5);
        await hidden.Score(course.Learner, 10);
        (await excused.Record(course.Learner, new { score = 10, status = "excused", version = 0 })).Expect(200);

        var cell = await course.Cell(course.Learner);
        Assert.Equal((3m, 2m), (cell.Number("score"), cell.Number("learner_score")));
        var mine = (await course.Learner.Get("/mastery/mine")).Expect(200);
        Assert.Equal("Essay", mine.At("outcomes.0.results").EnumerateArray().Single().GetProperty("assignment").GetString());
        Assert.Equal(2m, mine.At("outcomes.0.score").GetDecimal());
        // The mean of 2 and 3.99 is 2.995, which is 3.
        Assert.Equal(3.99m, mine.At("outcomes.0.next.needed").GetDecimal());
        await hidden.Post(course.Instructor);
        Assert.Equal(3m, (await course.Learner.Get("/mastery/mine")).At("outcomes.0.score").GetDecimal());
        Assert.Equal(3m, (await course.Cell(course.Learner)).Number("learner_score"));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task Work_that_is_graded_without_names_shows_nothing_beside_a_name()
    {
        var course = await app.NewCourse();
        var outcome = await course.NewOutcome();
        var essay = await course.NewAssignment();
        (await course.Learner.Post($"{essay.Path}/submissions", new { body_text = "My essay" })).Expect(201);
        (await course.Align(outcome, TestOutcomes.To(essay))).Expect(200);
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        await course.SettledGradebook();
        var work = (await course.Instructor.Get($"{essay.Path}/submissions")).Expect(200);
        var pseudonym = work.At("items.0.user_id").GetInt64();
        (await course.Instructor.Put($"{essay.Path}/grades/{pseudonym}", new { score = 10, version = 0 })).Expect(200);

        Assert.Null((await course.Cell(course.Learner)).Number("score"));
        var explained = (await course.Instructor.Get($"{course.Path}/mastery/{course.Learner.Id.Value}")).Expect(200);
        Assert.Equal(0, explained.At("outcomes.0.results").GetArrayLength());
        (await essay.Post(course.Instructor, new { lift_anonymity = true })).Expect(201);
        Assert.Equal(4m, (await course.Cell(course.Learner)).Number("score"));
    }

    [Fact]
    public async Task A_changed_calculation_needs_a_reason_and_is_a_recalculation_with_a_cause()
    {
        var course = await app.NewCourse();
        var outcome = await course.NewOutcome();
        var (one, two) = (await course.NewAssignment("One"), await course.NewAssignment("Two"));
        (await course.Align(outcome, TestOutcomes.To(one), TestOutcomes.To(two))).Expect(200);
        await one.Score(course.Learner, 10);
        await two.Score(course.Learner, 5);
        Assert.Equal(4m, (await course.Cell(course.Learner)).Number("score"));

        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields("W1", new { method = "latest", version = 1 })))
            .Refused(422, "reason_required");
        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields(
            "W1", new { method = "latest", version = 1, reason = "The faculty decided" }))).Expect(200);

        await TestTenant.Eventually(
            async () => (await course.Cell(course.Learner)).Number("score") == 2m, "the scores follow the new calculation");
        var causes = await course.Tenant.Rows<string>(db =>
            $"SELECT cause FROM recalculations WHERE tenant_id = {db.Tenant} AND subject_id = {outcome} ORDER BY structure_version");
        Assert.Equal("outcomes_changed", causes[^1]);
        var versions = (await course.Instructor.Get($"/outcomes/{outcome}")).Expect(200).At("versions");
        Assert.Equal("The faculty decided", versions[0].GetProperty("reason").GetString());
        // Words alone move no score and need no cause.
        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields(
            "W1", new { method = "latest", version = 2, title = "Other words" }))).Expect(200);
        await TestTenant.Eventually(
            async () => (await course.Taken(outcome)).GetProperty("outcome").GetProperty("version").GetInt32() == 3, "the words follow");
        Assert.Equal(causes.Count, (await course.Tenant.Rows<string>(db =>
            $"SELECT cause FROM recalculations WHERE tenant_id = {db.Tenant} AND subject_id = {outcome}")).Count);
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task An_undone_assessment_takes_its_result_along_and_a_script_may_write_what_it_likes()
    {
        var course = await app.NewCourse();
        var outcome = await course.NewOutcome();
        var (essay, other) = (await course.NewAssignment(), await course.NewAssignment("Other"));
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        (await course.Align(outcome, TestOutcomes.To(rubric, "clarity"))).Expect(200);
        (await other.Record(course.Learner, new
        {
            rubric_data = new { rubric_id = rubric.Id, rubric_version = 1, criteria = "all of them" }, version = 0,
        })).Expect(200);
        (await rubric.Assess(essay, course.Learner, "clarity", new { points = 5, version = 0, rubric_version = 1 })).Expect(200);
        Assert.Equal(4m, (await course.Cell(course.Learner)).Number("score"));

        (await essay.Record(course.Learner, new { restore = 0, version = 1 })).Expect(200);

        Assert.Null((await course.Cell(course.Learner)).Number("score"));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_learner_and_their_observer_read_one_page_across_all_courses()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var outcome = (await admin.Post(
            $"/accounts/{await tenant.RootAccount()}/outcomes", TestOutcomes.Fields("W1", new { method = "average" })))
            .Expect(201).Id("outcome_id");
        var first = await tenant.NewCourse();
        var second = await tenant.NewCourse();
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<Lectern.Contracts.Courses.ICourses>().Enroll(
                second.Id, second.Section, [first.Learner.Id], Lectern.Platform.Access.Role.Learner, false, CancellationToken.None);
            return true;
        });
        foreach (var (course, score) in new[] { (first, 10m), (second, 5m) })
        {
            (await course.Instructor.Post($"{course.Path}/course-outcomes", new { outcome_ids = new[] { outcome } })).Expect(200);
            var work = await course.NewAssignment();
            (await course.Align(outcome, TestOutcomes.To(work))).Expect(200);
            await work.Score(first.Learner, score);
        }

        var observer = await tenant.NewPerson("Olga Observer");
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<IPeople>().LinkObservers([(observer.Id, first.Learner.Id)], CancellationToken.None);
            return true;
        });

        foreach (var page in new[]
        {
            await first.Learner.Get("/mastery/mine"), await observer.Get($"/learners/{first.Learner.Id.Value}/mastery"),
        })
        {
            var one = page.Expect(200).At("outcomes").EnumerateArray().Single();
            Assert.Equal((3m, true), (one.Number("score"), one.GetProperty("mastered").GetBoolean()));
            Assert.Equal(2, one.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("course_id").GetInt64())
                .Distinct().Count());
        }

        (await observer.Get($"/learners/{second.Learner.Id.Value}/mastery")).Expect(404);
    }

    [Fact]
    public async Task Learners_come_by_name_a_page_at_a_time_and_a_section_alone()
    {
        var course = await app.NewCourse(learners: 5);
        await course.NewOutcome();
        var names = new List<string>();
        var next = $"{course.Path}/mastery?limit=2";
        while (true)
        {
            var page = (await course.Instructor.Get(next)).Expect(200);
            names.AddRange(page.At("items").EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
            if (page.At("next").ValueKind is JsonValueKind.Null) break;
            next = $"{course.Path}/mastery?limit=2&after={page.At("next").GetString()}";
        }

        Assert.Equal(["Learner 1", "Learner 2", "Learner 3", "Learner 4", "Learner 5"], names);
        var one = (await course.Instructor.Get($"{course.Path}/mastery?name=NER%203&section={course.Section.Value}")).Expect(200);
        Assert.Equal("Learner 3", one.At("items").EnumerateArray().Single().GetProperty("name").GetString());
        var nobody = (await course.Instructor.Get($"{course.Path}/mastery?section={course.Section.Value + 1_000_000}")).Expect(200);
        Assert.Equal(0, nobody.At("items").GetArrayLength());
    }

    private static (decimal? Score, int? Level) Read(JsonElement cell) => (cell.Number("score"), (int?)cell.Number("level"));
}
