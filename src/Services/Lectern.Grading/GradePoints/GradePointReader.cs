using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradePoints;

/// <summary>
/// Reads the courses of a learner with what they came to, in one statement: a learner's seats are few, and each has one line.
/// </summary>
internal sealed class GradePointReader(TenantDb db, Access access)
{
    /// <summary>Null: there is no such person.</summary>
    /// <param name="learner">Whose.</param>
    /// <param name="own">The learner asks, who sees the courses that are open to them; else somebody who answers for them does.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<LearnerResults?> Read(UserId learner, bool own, CancellationToken ct)
    {
        var batch = db.Batch();
        var names = batch.Query<string>($"SELECT p.name FROM people p WHERE p.tenant_id = {db.Tenant} AND p.user_id = {learner}");
        var courses = batch.Query<CourseResult>($"""
            SELECT k.course_id, k.code, k.title, k.status, k.term_id, t.name AS term_name, k.credits,
                r.totals[3] AS current, r.totals[4] AS final, r.letters[3] AS current_letter_text, r.letters[4] AS final_letter_text,
                r.overrides, p.policy, EXISTS (
                    SELECT 1 FROM grades g
                    JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = g.assignment_id AND a.status = 'published'
                    WHERE g.tenant_id = {db.Tenant} AND g.course_id = k.course_id AND g.user_id = {learner}
                        AND {GradebookProjection.Withheld}) AS withheld
            FROM (SELECT DISTINCT m.course_id FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.user_id = {learner} AND m.role = 'learner' AND m.state IN ('active', 'completed')) m
            JOIN course_cards k ON k.tenant_id = {db.Tenant} AND k.course_id = m.course_id AND k.status IN ('published', 'concluded')
            LEFT JOIN term_cards t ON t.tenant_id = {db.Tenant} AND t.term_id = k.term_id
            LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = k.course_id AND r.user_id = {learner}
            LEFT JOIN gradebooks b ON b.tenant_id = {db.Tenant} AND b.course_id = k.course_id
            LEFT JOIN grading_policies p ON p.tenant_id = {db.Tenant} AND p.course_id = k.course_id AND p.policy_version = b.policy_version
            WHERE k.opens_at <= {db.Now}
                {Sql.When(own, $"AND {access.Filter(GradingPermission.ReadOwnGrades, "course", Sql.Raw("k.course_id"))}")}
            ORDER BY COALESCE(t.starts_at, k.opens_at), k.term_id, k.opens_at, k.course_id
            """);
        await batch.Run(ct);
        return names.Count == 0 ? null : new(learner, names[0], courses);
    }
}

/// <param name="Courses">From the earliest to the latest.</param>
internal sealed record LearnerResults(UserId UserId, string Name, IReadOnlyList<CourseResult> Courses)
{
    public LearnerGradePoints Averages() => LearnerGradePoints.Of(UserId, Name, RepeatRule.Latest, Courses);
}
