using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Overrides;

public sealed class SetFinalGradeTests(LecternApp app)
{
    private static readonly object[] Bands =
        [new { letter = "A", lower_percent = 90 }, new { letter = "B", lower_percent = 80 }, new { letter = "F", lower_percent = 0 }];

    [Fact]
    public async Task A_final_grade_stands_in_place_of_the_computed_one_and_both_are_explained()
    {
        var course = await Course();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);

        var set = (await Put(course, new { percent = 85, reason = "A medal in the science fair", version = 0 })).Expect(200);

        Assert.Equal(1, set.At("version").GetInt32());
        Assert.Equal(85, set.At("row_totals.final").GetDecimal());
        Assert.Equal(70, set.At("row_totals.final_before_override").GetDecimal());
        Assert.Equal("B", set.At("row_totals.final_letter").GetString());
        var book = await course.Gradebook();
        Assert.Equal(set.At("course_version").GetInt64(), book.Answer.At("version").GetInt64());
        Assert.Equal(85, book.Total(course.Learner, "final"));
        Assert.Equal(70, book.Total(course.Learner, "current"));
        Assert.Equal(70, book.Total(course.Learner, "final_before_override"));
        Assert.Equal(85, book.Row(course.Learner).GetProperty("o").GetProperty("percent").GetDecimal());
        Assert.True(book.Answer.At("final_override").GetBoolean());
        foreach (var reader in new[] { course.Learner, course.Instructor })
        {
            var grades = (await reader.Get($"{course.Path}/grades/{course.Learner.Id.Value}")).Expect(200);
            Assert.Equal(85, grades.At("totals.final.percent").GetDecimal());
            Assert.Equal(70, grades.At("totals.final_before_override.percent").GetDecimal());
            Assert.Contains("overridden", grades.At("derivation.final").GetRawText(), StringComparison.Ordinal);
        }

        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task It_stays_while_scores_change_and_the_computed_grade_comes_back_with_it()
    {
        var course = await Course();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);
        (await Put(course, new { percent = 85, reason = "Agreed", version = 0 })).Expect(200);

        var rescored = await essay.Score(course.Learner, 9, version: 1);
        Assert.Equal(85, rescored.At("row_totals.final").GetDecimal());
        var back = (await Put(course, new { version = 1 })).Expect(200);

