using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>An outcome that a course works towards: how it is calculated there, and what shows it.</summary>
internal sealed record MeasuredOutcome(
    CourseOutcomeId CourseOutcomeId, OutcomeId OutcomeId, int Slot, MasteryScale Scale, MasteryMethod Method,
    IReadOnlyList<MeasuredBy>? Alignments)
{
    /// <summary>All of a course's, as JSON made by the database; a course without any costs one look into an index.</summary>
    public static Sql ListOf(TenantId tenant, CourseId course, DateTimeOffset? asOf = null) => $"""
        COALESCE((SELECT json_agg(l) FROM (
            SELECT c.course_outcome_id, c.outcome_id, c.slot, v.scale, v.method,
                (SELECT json_agg(json_build_object('assignment_id', n.assignment_id, 'rubric_id', n.rubric_id,
                    'criterion_id', n.criterion_id, 'points_by_version', (
                        SELECT json_object_agg(w.version, e -> 'points') FROM rubric_versions w, jsonb_array_elements(w.criteria) e
                        WHERE w.tenant_id = {tenant} AND w.rubric_id = n.rubric_id AND e ->> 'criterion_id' = n.criterion_id)))
                 FROM outcome_alignments n
                 WHERE n.tenant_id = {tenant} AND n.course_id = {course} AND n.course_outcome_id = c.course_outcome_id) AS alignments
            FROM course_outcomes c
            JOIN outcome_versions v ON v.tenant_id = {tenant} AND v.outcome_id = c.outcome_id AND v.version = {InForce(tenant, asOf)}
            WHERE c.tenant_id = {tenant} AND c.course_id = {course} AND c.status = 'active') l), '[]')::text
        """;

    /// <summary>
    /// The version of an outcome that its course (<c>c</c>) follows, or followed at an instant; none where there was no such outcome yet.
    /// </summary>
    public static Sql InForce(TenantId tenant, DateTimeOffset? asOf) => asOf is null
        ? Sql.Raw("c.outcome_version")
        : (Sql)$"""
            (SELECT max(f.version) FROM outcome_versions f
             WHERE f.tenant_id = {tenant} AND f.outcome_id = c.outcome_id AND f.version <= c.outcome_version AND f.at <= {asOf})
            """;

    /// <summary>
    /// The assessments of one learner (<c>w.user_id</c>) in a course that measures outcomes by rubrics, as JSON; else null.
    /// </summary>
    public static Sql AssessedIn(TenantId tenant, CourseId course) => $"""
        CASE WHEN EXISTS (SELECT 1 FROM outcome_alignments n
            WHERE n.tenant_id = {tenant} AND n.course_id = {course} AND n.rubric_id IS NOT NULL)
        THEN (SELECT json_agg(json_build_object('assignment_id', g.assignment_id, 'rubric_data', g.rubric_data)) FROM grades g
            WHERE g.tenant_id = {tenant} AND g.course_id = {course} AND g.user_id = w.user_id AND g.rubric_data IS NOT NULL)::text END
        """;

    /// <summary>The assessments a learner (<c>w.user_id</c>) had at an instant; an entry holds the one that stood after it.</summary>
    public static Sql AssessedAt(TenantId tenant, bool byRubrics, AssignmentId[] assignments, DateTimeOffset asOf) => !byRubrics
        ? Sql.Raw("NULL::text")
        : (Sql)$"""
            (SELECT json_agg(l) FILTER (WHERE l.rubric_data IS NOT NULL) FROM (
                SELECT DISTINCT ON (e.assignment_id) e.assignment_id, e.rubric_data FROM grade_entries e
                WHERE e.tenant_id = {tenant} AND e.assignment_id = ANY ({assignments}) AND e.user_id = w.user_id AND e.at <= {asOf}
                ORDER BY e.assignment_id, e.version DESC) l)::text
            """;
}

/// <summary>What shows an outcome: the score of an assignment, or a criterion wherever its rubric is used.</summary>
/// <param name="PointsByVersion">What the criterion earns at most, by the version of its rubric.</param>
internal sealed record MeasuredBy(
    AssignmentId? AssignmentId, RubricId? RubricId, string? CriterionId, IReadOnlyDictionary<string, decimal>? PointsByVersion);

/// <summary>What a grade says of the criteria of its rubric, as far as a fold needs to know it.</summary>
internal sealed record AssessedWork(
    AssignmentId AssignmentId, RubricId RubricId, int RubricVersion, IReadOnlyDictionary<string, decimal> Points)
{
    /// <summary>Null where it is no assessment by a rubric: what a script put beside a grade may be anything.</summary>
    public static AssessedWork? Of(AssignmentId assignment, string? rubricData)
    {
        if (rubricData is null) return null;
        using var read = JsonDocument.Parse(rubricData);
        return Of(assignment, read.RootElement);
    }

    public static IEnumerable<AssessedWork> ListOf(string? json)
    {
        foreach (var one in json is null ? [] : JsonSerializer.Deserialize<List<Stored>>(json, LecternJson.Options)!)
            if (Of(one.AssignmentId, one.RubricData) is { } assessed) yield return assessed;
    }

    private static AssessedWork? Of(AssignmentId assignment, JsonElement data)
    {
        if (Number(data, "rubric_id") is not { } rubric || Number(data, "rubric_version") is not { } version
            || !data.TryGetProperty("criteria", out var criteria) || criteria.ValueKind is not JsonValueKind.Array) return null;
        var points = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var criterion in criteria.EnumerateArray())
        {
            if (Number(criterion, "points") is { } earned && criterion.TryGetProperty("criterion_id", out var id)
                && id.ValueKind is JsonValueKind.String) points[id.GetString()!] = earned;
        }

        return rubric is > 0 and < long.MaxValue && version is > 0 and < int.MaxValue
            ? new(assignment, new RubricId((long)rubric), (int)version, points)
            : null;
    }

    private static decimal? Number(JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number
            && value.TryGetDecimal(out var number) ? number : null;

    private sealed record Stored(AssignmentId AssignmentId, JsonElement RubricData);
}
