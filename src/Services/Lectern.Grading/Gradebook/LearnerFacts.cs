using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Grading.Grades;
using Lectern.Grading.Outcomes;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>What is known of one person in a course, as the database gives it: lists as JSON.</summary>
internal sealed record LearnerFacts(UserId UserId, SectionId[] Sections, string? Grades, string? Submissions, string? Assessed)
{
    public LearnerWork Of(GradebookRow row) => new(
        row, Sections, Parse<Grade>(Grades), Parse<HandedIn>(Submissions), AssessedWork.ListOf(Assessed));

    private static List<T> Parse<T>(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<T>>(json, LecternJson.Options)!;
}
