using System.Text.Json;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;

namespace Lectern.Grading.Sheets;

/// <summary>What the gradebook holds of a course, for programs: scores as entered and as they count, with status and version.</summary>
internal sealed class JsonFile : GradebookFile
{
    private const int FlushAtBytes = 64 << 10;

    public override string Extension => ".json";

    public override string ContentType => "application/json";

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = LecternJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("course_id", course.CourseId.Value);
        json.WriteString("course_code", course.Code);
        json.WriteNumber("version", course.Structure.Head.Version);
        json.WriteString("exported_at", course.At);
        Put(json, "sections", course.Sections);
        Put(json, "groups", course.Structure.Groups.Select(group => new { group.AssignmentGroupId, group.Name, group.WeightPercent }));
        Put(json, "assignments", course.Assignments.Select(assignment => new
        {
            assignment.AssignmentId, assignment.Title, assignment.PointsPossible, assignment.GradingType, assignment.AssignmentGroupId,
            assignment.DueAt,
        }));
        Put(json, "letter_scheme", course.Structure.Head.Policy.LetterScheme);
        Put(json, "periods", course.Structure.Head.Policy.Periods);
        json.WriteStartArray("learners");
        await foreach (var learner in learners.WithCancellation(ct))
        {
            WriteLearner(json, course, learner);
            if (json.BytesPending > FlushAtBytes) await json.FlushAsync(ct);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return 0;
    }

    private static void WriteLearner(Utf8JsonWriter json, ExportedCourse course, ExportedLearner learner)
    {
        json.WriteStartObject();
        json.WriteNumber("learner_id", learner.Person.UserId.Value);
        json.WriteString("sis_id", learner.Person.SisId);
        json.WriteString("name", learner.Person.Name);
        json.WriteString("email", learner.Person.Email);
        Put(json, "section_ids", learner.Sections.Select(section => section.SectionId));
        Put(json, "current", course.Total(learner, TotalKind.Current));
        Put(json, "final", course.Total(learner, TotalKind.Final));
        Put(json, "periods", learner.Periods.Select(of => new { period_id = of.Key, final = of.Value }));
        json.WriteStartArray("grades");
        foreach (var assignment in course.Assignments)
        {
            var grade = learner.GradeOn(assignment);
            var score = Scaled.ToDecimal(learner.Row.Cell(assignment.Slot));
            var words = course.Words(learner, assignment);
            if (grade.IsRecorded || score is not null || words.Count > 0) WriteGrade(json, course.Scale(assignment), grade, score, words);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGrade(
        Utf8JsonWriter json, GradeScale scale, Grade grade, decimal? score, IReadOnlyList<string> words)
    {
        json.WriteStartObject();
        json.WriteNumber("assignment_id", grade.AssignmentId.Value);
        Put(json, "entered_score", grade.EnteredScore);
        Put(json, "score", score);
        Put(json, "word", score is { } known ? scale.Word(known) : null);
        Put(json, "status", grade.Status);
        Put(json, "labels", words);
        json.WriteBoolean("posted", grade.PostedAt is not null);
        Put(json, "graded_at", grade.IsRecorded ? grade.GradedAt : (DateTimeOffset?)null);
        json.WriteNumber("version", grade.Version);
        json.WriteEndObject();
    }

    private static void Put<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, LecternJson.Options);
    }
}
