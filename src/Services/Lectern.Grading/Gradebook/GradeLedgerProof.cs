using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.LateAllowances;
using Lectern.Grading.Overrides;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>Finds any difference between the ledger, the grades folded from it, the gradebook's rows and the queue of graders.</summary>
internal sealed class GradeLedgerProof(
    TenantDb db, GradebookStore gradebooks, OverrideStore overrides, LateAllowanceStore allowances, TimeProvider clock)
    : IGradeLedgerProof
{
    private const int LearnersAtOnce = 200;
    private const int MostFindings = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<string> findings = [];
    private long attempts;
    private long failures;

    public async Task<LedgerProof> Prove(CancellationToken ct)
    {
        await CompareLedger(null, ct);
        await CompareQueue(ct);
        foreach (var course in await db.Query<CourseId>(
            $"SELECT course_id FROM gradebooks WHERE tenant_id = {db.Tenant} ORDER BY course_id", ct)) await CompareCourse(course, ct);
        return new LedgerProof(attempts, failures, findings);
    }

    /// <summary>The same for one course, but for the queue.</summary>
    public async Task<LedgerProof> Prove(CourseId course, CancellationToken ct)
    {
        await CompareLedger(course, ct);
        await CompareCourse(course, ct);
        return new LedgerProof(attempts, failures, findings);
    }

    private async Task CompareCourse(CourseId course, CancellationToken ct)
    {
        await CompareRows(course, ct);
        await CompareOverrides(course, ct);
        await CompareAllowances(course, ct);
    }

    /// <summary>Each grade is its newest entry, the versions of an entry have no gaps, and no entry lacks its grade.</summary>
    private async Task CompareLedger(CourseId? course, CancellationToken ct)
    {
        attempts += await db.Value<long>($"""
            SELECT count(*) FROM grade_entries n
            WHERE n.tenant_id = {db.Tenant} {Sql.When(course is not null, $"AND n.course_id = {course}")}
            """, ct);
        var different = await db.Query<string>($"""
            SELECT 'grade ' || COALESCE(e.assignment_id, g.assignment_id) || ':' || COALESCE(e.user_id, g.user_id)
            FROM (
                SELECT DISTINCT ON (n.assignment_id, n.user_id) n.assignment_id, n.user_id, n.version, n.entered_score,
                    n.score_is_automatic, n.status,
                    n.seconds_late, n.pending_review, n.posted_at, n.submission_id, n.rubric_data, n.attempt_scores, n.label,
                    count(*) OVER (PARTITION BY n.assignment_id, n.user_id) AS entries
                FROM grade_entries n
                WHERE n.tenant_id = {db.Tenant} {Sql.When(course is not null, $"AND n.course_id = {course}")}
                ORDER BY n.assignment_id, n.user_id, n.version DESC) e
            FULL JOIN (
                SELECT o.assignment_id, o.user_id, o.version, o.entered_score, o.score_is_automatic, o.status, o.seconds_late,
                    o.pending_review,
                    o.posted_at, o.submission_id, o.rubric_data, o.attempt_scores, o.label
                FROM grades o WHERE o.tenant_id = {db.Tenant} {Sql.When(course is not null, $"AND o.course_id = {course}")}) g
                ON g.assignment_id = e.assignment_id AND g.user_id = e.user_id
            WHERE e.entries IS DISTINCT FROM e.version
                OR (e.version, e.entered_score, e.score_is_automatic, e.status, e.seconds_late, e.pending_review,
                    e.posted_at, e.submission_id, e.rubric_data, e.attempt_scores, e.label)
                IS DISTINCT FROM (g.version, g.entered_score, g.score_is_automatic, g.status, g.seconds_late, g.pending_review, g.posted_at,
                    g.submission_id, g.rubric_data, g.attempt_scores, g.label)
            """, ct);
        foreach (var one in different) Fail($"{one} is not its newest entry in the ledger");
    }

    private async Task CompareQueue(CancellationToken ct)
    {
        attempts += await db.Value<long>($"SELECT count(*) FROM ungraded_work WHERE tenant_id = {db.Tenant}", ct);
        var different = await db.Query<string>($"""
            SELECT 'work ' || COALESCE(w.assignment_id, f.assignment_id) || ':' || COALESCE(w.user_id, f.user_id)
            FROM (
                SELECT q.assignment_id, q.user_id FROM ungraded_work q
                JOIN assignments a ON a.tenant_id = q.tenant_id AND a.assignment_id = q.assignment_id AND a.status <> 'deleted'
                WHERE q.tenant_id = {db.Tenant}) w
            FULL JOIN (
                SELECT a.assignment_id, r.user_id FROM gradebook_rows r
                JOIN assignments a ON a.tenant_id = r.tenant_id AND a.course_id = r.course_id AND a.status <> 'deleted'
                WHERE r.tenant_id = {db.Tenant} AND r.flags[a.slot + 1] & {(int)CellFlags.NeedsGrading} <> 0) f
                ON f.assignment_id = w.assignment_id AND f.user_id = w.user_id
            WHERE w.user_id IS NULL OR f.user_id IS NULL
            """, ct);
        foreach (var one in different) Fail($"{one} waits for a grader in one place and not in the other");
    }

    private async Task CompareRows(CourseId course, CancellationToken ct)
    {
        if (!await IsSettled(course, ct))
        {
            Fail($"course {course.Value} has not followed its rules for {Patience.TotalSeconds:0} s");
            return;
        }

        var users = await db.Query<UserId>(
            $"SELECT user_id FROM gradebook_rows WHERE tenant_id = {db.Tenant} AND course_id = {course} ORDER BY user_id", ct);
        foreach (var some in users.Chunk(LearnersAtOnce))
        {
            var read = await gradebooks.Read(course, some, ct);
            if (read.Course is null) continue;
            foreach (var learner in read.Learners.Values)
            {
                attempts += Math.Max(1, read.Course.Slots);
                // Somebody may have written between two reads; what differs is looked at again while nobody can.
                if (!Agrees(read.Course, learner) && !await AgreesWhenHeld(course, learner.UserId, ct))
                    Fail($"row {course.Value}:{learner.UserId.Value} is not what its grades, work and rules come to");
            }
        }
    }

    /// <summary>Each final grade in a row is the newest somebody set.</summary>
    private async Task CompareOverrides(CourseId course, CancellationToken ct)
    {
        var rows = await db.Query<OverridesOf>($"""
            SELECT r.user_id, r.overrides FROM gradebook_rows r WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course}
            """, ct);
        var set = await overrides.Standing(course, [.. rows.Select(row => row.UserId)], null, ct);
        attempts += set.Count;
        foreach (var row in rows.Where(row => !StandingOverrides.Same(row.Overrides, set.GetValueOrDefault(row.UserId))))
        {
            // Somebody may have set one between two reads; what differs is looked at again while nobody can.
            var held = await gradebooks.Hold(course, [row.UserId], ct);
            var stands = await overrides.Standing(course, [row.UserId], null, ct);
            if (!StandingOverrides.Same(held.Learners[row.UserId].Overrides, stands.GetValueOrDefault(row.UserId)))
                Fail($"final grade {course.Value}:{row.UserId.Value} is not the newest that was set");
        }
    }

    /// <summary>What each row says is allowed beside the late policy is the newest that was said.</summary>
    private async Task CompareAllowances(CourseId course, CancellationToken ct)
    {
        var rows = await db.Query<AllowanceOf>($"""
            SELECT r.user_id, r.allowance FROM gradebook_rows r WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course}
            """, ct);
        var set = await allowances.Standing(course, [.. rows.Select(row => row.UserId)], null, ct);
        attempts += set.Count;
        foreach (var row in rows.Where(row => !LateAllowance.Same(row.Allowance, set.GetValueOrDefault(row.UserId))))
        {
            var held = await gradebooks.Hold(course, [row.UserId], ct);
            var stands = await allowances.Standing(course, [row.UserId], null, ct);
            if (!LateAllowance.Same(held.Learners[row.UserId].Allowance, stands.GetValueOrDefault(row.UserId)))
                Fail($"late allowance {course.Value}:{row.UserId.Value} is not the newest that was given");
        }
    }

    private sealed record AllowanceOf(UserId UserId, LateAllowance? Allowance);

    private sealed record OverridesOf(UserId UserId, StandingOverrides? Overrides);

    private async Task<bool> IsSettled(CourseId course, CancellationToken ct)
    {
        var until = clock.GetTimestamp();
        while (await db.Value<bool>($"SELECT refolding FROM gradebooks WHERE tenant_id = {db.Tenant} AND course_id = {course}", ct))
        {
            if (clock.GetElapsedTime(until) > Patience) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }

        return true;
    }

    private async Task<bool> AgreesWhenHeld(CourseId course, UserId learner, CancellationToken ct)
    {
        var held = await gradebooks.Hold(course, [learner], ct);
        return held.Course is null || !held.Learners.TryGetValue(learner, out var work) || Agrees(held.Course, work);
    }

    private static bool Agrees(CourseStructure course, LearnerWork learner)
    {
        var folded = GradebookProjection.Fold(course, learner);
        return folded.Rescored.Count == 0 && folded.Row.SaysTheSame(learner.Row);
    }

    private void Fail(string finding)
    {
        failures++;
        if (findings.Count < MostFindings) findings.Add(finding);
    }
}
