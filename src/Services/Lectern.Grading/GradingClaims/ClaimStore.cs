using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradingClaims;

/// <summary>
/// The queue of waiting work as graders take from it. A claim is theirs for some minutes and longer only while they say so; it keeps
/// others from beginning with the same work, and nobody from grading it.
/// </summary>
internal sealed class ClaimStore(TenantDb db, Actor actor)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Takes work until so many pieces are held, those held already first; what others take meanwhile is left out.</summary>
    public async Task<List<GradingClaim>> Claim(CourseId course, AssignmentId assignment, ClaimWish wish, CancellationToken ct)
    {
        var until = db.Now + Lease;
        await db.Begin(ct);
        var held = await db.Query<GradingClaim>($"""
            UPDATE ungraded_work SET claimed_until = {until}
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {assignment} AND claimed_by = {actor.Person}
                AND claimed_until > {db.Now} AND returned_at IS NULL
            RETURNING user_id, since, claimed_until, skipped_at
            """, ct);
        var more = held.Count < wish.Count ? await Take(course, assignment, wish, wish.Count - held.Count, ct) : [];
        return [.. InOrder(held), .. more];
    }

    private Task<List<GradingClaim>> Take(CourseId course, AssignmentId assignment, ClaimWish wish, int count, CancellationToken ct)
    {
        var name = Sql.Raw(wish.ByName ? "p.sortable_name" : "NULL::text");
        // Materialized, because a subquery that locks would lock more each time a plan looks at it again.
        return db.Query<GradingClaim>($"""
            WITH next AS MATERIALIZED (
                SELECT q.user_id, {name} AS name FROM ungraded_work q {Sql.When(wish.ByName, $"""
                    JOIN people p ON p.tenant_id = q.tenant_id AND p.user_id = q.user_id
                    """)}
                WHERE q.tenant_id = {db.Tenant} AND q.course_id = {course} AND q.assignment_id = {assignment} AND q.returned_at IS NULL
                    AND (q.claimed_until IS NULL OR q.claimed_until <= {db.Now}) AND {FirstOfGroup(course, assignment)}
                    {Sql.When(wish.Section is not null, $"""
                    AND EXISTS (SELECT 1 FROM course_members m WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course}
                        AND m.user_id = q.user_id AND m.section_id = {wish.Section} AND m.role = 'learner')
                    """)}
                ORDER BY q.skipped_at NULLS FIRST, {Sql.Raw(wish.ByName ? "p.sortable_name" : "q.since")}, q.user_id
                LIMIT {count} FOR UPDATE OF q SKIP LOCKED),
            taken AS (
                UPDATE ungraded_work w SET claimed_by = {actor.Person}, claimed_until = {db.Now + Lease} FROM next n
                WHERE w.tenant_id = {db.Tenant} AND w.course_id = {course} AND w.assignment_id = {assignment} AND w.user_id = n.user_id
                RETURNING w.user_id, w.since, w.claimed_until, w.skipped_at, n.name)
            SELECT user_id, since, claimed_until, skipped_at FROM taken ORDER BY skipped_at NULLS FIRST, name, since, user_id
            """, ct);
    }

    private static IEnumerable<GradingClaim> InOrder(List<GradingClaim> claims) =>
        claims.OrderBy(claim => claim.SkippedAt ?? DateTimeOffset.MinValue).ThenBy(claim => claim.Since)
            .ThenBy(claim => claim.UserId.Value);

    /// <summary>Says that the grader is still at these; answers which of them are still theirs.</summary>
    public Task<List<GradingClaim>> Renew(CourseId course, AssignmentId assignment, UserId[] learners, CancellationToken ct) =>
        db.Query<GradingClaim>($"""
            UPDATE ungraded_work SET claimed_until = {db.Now + Lease}
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {assignment} AND user_id = ANY ({learners})
                AND claimed_by = {actor.Person} AND claimed_until > {db.Now}
            RETURNING user_id, since, claimed_until, skipped_at
            """, ct);

    /// <summary>Gives work back to the queue; passed over, it comes last.</summary>
    public Task Release(CourseId course, AssignmentId assignment, UserId learner, bool skipped, CancellationToken ct)
    {
        DateTimeOffset? at = skipped ? db.Now : null;
        return db.Execute($"""
            UPDATE ungraded_work SET claimed_by = NULL, claimed_until = NULL, skipped_at = COALESCE({at}::timestamptz, skipped_at)
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {assignment} AND user_id = {learner}
                AND claimed_by = {actor.Person}
            """, ct);
    }

    /// <summary>Who holds this piece of work, other than the one who asks.</summary>
    public Task<ClaimHolder?> HolderOf(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Find<ClaimHolder>($"""
            SELECT w.claimed_by AS user_id, p.name, w.claimed_until AS until FROM ungraded_work w
            LEFT JOIN people p ON p.tenant_id = w.tenant_id AND p.user_id = w.claimed_by
            WHERE w.tenant_id = {db.Tenant} AND w.course_id = {course} AND w.assignment_id = {assignment} AND w.user_id = {learner}
                AND w.claimed_by <> {actor.Person} AND w.claimed_until > {db.Now}
            """, ct);

    public Task<QueueProgress> Progress(CourseId course, AssignmentId assignment, CancellationToken ct) => db.Get<QueueProgress>($"""
        SELECT w.waiting, w.held_by_others, w.returned, s.handed_in FROM (
            SELECT count(*) FILTER (WHERE q.returned_at IS NULL)::int AS waiting,
                count(*) FILTER (WHERE q.claimed_by <> {actor.Person} AND q.claimed_until > {db.Now})::int AS held_by_others,
                count(q.returned_at)::int AS returned
            FROM ungraded_work q
            WHERE q.tenant_id = {db.Tenant} AND q.course_id = {course} AND q.assignment_id = {assignment}
                AND {FirstOfGroup(course, assignment)}) w, (
            SELECT count(DISTINCT CASE WHEN {GradedAsOne(assignment)} THEN COALESCE(g.group_id, -h.user_id) ELSE h.user_id END)::int
                AS handed_in
            FROM submissions h
            LEFT JOIN group_submissions g ON g.tenant_id = h.tenant_id AND g.group_submission_id = h.group_submission_id
            WHERE h.tenant_id = {db.Tenant} AND h.assignment_id = {assignment}) s
        """, ct);

    private Sql GradedAsOne(AssignmentId assignment) => $"""
        (SELECT a.group_set_id IS NOT NULL AND NOT a.grade_individually FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment})
        """;

    /// <summary>
    /// What a group made waits once, with the first of them who waits: it is one piece of work. The first question is asked once for the
    /// whole statement, so that work made alone never comes to the second.
    /// </summary>
    private Sql FirstOfGroup(CourseId course, AssignmentId assignment) => $"""
        (NOT {GradedAsOne(assignment)} OR NOT EXISTS (
            SELECT 1 FROM submissions mine
            JOIN submissions o ON o.tenant_id = {db.Tenant} AND o.group_submission_id = mine.group_submission_id
                AND o.user_id < mine.user_id
            JOIN ungraded_work earlier ON earlier.tenant_id = {db.Tenant} AND earlier.course_id = {course}
                AND earlier.assignment_id = {assignment} AND earlier.user_id = o.user_id
                AND (earlier.returned_at IS NULL) = (q.returned_at IS NULL)
            WHERE mine.tenant_id = {db.Tenant} AND mine.course_id = {course} AND mine.user_id = q.user_id
                AND mine.assignment_id = {assignment} AND NOT EXISTS (
                SELECT 1 FROM submissions n
                WHERE n.tenant_id = {db.Tenant} AND n.course_id = {course} AND n.assignment_id = {assignment}
                    AND (n.user_id = mine.user_id AND n.attempt > mine.attempt OR n.user_id = o.user_id AND n.attempt > o.attempt))))
        """;
}

/// <summary>What a grader wants to have before them.</summary>
internal sealed record ClaimWish(int Count, SectionId? Section, bool ByName);

/// <summary>A piece of work that is the grader's for a while.</summary>
internal sealed record GradingClaim(UserId UserId, DateTimeOffset Since, DateTimeOffset ClaimedUntil, DateTimeOffset? SkippedAt);

/// <summary>Somebody else who is at this work.</summary>
internal sealed record ClaimHolder(UserId UserId, string? Name, DateTimeOffset Until);

/// <summary>How far an assignment's grading has come.</summary>
internal sealed record QueueProgress(int Waiting, int HeldByOthers, int Returned, int HandedIn);