        Assert.Equal(90, back.At("row_totals.final").GetDecimal());
        Assert.Equal(JsonValueKind.Null, back.At("row_totals.final_before_override").ValueKind);
        var then = Uri.EscapeDataString(rescored.At("graded_at").GetString()!);
        var earlier = await course.Instructor.Get($"{course.Path}/gradebook?as_of={then}");
        Assert.Equal(85, new TestGradebook(earlier).Total(course.Learner, "final"));
        Assert.Equal(2, (await course.Gradebook()).Row(course.Learner).GetProperty("o").GetProperty("version").GetInt32());
        var history = (await course.Instructor.Get(Path(course))).Expect(200);
        Assert.Equal(2, history.At("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, history.At("items.0.percent").ValueKind);
        Assert.Equal("Agreed", history.At("items.1.reason").GetString());
        Assert.Equal("Ines Instructor", history.At("items.1.actor_name").GetString());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_letter_alone_stands_for_its_percent_and_a_status_leaves_the_grade()
    {
        var course = await Course();
        var essay = await course.NewAssignment();
        await essay.Score(course.Learner, 7);

        var letter = (await Put(course, new { letter = "b", reason = "Agreed", version = 0 })).Expect(200);
        Assert.Equal(89, letter.At("percent").GetDecimal());
        var status = (await Put(course, new { status_code = "incomplete", reason = "Ill until March", version = 1 })).Expect(200);

        Assert.Equal(70, status.At("row_totals.final").GetDecimal());
        Assert.Equal("incomplete", (await course.Learner.Get($"{course.Path}/grades/mine")).At("totals.status_code").GetString());
        Assert.Equal("incomplete", (await course.Gradebook()).Row(course.Learner).GetProperty("o").GetProperty("status_code").GetString());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_period_has_a_final_grade_of_its_own()
    {
        var now = TimeProvider.System.GetUtcNow();
        var course = await Course(periods: [new
        {
            period_id = 1, name = "Autumn", starts_at = now.AddMonths(-2), ends_at = now.AddMonths(1), weight_percent = 100,
        }]);
        var essay = await course.NewAssignment(more: new { due_at = now.AddDays(1) });
        await essay.Score(course.Learner, 7);

        (await Put(course, new { percent = 90, period_id = 1, reason = "Agreed", version = 0 })).Expect(200);
        (await Put(course, new { percent = 80, reason = "Agreed", version = 0 })).Expect(200);
        (await Put(course, new { percent = 80, period_id = 2, reason = "Agreed", version = 0 })).Refused(422, "unknown_period");

        var mine = await course.Learner.Get($"{course.Path}/grades/mine");
        Assert.Equal(90, mine.At("period_derivations.0.final.value").GetDecimal());
        Assert.Equal(80, mine.At("totals.final.percent").GetDecimal());
        Assert.Equal(2, (await course.Instructor.Get(Path(course))).At("items").GetArrayLength());
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task A_second_one_is_shown_both_values_and_overwrites_nothing()
    {
        var course = await Course();
        await course.NewAssignment();
        (await Put(course, new { percent = 85, reason = "Agreed", version = 0 })).Expect(200);

        var second = await Put(course, new { percent = 60, reason = "Too much", version = 0 });

        second.Refused(409, "conflict");
        Assert.Equal(85, second.At("current.percent").GetDecimal());
        Assert.Equal("Ines Instructor", second.At("current.actor_name").GetString());
        Assert.Equal(60, second.At("yours.percent").GetDecimal());
        Assert.Equal(85, (await course.Gradebook()).Total(course.Learner, "final"));
    }

    [Fact]
    public async Task Two_at_once_and_one_of_them_does()
    {
        var course = await Course();
        await course.NewAssignment();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Put(course, new { percent = 80 + i, reason = "Agreed", version = 0 })));

        Assert.Equal(1, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(5, answers.Count(answer => (int)answer.Status == 409));
        Assert.Empty((await course.Prove()).Findings);
    }

    [Fact]
    public async Task The_same_request_again_answers_as_before_and_changes_nothing()
    {
        var course = await Course();
        await course.NewAssignment();
        var body = new { percent = 85, reason = "Agreed", version = 0 };
        var first = (await Put(course, body)).Expect(200);
        var again = (await Put(course, body)).Expect(200);

        Assert.Equal(first.At("version").GetInt32(), again.At("version").GetInt32());
        Assert.Single(await course.Tenant.AuditOf("final_grade.changed"));
        Assert.Equal(1, (await course.Instructor.Get(Path(course))).At("items").GetArrayLength());
    }

    [Theory]
    [InlineData("{\"percent\":85,\"reason\":\"x\"}", "version_required")]
    [InlineData("{\"percent\":85,\"version\":0}", "reason_required")]
    [InlineData("{\"percent\":-1,\"reason\":\"x\",\"version\":0}", "percent_out_of_range")]
    [InlineData("{\"percent\":1000.1,\"reason\":\"x\",\"version\":0}", "percent_out_of_range")]
    [InlineData("{\"percent\":1.00001,\"reason\":\"x\",\"version\":0}", "score_too_fine")]
    [InlineData("{\"letter\":\"Q\",\"reason\":\"x\",\"version\":0}", "unknown_letter")]
    [InlineData("{\"status_code\":\"Not Yet\",\"reason\":\"x\",\"version\":0}", "bad_status_code")]
    public async Task Bad_final_grades_are_refused_and_leave_no_trace(string body, string code)
    {
        var course = await Course();
        await course.NewAssignment();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await course.Instructor.Send(HttpMethod.Put, Path(course), content)).Refused(422, code);
        Assert.Empty(await course.Tenant.Rows<int>(db => $"SELECT version FROM grade_overrides WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task A_course_that_does_not_allow_it_only_lets_it_be_taken_back()
    {
        var course = await Course();
        await course.NewAssignment();
        (await Put(course, new { percent = 85, reason = "Agreed", version = 0 })).Expect(200);
        await Rules(course, allowed: false, [], version: 2);

        (await Put(course, new { percent = 90, reason = "Agreed", version = 1 })).Refused(422, "override_not_allowed");
        Assert.False((await course.Gradebook()).Answer.At("final_override").GetBoolean());
        (await Put(course, new { version = 1 })).Expect(200);
    }

    [Fact]
    public async Task Only_those_who_answer_for_the_course_may_set_it()
    {
        var course = await Course();
        await course.NewAssignment();
        var foreign = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();
        var body = new { percent = 85, reason = "Agreed", version = 0 };
        var assistant = await course.NewMember(Role.TeachingAssistant);

        foreach (var (person, status) in new[]
        {
            (course.Learner, 403), (assistant, 403), (elsewhere.Instructor, 404), (course.Tenant.Nobody(), 401),
        })
            (await person.Put(Path(course), body)).Expect(status);
        // Another institution may have a course of its own under these numbers, whose rules do not allow this.
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await foreign.Instructor.Put(Path(course), body)).Status);
        (await course.Learner.Get(Path(course))).Expect(403);
        (await assistant.Get(Path(course))).Expect(200);
        (await course.Instructor.Put($"{course.Path}/learners/{elsewhere.Learner.Id.Value}/final-grade", body)).Expect(404);
        (await (await course.Tenant.NewAdministrator()).Put(Path(course), body)).Expect(200);
    }

    [Fact]
    public async Task The_learner_is_told_without_the_grade()
    {
        var course = await Course();
        await course.NewAssignment();
        (await Put(course, new { percent = 85, reason = "Agreed", version = 0 })).Expect(200);

        await TestTenant.Eventually(
            async () => (await course.Learner.Get("/notifications")).Text.Contains("final_grade_changed", StringComparison.Ordinal),
            "the learner is told");
        var facts = (await course.Learner.Get("/notifications")).At("items.0.facts").GetRawText();
        Assert.DoesNotContain("85", facts, StringComparison.Ordinal);
    }

    private async Task<TestCourse> Course(object[]? periods = null)
    {
        var course = await app.NewCourse();
        await Rules(course, allowed: true, periods ?? [], version: 1);
        return course;
    }

    private static async Task Rules(TestCourse course, bool allowed, object[] periods, int version)
    {
        var scheme = new { scheme_id = 1, version = 1, bands = Bands, basis = "unrounded" };
        (await course.Instructor.Put($"{course.Path}/grading-policy", new
        {
            policy = new { weighting = "points", periods, letter_scheme = scheme, final_override = allowed }, version,
        })).Expect(200);
    }

    private static string Path(TestCourse course) => $"{course.Path}/learners/{course.Learner.Id.Value}/final-grade";

    private static Task<Answer> Put(TestCourse course, object body) => course.Instructor.Put(Path(course), body);
}
