using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RubricAssessments;

/// <summary>Reads assessments where the ledger's fold keeps them: with the grade.</summary>
internal sealed class AssessmentStore(TenantDb db)
{
    /// <summary>The assessment as it stands; null when there is none.</summary>
    public async Task<Assessment?> Find(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        (await db.Find<Stored>($"""
            SELECT g.rubric_data AS assessment FROM grades g
            WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = {learner} AND g.assignment_id = {assignment}
                AND {Sql.Raw(IsAssessment)}
            """, ct))?.Assessment;

    /// <summary>The next learners who have assessments by this rubric in a version before this one.</summary>
    public Task<List<UserId>> NextBefore(
        CourseId course, RubricId rubric, int version, UserId? after, int learners, CancellationToken ct) => db.Query<UserId>($"""
            SELECT DISTINCT g.user_id FROM {Outdated(course, rubric, version)} AND g.user_id > {after?.Value ?? 0}
            ORDER BY g.user_id LIMIT {learners}
            """, ct);

    /// <summary>These learners' assessments by this rubric in a version before this one, in user order.</summary>
    public Task<List<AssessedGrade>> Before(
        CourseId course, RubricId rubric, int version, IReadOnlyCollection<UserId> learners, CancellationToken ct) =>
        db.Query<AssessedGrade>($"""
            SELECT g.assignment_id, g.user_id, p.name, g.entered_score, g.version, g.rubric_data AS assessment,
                u.total_is_score
            FROM {Outdated(course, rubric, version)} AND g.user_id = ANY ({learners.ToArray()})
            ORDER BY g.user_id, g.assignment_id
            """, ct);

    private Sql Outdated(CourseId course, RubricId rubric, int version) => $"""
        assignment_rubrics u
            JOIN assignments a ON a.tenant_id = u.tenant_id AND a.assignment_id = u.assignment_id AND a.status <> 'deleted'
            JOIN grades g ON g.tenant_id = u.tenant_id AND g.course_id = {course} AND g.assignment_id = u.assignment_id
            LEFT JOIN people p ON p.tenant_id = g.tenant_id AND p.user_id = g.user_id
            WHERE u.tenant_id = {db.Tenant} AND u.rubric_id = {rubric} AND {Sql.Raw(IsAssessment)}
                AND (g.rubric_data ->> 'rubric_id')::bigint = {rubric} AND (g.rubric_data ->> 'rubric_version')::int < {version}
        """;

    // What a script put beside a grade may be anything.
    private const string IsAssessment = "jsonb_typeof(g.rubric_data -> 'rubric_version') = 'number'";

    private sealed record Stored(Assessment Assessment);
}

/// <summary>A grade that was made by a rubric.</summary>
internal sealed record AssessedGrade(
    AssignmentId AssignmentId, UserId UserId, string? Name, decimal? EnteredScore, int Version, Assessment Assessment,
    bool TotalIsScore);
