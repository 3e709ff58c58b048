using System.Text.Json;
using Lectern.Contracts.Identity;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Outcomes;

/// <summary>Outcomes in a test's words: a scale of 0 to 4 with mastery at 3, scored by the highest unless said otherwise.</summary>
internal static class TestOutcomes
{
    public static object[] Levels =>
    [
        new { name = "Mastery", points = 3 }, new { name = "Not yet", points = 0 }, new { name = "Near", points = 2 },
        new { name = "Exceeds", points = 4 },
    ];

    public static Dictionary<string, object?> Fields(string code = "W1", object? more = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["code"] = code, ["title"] = $"Outcome {code}", ["description"] = "Plain.", ["learner_description"] = "You can.",
            ["levels"] = Levels, ["mastery_points"] = 3, ["method"] = "highest",
        };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        return body;
    }

    public static async Task<long> RootAccount(this TestTenant tenant) =>
        (await tenant.Do(services => services.GetRequiredService<IPeople>().RootAccount(CancellationToken.None))).Value;

    /// <summary>An outcome of the course's own.</summary>
    public static async Task<long> NewOutcome(this TestCourse course, string code = "W1", object? more = null) =>
        (await course.Instructor.Post($"{course.Path}/outcomes", Fields(code, more))).Expect(201).Id("outcome_id");

    public static async Task<JsonElement> Taken(this TestCourse course, long outcome) =>
        (await course.Instructor.Get($"{course.Path}/outcomes")).Expect(200).At("taken").EnumerateArray()
        .Single(one => one.GetProperty("outcome").GetProperty("outcome_id").GetInt64() == outcome);

    public static async Task<Answer> Align(this TestCourse course, long outcome, params object[] alignments)
    {
        var taken = await course.Taken(outcome);
        return await course.Instructor.Put(
            $"/course-outcomes/{taken.GetProperty("course_outcome_id").GetInt64()}/alignments",
            new { alignments, version = taken.GetProperty("link_version").GetInt32() });
    }

    public static object To(TestAssignment assignment) => new { assignment_id = assignment.Id.Value };

    public static object To(TestRubric rubric, string criterion) => new { rubric_id = rubric.Id, criterion_id = criterion };

    /// <summary>A cell of the grid once everything that follows from changed rules has been worked out.</summary>
    public static async Task<JsonElement> Cell(this TestCourse course, TestPerson learner, int place = 0)
    {
        await course.SettledGradebook();
        var rows = (await course.Instructor.Get($"{course.Path}/mastery")).Expect(200).At("items");
        return rows.EnumerateArray().Single(row => row.GetProperty("user_id").GetInt64() == learner.Id.Value)
            .GetProperty("cells")[place];
    }

    public static decimal? Number(this JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
