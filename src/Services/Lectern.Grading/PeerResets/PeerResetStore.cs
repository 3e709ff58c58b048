using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerResets;

/// <summary>Takes reviews away together and puts them back. The caller holds the plan.</summary>
internal sealed class PeerResetStore(TenantDb db, Actor actor)
{
    /// <param name="assignment">Of which.</param>
    /// <param name="reviewer">Only those this learner writes; null: all.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<ResetCounts> Count(AssignmentId assignment, UserId? reviewer, CancellationToken ct) => db.Get<ResetCounts>($"""
        SELECT count(*)::int AS reviews, count(*) FILTER (WHERE r.saved_at IS NOT NULL AND r.handed_in_at IS NULL)::int AS started,
            count(r.handed_in_at)::int AS handed_in
        FROM peer_reviews r WHERE {Standing(assignment, reviewer)}
        """, ct);

    /// <summary>What would be taken away stays as it is until the unit of work ends: nobody hands one in that is not counted.</summary>
    public Task<List<PeerReviewId>> Hold(AssignmentId assignment, UserId? reviewer, CancellationToken ct) => db.Query<PeerReviewId>($"""
        SELECT r.peer_review_id FROM peer_reviews r WHERE {Standing(assignment, reviewer)} ORDER BY r.peer_review_id FOR UPDATE
        """, ct);

    /// <summary>Whether reviews stand that were handed out later, and could be taken away.</summary>
    public Task<bool> HandedOutSince(AssignmentId assignment, DateTimeOffset at, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM peer_reviews r WHERE {Standing(assignment, null)} AND r.allocated_at > {at})
        """, ct);

    public async Task<PeerResetId> Take(
        CourseId course, AssignmentId assignment, UserId? reviewer, ResetCounts counts, CancellationToken ct)
    {
        var id = await db.Get<PeerResetId>($"""
            INSERT INTO peer_resets (tenant_id, course_id, assignment_id, reviewer_id, reviews, handed_in, actor_id, at)
            VALUES ({db.Tenant}, {course}, {assignment}, {reviewer?.Value}::bigint, {counts.Reviews}, {counts.HandedIn}, {actor.Person},
                {db.Now})
            RETURNING peer_reset_id
            """, ct);
        await db.Execute($"""
            UPDATE peer_reviews r SET removed_at = {db.Now}, removed_by = {actor.Person}, peer_reset_id = {id}, version = version + 1
            WHERE {Standing(assignment, reviewer)}
            """, ct);
        return id;
    }

    /// <summary>The newest first; nobody resets more often than a list can show.</summary>
    public Task<List<PeerReset>> List(AssignmentId assignment, CancellationToken ct) => db.Query<PeerReset>($"""
        {Resets} WHERE t.tenant_id = {db.Tenant} AND t.assignment_id = {assignment} ORDER BY t.peer_reset_id DESC LIMIT 100
        """, ct);

    public Task<PeerReset?> Find(AssignmentId assignment, PeerResetId id, CancellationToken ct) => db.Find<PeerReset>($"""
        {Resets} WHERE t.tenant_id = {db.Tenant} AND t.assignment_id = {assignment} AND t.peer_reset_id = {id}
        """, ct);

    /// <summary>Puts back what was taken away and has not come back since; a pair that is asked for anew stays as it is.</summary>
    public async Task<int> Undo(AssignmentId assignment, PeerResetId id, CancellationToken ct)
    {
        var restored = await db.Execute($"""
            UPDATE peer_reviews r SET removed_at = NULL, removed_by = NULL, peer_reset_id = NULL, version = version + 1
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.peer_reset_id = {id} AND r.removed_at IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1 FROM peer_reviews n
                    WHERE n.tenant_id = {db.Tenant} AND n.assignment_id = {assignment} AND n.reviewer_id = r.reviewer_id
                        AND n.author_id = r.author_id AND n.removed_at IS NULL)
            """, ct);
        await db.Execute($"""
            UPDATE peer_resets SET undone_at = {db.Now}, undone_by = {actor.Person}, restored = {restored}
            WHERE tenant_id = {db.Tenant} AND peer_reset_id = {id}
            """, ct);
        return restored;
    }

    // Who has seen a reference cannot be asked for the same work again.
    private Sql Standing(AssignmentId assignment, UserId? reviewer) => $"""
        r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.removed_at IS NULL
            AND NOT (r.kind = 'sample' AND r.handed_in_at IS NOT NULL)
            {Sql.When(reviewer is not null, $"AND r.reviewer_id = {reviewer}")}
        """;

    private static Sql Resets => Sql.Raw("""
        SELECT t.peer_reset_id, t.reviewer_id, w.name AS reviewer_name, t.reviews, t.handed_in, p.name AS actor_name, t.at, t.undone_at,
            t.restored
        FROM peer_resets t
        LEFT JOIN people p ON p.tenant_id = t.tenant_id AND p.user_id = t.actor_id
        LEFT JOIN people w ON w.tenant_id = t.tenant_id AND w.user_id = t.reviewer_id
        """);
}
