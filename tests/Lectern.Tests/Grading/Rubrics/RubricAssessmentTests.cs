using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Rubrics;

public sealed class RubricAssessmentTests(LecternApp app)
{
    [Fact]
    public async Task Criteria_are_saved_one_by_one_and_the_total_becomes_the_score_when_none_is_open()
    {
        var (course, essay, rubric) = await Start();

        var first = (await rubric.Assess(essay, course.Learner, "clarity", new { rating_id = "part", version = 0, rubric_version = 1 }))
            .Expect(200);
        Assert.Equal(3m, first.At("assessment.total").GetDecimal());
        Assert.False(first.At("assessment.complete").GetBoolean());
        Assert.Equal(JsonValueKind.Null, first.At("grade.score").ValueKind);
        Assert.Null((await course.Gradebook()).Score(course.Learner, essay));

        var second = (await rubric.Assess(
            essay, course.Learner, "sources", new { points = 3.5, comment = "Two are missing", version = 0, rubric_version = 1 }))
            .Expect(200);
        Assert.Equal(6.5m, second.At("grade.score").GetDecimal());
        Assert.Equal("many", second.At("assessment.criteria.1.rating_id").GetString());
        Assert.Equal(6.5m, (await course.Gradebook()).Score(course.Learner, essay));

        var history = (await course.Instructor.Get($"{essay.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200);
        Assert.Equal(["rubric", "rubric"], history.At("items").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!));
        Assert.Equal(6.5m, history.At("items.0.rubric_data.total").GetDecimal());
        Assert.Equal(6.5m, history.At("items.0.rubric_data.criteria").EnumerateArray().Sum(one => one.GetProperty("points").GetDecimal()));
        Assert.Equal(1, history.At("items.0.rubric_data.rubric_version").GetInt32());
    }

    [Fact]
    public async Task A_total_that_is_not_the_score_leaves_the_score_alone()
    {
        var (course, essay, rubric) = await Start(totalIsScore: false);
        await essay.Score(course.Learner, 9);

        await Assess(course, essay, rubric, 5, 5);

        Assert.Equal(9, (await course.Gradebook()).Score(course.Learner, essay));
        Assert.Equal(10m, (await rubric.Assessment(essay, course.Learner)).GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task Two_graders_on_different_criteria_do_not_meet()
    {
        var (course, essay, rubric) = await Start(learners: 3);
        var assistant = await course.NewMember(Role.TeachingAssistant);

        var answers = await Task.WhenAll(course.Learners.SelectMany(learner => new[]
        {
            rubric.Assess(essay, learner, "clarity", new { points = 5, version = 0, rubric_version = 1 }),
            rubric.Assess(essay, learner, "sources", new { points = 4, version = 0, rubric_version = 1 }, assistant),
        }));

        Assert.All(answers, answer => answer.Expect(200));
        var gradebook = await course.Gradebook();
        Assert.All(course.Learners, learner => Assert.Equal(9, gradebook.Score(learner, essay)));
    }

    [Fact]
    public async Task Two_graders_on_the_same_criterion_see_both_values()
    {
        var (course, essay, rubric) = await Start();
        var assistant = await course.NewMember(Role.TeachingAssistant);

        var answers = await Task.WhenAll(
            rubric.Assess(essay, course.Learner, "clarity", new { points = 5, version = 0, rubric_version = 1 }),
            rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 0, rubric_version = 1 }, assistant));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        var second = answers.Single(answer => (int)answer.Status != 200).Refused(409, "conflict");
        var stands = second.At("current.criteria.0");
        Assert.Equal(1, stands.GetProperty("version").GetInt32());
        Assert.NotEqual(
            stands.GetProperty("points").GetDecimal(), second.At("yours.criteria.0.points").GetDecimal());
        Assert.NotNull(stands.GetProperty("grader_name").GetString());
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing()
    {
        var (course, essay, rubric) = await Start();
        for (var i = 0; i < 2; i++)
            (await rubric.Assess(
                essay, course.Learner, "clarity", new { points = 5, comment = "Good", version = 0, rubric_version = 1 })).Expect(200);
        Assert.Single(await course.Tenant.Rows<int>(db => $"SELECT version FROM grade_entries WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task What_is_taken_back_is_open_again_and_not_0()
    {
        var (course, essay, rubric) = await Start();
        await Assess(course, essay, rubric, 5, 5);

        var opened = (await rubric.Assess(essay, course.Learner, "clarity", new { version = 1, rubric_version = 1 })).Expect(200);

        Assert.Equal(5m, opened.At("assessment.total").GetDecimal());
        Assert.Equal(JsonValueKind.Null, opened.At("assessment.criteria.0.points").ValueKind);
        Assert.False(opened.At("assessment.complete").GetBoolean());
        Assert.Equal(10m, opened.At("grade.score").GetDecimal());
    }

    [Fact]
    public async Task Several_criteria_at_once_are_all_saved_or_none()
    {
        var (course, essay, rubric) = await Start();
        await rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 0, rubric_version = 1 });
        var path = $"{essay.Path}/rubric-assessments/{course.Learner.Id.Value}";
        object Both(int clarity) => new
        {
            rubric_version = 1,
            criteria = new[]
            {
                new { criterion_id = "clarity", points = 5m, version = clarity },
                new { criterion_id = "sources", points = 2m, version = 0 },
            },
        };

        (await course.Instructor.Put(path, Both(0))).Refused(409, "conflict");
        Assert.Equal(3m, (await rubric.Assessment(essay, course.Learner)).GetProperty("total").GetDecimal());
        Assert.Equal(7m, (await course.Instructor.Put(path, Both(1))).Expect(200).At("grade.score").GetDecimal());
    }

    [Theory]
    [InlineData("clarity", """{"points":4,"version":0,"rubric_version":1}""", 422, "points_between_ratings")]
    [InlineData("clarity", """{"points":6,"version":0,"rubric_version":1}""", 422, "points_above_criterion")]
    [InlineData("sources", """{"points":1e9,"version":0,"rubric_version":1}""", 422, "points_above_criterion")]
    [InlineData("sources", """{"points":-1,"version":0,"rubric_version":1}""", 422, "points_negative")]
    [InlineData("sources", """{"points":1.00001,"version":0,"rubric_version":1}""", 422, "points_too_fine")]
    [InlineData("sources", """{"points":"ten","version":0,"rubric_version":1}""", 400, "malformed_request")]
    [InlineData("clarity", """{"rating_id":"splendid","version":0,"rubric_version":1}""", 422, "unknown_rating")]
    [InlineData("style", """{"points":1,"version":0,"rubric_version":1}""", 422, "unknown_criterion")]
    [InlineData("clarity", """{"points":5,"rubric_version":1}""", 422, "version_required")]
    [InlineData("clarity", """{"points":5,"version":0}""", 422, "version_required")]
    public async Task Bad_assessments_are_refused_and_leave_no_trace(string criterion, string body, int status, string code)
    {
        var (course, essay, _) = await Start();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var path = $"{essay.Path}/rubric-assessments/{course.Learner.Id.Value}/criteria/{criterion}";
        (await course.Instructor.Send(HttpMethod.Put, path, content)).Refused(status, code);
        Assert.Empty(await course.Tenant.Rows<int>(db => $"SELECT version FROM grade_entries WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task A_grade_on_an_assignment_with_a_rubric_takes_no_data_past_it()
    {
        var (course, essay, _) = await Start();
        (await essay.Record(course.Learner, new { score = 3, rubric_data = new { clarity = 3 }, version = 0 }))
            .Refused(422, "rubric_attached");
        var plain = await course.NewAssignment("Plain");
        (await course.Instructor.Put(
            $"{plain.Path}/rubric-assessments/{course.Learner.Id.Value}/criteria/clarity",
            new { points = 5, version = 0, rubric_version = 1 })).Refused(422, "no_rubric");
    }

    [Fact]
    public async Task A_learner_sees_the_assessment_with_the_posted_grade_and_not_before()
    {
        var course = await app.NewCourse();
        var rubric = await course.NewRubric();
        var shown = await course.NewAssignment();
        var hidden = await course.NewAssignment("Hidden", more: new { posts_manually = true });
        foreach (var essay in new[] { shown, hidden })
        {
            await course.Use(essay, rubric);
            await Assess(course, essay, rubric, 5, 2);
        }

        var seen = (await course.Learner.Get($"{shown.Path}/submissions/mine")).Expect(200);
        Assert.Equal(7m, seen.At("assessment.total").GetDecimal());
        Assert.Equal("full", seen.At("assessment.criteria.0.rating_id").GetString());
        Assert.Equal(JsonValueKind.Null, seen.At("assessment.criteria.0.grader_id").ValueKind);
        var unseen = (await course.Learner.Get($"{hidden.Path}/submissions/mine")).Expect(200);
        Assert.Equal(JsonValueKind.Null, unseen.At("assessment").ValueKind);
        Assert.Equal(JsonValueKind.Null, unseen.At("grade").ValueKind);
        (await course.Learner.Get($"{shown.Path}/rubric-assessments/{course.Learner.Id.Value}")).Expect(403);
    }

    [Fact]
    public async Task A_score_that_was_typed_and_an_excuse_stay_whatever_the_rubric_comes_to()
    {
        var (course, essay, rubric) = await Start(learners: 2);
        await Assess(course, essay, rubric, 5, 5);
        await essay.Score(course.Learner, 8, version: 2);
        (await essay.Record(course.Learners[1], new { status = "excused", version = 0 })).Expect(200);

        var typed = await rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 1, rubric_version = 1 });
        Assert.Equal(8m, typed.Expect(200).At("grade.score").GetDecimal());
        Assert.Equal(8m, typed.At("assessment.total").GetDecimal());
        foreach (var criterion in new[] { "clarity", "sources" })
            (await rubric.Assess(essay, course.Learners[1], criterion, new { points = 5, version = 0, rubric_version = 1 })).Expect(200);
        var history = await course.Instructor.Get($"{essay.Path}/grades/{course.Learners[1].Id.Value}/history");
        Assert.Equal("excused", history.At("items.0.status").GetString());
    }

    [Fact]
    public async Task The_score_follows_the_total_again_after_a_criterion_was_open()
    {
        var (course, essay, rubric) = await Start();
        await Assess(course, essay, rubric, 5, 5);
        (await rubric.Assess(essay, course.Learner, "clarity", new { version = 1, rubric_version = 1 })).Expect(200);
        var again = await rubric.Assess(essay, course.Learner, "clarity", new { points = 3, version = 3, rubric_version = 1 });
        Assert.Equal(8m, again.Expect(200).At("grade.score").GetDecimal());
    }

    [Fact]
    public async Task Nobody_elses_submission_is_assessed_here()
    {
        var (course, essay, rubric) = await Start(learners: 2);
        var theirs = (await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "Theirs" })).Expect(201);
        var body = new { points = 5, version = 0, rubric_version = 1, submission_id = theirs.Id("submission_id") };
        (await rubric.Assess(essay, course.Learner, "clarity", body)).Refused(422, "unknown_submission");
        (await rubric.Assess(essay, course.Learners[1], "clarity", body)).Expect(200);
    }

    [Fact]
    public async Task Only_graders_of_the_course_assess_and_only_its_learners()
    {
        var (course, essay, rubric) = await Start();
        var elsewhere = await course.Tenant.NewCourse();
        var body = new { points = 5, version = 0, rubric_version = 1 };

        (await rubric.Assess(essay, course.Learner, "clarity", body, course.Learner)).Expect(403);
        (await rubric.Assess(essay, course.Learner, "clarity", body, await course.NewMember(Role.Designer))).Expect(403);
        (await rubric.Assess(essay, course.Learner, "clarity", body, elsewhere.Instructor)).Expect(404);
        (await rubric.Assess(essay, elsewhere.Learner, "clarity", body)).Expect(404);
        (await rubric.Assess(essay, course.Learner, "clarity", body, (await app.NewCourse()).Instructor)).Expect(404);
    }

    internal static async Task Assess(TestCourse course, TestAssignment essay, TestRubric rubric, decimal clarity, decimal sources)
    {
        (await rubric.Assess(essay, course.Learner, "clarity", new { points = clarity, version = 0, rubric_version = 1 })).Expect(200);
        (await rubric.Assess(essay, course.Learner, "sources", new { points = sources, version = 0, rubric_version = 1 })).Expect(200);
    }

    private async Task<(TestCourse Course, TestAssignment Essay, TestRubric Rubric)> Start(int learners = 1, bool totalIsScore = true)
    {
        var course = await app.NewCourse(learners);
        var essay = await course.NewAssignment();
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric, totalIsScore);
        return (course, essay, rubric);
    }
}
