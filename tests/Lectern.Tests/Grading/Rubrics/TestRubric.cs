using System.Text.Json;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Rubrics;

/// <summary>A rubric of two criteria, clarity (5, 3, 0) and sources (up to 5, with ranges), on an assignment.</summary>
internal sealed class TestRubric(TestCourse course, long id)
{
    public long Id => id;

    public string Path => $"/rubrics/{id}";

    public static object Clarity => new
    {
        criterion_id = "clarity", description = "Clarity",
        ratings = new object[]
        {
            new { rating_id = "full", description = "Clear", points = 5 }, new { rating_id = "part", description = "In part", points = 3 },
            new { rating_id = "none", description = "Not", points = 0 },
        },
    };

    public static object Sources => new
    {
        criterion_id = "sources", description = "Sources", ranges = true,
        ratings = new object[]
        {
            new { rating_id = "many", description = "Many", points = 5 }, new { rating_id = "few", description = "Few", points = 2 },
        },
    };

    public static object Tone => new
    {
        criterion_id = "tone", description = "Tone", scoring = false,
        ratings = new object[] { new { rating_id = "fit", description = "Fits", points = 1 } },
    };

    public async Task<int> Replace(int version, params object[] criteria) =>
        (await course.Instructor.Put(Path, new { title = "Essay rubric", criteria, version })).Expect(200).At("version").GetInt32();

    /// <summary>Saves one criterion as it says it was seen.</summary>
    public Task<Answer> Assess(
        TestAssignment assignment, TestPerson learner, string criterion, object body, TestPerson? grader = null) =>
        (grader ?? course.Instructor).Put(
            $"{assignment.Path}/rubric-assessments/{learner.Id.Value}/criteria/{criterion}", body);

    public async Task<JsonElement> Assessment(TestAssignment assignment, TestPerson learner) =>
        (await course.Instructor.Get($"{assignment.Path}/rubric-assessments/{learner.Id.Value}")).Expect(200).Json;
}

internal static class RubricCourse
{
    public static async Task<TestRubric> NewRubric(this TestCourse course, params object[] criteria)
    {
        var made = await course.Instructor.Post($"{course.Path}/rubrics", new
        {
            title = "Essay rubric", criteria = criteria.Length > 0 ? criteria : [TestRubric.Clarity, TestRubric.Sources],
        });
        return new TestRubric(course, made.Expect(201).Id("rubric_id"));
    }

    public static async Task Use(this TestCourse course, TestAssignment assignment, TestRubric rubric, bool totalIsScore = true) =>
        (await course.Instructor.Put(
            $"{assignment.Path}/rubric", new { rubric_id = rubric.Id, total_is_score = totalIsScore, version = 0 })).Expect(200);
}
