using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>Outcomes of accounts and courses, what shows them, and who may change what.</summary>
public sealed class OutcomeTests(LecternApp app)
{
    [Fact]
    public async Task A_course_takes_in_what_it_inherits_and_its_own_and_says_what_shows_it()
    {
        var course = await app.NewCourse();
        var admin = await course.Tenant.NewAdministrator();
        var account = $"/accounts/{await course.Tenant.RootAccount()}";
        var group = (await admin.Post($"{account}/outcome-groups", new { code = "writing", title = "Writing" })).Expect(201);
        var inherited = (await admin.Post($"{account}/outcomes", TestOutcomes.Fields(
            "W1", new { outcome_group_id = group.Id("outcome_group_id") }))).Expect(201).Id("outcome_id");
        var own = await course.NewOutcome("C1");
        var rubric = await course.NewRubric();

        var before = (await course.Instructor.Get($"{course.Path}/outcomes")).Expect(200);
        Assert.Equal(inherited, before.At("available.0.outcome_id").GetInt64());
        Assert.Equal("writing", before.At("groups.0.code").GetString());
        Assert.Equal(own, before.At("taken.0.outcome.outcome_id").GetInt64());
        for (var again = 0; again < 2; again++)
            (await course.Instructor.Post($"{course.Path}/course-outcomes", new { outcome_ids = new[] { inherited } })).Expect(200);
        (await course.Align(inherited, TestOutcomes.To(rubric, "clarity"))).Expect(200);

        var taken = await course.Taken(inherited);
        Assert.Equal("Clarity", taken.GetProperty("alignments")[0].GetProperty("criterion").GetString());
        (await admin.Delete($"/outcomes/{inherited}?version=1")).Refused(422, "outcome_in_use");
        (await admin.Delete($"/outcome-groups/{group.Id("outcome_group_id")}?version=1")).Refused(422, "group_not_empty");
        (await course.Instructor.Delete($"/course-outcomes/{taken.GetProperty("course_outcome_id").GetInt64()}")).Expect(204);
        (await admin.Delete($"/outcomes/{inherited}?version=1")).Expect(204);
        (await admin.Delete($"/outcome-groups/{group.Id("outcome_group_id")}?version=1")).Expect(204);
        Assert.Empty(await course.Tenant.Rows<string>(db =>
            $"SELECT code FROM outcomes WHERE tenant_id = {db.Tenant} AND code = 'W1' AND status = 'active'"));
    }

    [Fact]
    public async Task Outcomes_taken_in_at_the_same_moment_get_places_of_their_own()
    {
        var course = await app.NewCourse();
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => course.NewOutcome($"W{at}")));
        Assert.Equal(6, made.Distinct().Count());
        var slots = await course.Tenant.Rows<int>(db => $"SELECT slot FROM course_outcomes WHERE tenant_id = {db.Tenant} ORDER BY slot");
        Assert.Equal(Enumerable.Range(0, 6), slots);
    }

    [Theory]
    [InlineData("code", "two words", "bad_code")]
    [InlineData("title", " ", "title_required")]
    [InlineData("mastery_points", 4.01, "mastery_out_of_scale")]
    [InlineData("mastery_points", 0, "mastery_out_of_scale")]
    [InlineData("levels", null, "levels_required")]
    [InlineData("method", "n_mastery", "count_out_of_range")]
    [InlineData("method", "decaying_average", "weight_out_of_range")]
    [InlineData("outcome_group_id", 999_999_999, "unknown_outcome_group")]
    public async Task What_cannot_be_is_said_in_words(string field, object? value, string code)
    {
        var course = await app.NewCourse();
        var body = TestOutcomes.Fields();
        body[field] = value;
        (await course.Instructor.Post($"{course.Path}/outcomes", body)).Refused(422, code);
        Assert.Empty(await course.Tenant.Rows<long>(db => $"SELECT outcome_id FROM outcomes WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task Two_who_change_the_same_see_each_other_and_a_code_is_there_once()
    {
        var course = await app.NewCourse();
        var outcome = await course.NewOutcome();
        (await course.Instructor.Post($"{course.Path}/outcomes", TestOutcomes.Fields())).Refused(422, "code_taken");
        await course.NewOutcome("W2");
        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields("W2", new { version = 1 }))).Refused(422, "code_taken");
        (await course.Instructor.Put($"/outcomes/{outcome}", TestOutcomes.Fields("W1"))).Refused(422, "version_required");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(at => course.Instructor.Put(
            $"/outcomes/{outcome}", TestOutcomes.Fields("W1", new { title = $"Title {at}", version = 1 }))));

        Assert.Equal([200, 409], answers.Select(answer => (int)answer.Status).Order());
        Assert.Equal(2, (await course.Instructor.Get($"/outcomes/{outcome}")).Expect(200).At("versions").GetArrayLength());
        var group = (await course.Instructor.Post($"{course.Path}/outcome-groups", new { code = "g", title = "G" })).Expect(201);
        (await course.Instructor.Put($"/outcome-groups/{group.Id("outcome_group_id")}", new
        {
            code = "g", title = "G", parent_id = group.Id("outcome_group_id"), version = 1,
        })).Refused(422, "group_circle");
        var (essay, rubric) = (await course.NewAssignment(), await course.NewRubric());
        (await course.Align(outcome, TestOutcomes.To(rubric, "nothing"))).Refused(422, "unknown_alignment");
        (await course.Align(outcome, TestOutcomes.To(essay), TestOutcomes.To(essay))).Refused(422, "unknown_alignment");
    }

    [Fact]
    public async Task Everybody_may_do_what_is_theirs_and_no_more()
    {
        var course = await app.NewCourse(learners: 2);
        var admin = await course.Tenant.NewAdministrator();
        var designer = await course.NewMember(Role.Designer);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        var account = $"/accounts/{await course.Tenant.RootAccount()}";
        var theirs = (await admin.Post($"{account}/outcomes", TestOutcomes.Fields())).Expect(201).Id("outcome_id");

        (await designer.Post($"{course.Path}/outcomes", TestOutcomes.Fields("D1"))).Expect(201);
        (await assistant.Post($"{course.Path}/outcomes", TestOutcomes.Fields("D2"))).Expect(403);
        (await assistant.Get($"{course.Path}/outcomes")).Expect(200);
        foreach (var who in new[] { course.Instructor, course.Learner })
        {
            var changed = await who.Put($"/outcomes/{theirs}", TestOutcomes.Fields("W1", new { version = 1 }));
            Assert.Contains((int)changed.Status, new[] { 403, 404 });
            Assert.Contains((int)(await who.Post($"{account}/outcomes", TestOutcomes.Fields("X"))).Status, new[] { 403, 404 });
        }

        (await course.Learner.Get($"{course.Path}/mastery")).Expect(403);
        (await course.Learner.Get($"{course.Path}/mastery-summary")).Expect(403);
        (await course.Learner.Get($"{course.Path}/mastery/{course.Learners[1].Id.Value}")).Expect(403);
        (await course.Learner.Get($"/learners/{course.Learners[1].Id.Value}/mastery")).Expect(404);
        (await course.Learner.Get($"{course.Path}/outcomes")).Expect(403);
        (await course.Learner.Get("/mastery/mine")).Expect(200);

        var foreign = await (await app.NewTenant()).NewAdministrator();
        var there = foreign.At(course.Tenant);
        Assert.Contains((int)(await there.Get($"/outcomes/{theirs}")).Status, new[] { 401, 403, 404 });
        (await foreign.Get($"/outcomes/{theirs}")).Expect(404);
        (await foreign.Get($"{course.Path}/mastery")).Expect(404);
    }
}
