using System.Runtime.CompilerServices;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.LateAllowances;
using Lectern.Grading.Outcomes;
using Lectern.Grading.Overrides;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// A gradebook as it was at an instant: the newest entries of the ledger by then, the final grades set by hand and what had been handed in,
/// folded by the rules in force then. Points, dates and groups of assignments, and who takes the course, are today's: nothing tells what
/// they were.
/// </summary>
internal sealed class GradebookPast(TenantDb db, GradebookReader reader, OverrideStore overrides, LateAllowanceStore allowances)
{
    public const int LearnersAtOnce = 500;

    public async Task<GradebookJson> Read(CourseId course, DateTimeOffset asOf, CancellationToken ct)
    {
        var outline = await reader.Outline(course, asOf, ct);
        var structure = await Structure(course, asOf, ct);
        var users = outline.Learners.Select(learner => learner.UserId).OrderBy(user => user.Value).ToList();
        return new GradebookJson(outline with { Rows = Rows(structure, users, asOf, CancellationToken.None) }, whole: true, asOf, asOf);
    }

    /// <summary>What rows were folded by.</summary>
    public async Task<CourseStructure> Structure(CourseId course, DateTimeOffset asOf, CancellationToken ct)
    {
        var batch = db.Batch();
        var read = CourseStructure.Read(batch, db.Tenant, course, asOf);
        await batch.Run(ct);
        return read.Build() ?? CourseStructure.Empty(course);
    }

    /// <summary>What some learners had handed in and been given on the assignments that show outcomes.</summary>
    public async Task<List<LearnerWork>> Evidence(
        CourseStructure course, UserId[] who, DateTimeOffset asOf, CancellationToken ct) =>
        (await Facts(course, course.Measured(), who, asOf, ct)).ConvertAll(fact => fact.Of(GradebookRow.Blank(fact.UserId)));

    private async IAsyncEnumerable<MatrixRow> Rows(
        CourseStructure course, List<UserId> users, DateTimeOffset asOf, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var some in users.Chunk(LearnersAtOnce))
        {
            foreach (var row in await Fold(course, some, asOf, ct)) yield return row;
        }
    }

    private async Task<List<MatrixRow>> Fold(CourseStructure course, IEnumerable<UserId> users, DateTimeOffset asOf, CancellationToken ct)
    {
        var facts = await Facts(course, course.Assignments, [.. users], asOf, ct);
        var set = await overrides.Standing(course.Head.CourseId, [.. facts.Select(fact => fact.UserId)], asOf, ct);
        var allowed = await allowances.Standing(course.Head.CourseId, [.. facts.Select(fact => fact.UserId)], asOf, ct);
        return facts.ConvertAll(fact =>
        {
            var row = GradebookRow.Blank(fact.UserId) with
            {
                Overrides = set.GetValueOrDefault(fact.UserId), Allowance = allowed.GetValueOrDefault(fact.UserId),
            };
            return MatrixRow.Of(GradebookProjection.Fold(course, fact.Of(row)).Row);
        });
    }

    // Whoever shows or hides a grade has not graded: that was at the newest entry of another kind.
    private Task<List<LearnerFacts>> Facts(
        CourseStructure course, IEnumerable<Assignment> of, UserId[] who, DateTimeOffset asOf, CancellationToken ct)
    {
        var (id, assignments) = (course.Head.CourseId, of.Select(assignment => assignment.AssignmentId).ToArray());
        return db.Query<LearnerFacts>($"""
            SELECT w.user_id, ARRAY(
                    SELECT m.section_id FROM course_members m
                    WHERE m.tenant_id = {db.Tenant} AND m.course_id = {id} AND m.user_id = w.user_id AND m.role = 'learner'
                        AND m.state = 'active') AS sections,
                (SELECT json_agg(l) FROM (
                    SELECT DISTINCT ON (e.assignment_id) 0 AS grade_id, e.assignment_id, e.user_id, e.entered_score, 0 AS points_deducted,
                        NULL AS score, e.score_is_automatic, e.status, e.seconds_late, e.pending_review, e.posted_at, e.submission_id,
                        e.source, e.actor_id AS grader_id, e.version, e.version AS said_version, e.attempt_scores, e.label,
                        COALESCE(max(e.at) FILTER (WHERE e.kind <> 'posting') OVER (PARTITION BY e.assignment_id), e.at) AS graded_at
                    FROM grade_entries e
                    WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = ANY ({assignments}) AND e.user_id = w.user_id AND e.at <= {asOf}
                    ORDER BY e.assignment_id, e.version DESC) l)::text AS grades,
                (SELECT json_agg(l) FROM (
                    SELECT s.assignment_id, s.user_id, s.submission_id, s.attempt, s.submitted_at FROM submissions s
                    WHERE s.tenant_id = {db.Tenant} AND s.course_id = {id} AND s.user_id = w.user_id
                        AND s.submitted_at <= {asOf}) l)::text AS submissions,
                {MeasuredOutcome.AssessedAt(db.Tenant, course.MeasuresByRubrics, assignments, asOf)} AS assessed
            FROM unnest({who}) AS w(user_id)
            """, ct);
    }
}
