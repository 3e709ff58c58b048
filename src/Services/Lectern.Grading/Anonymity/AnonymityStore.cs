using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Anonymity;

/// <summary>Which assignments are graded without names, and the pseudonyms of each.</summary>
internal sealed class AnonymityStore(TenantDb db)
{
    /// <summary>Pseudonyms of an assignment that has them or once had; null for all others.</summary>
    public async Task<Pseudonyms?> On(AssignmentId assignment, CancellationToken ct) =>
        (await Among([assignment], ct)).GetValueOrDefault(assignment);

    /// <summary>Pseudonyms of those assignments among these that have them or once had.</summary>
    public async Task<IReadOnlyDictionary<AssignmentId, Pseudonyms>> Among(
        IReadOnlyCollection<AssignmentId> assignments, CancellationToken ct)
    {
        var found = await db.Query<Stored>($"""
            SELECT a.assignment_id, a.anonymity_key AS key, a.anonymity_lifted_at IS NULL AS hidden FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = ANY ({assignments.ToArray()}) AND a.anonymity_key IS NOT NULL
            """, ct);
        return found.ToDictionary(one => one.AssignmentId, one => new Pseudonyms(one.Key, one.Hidden));
    }

    /// <summary>Who is meant by a learner's number in a grader's request; null when it names nobody a grader may name.</summary>
    public async Task<UserId?> Learner(AssignmentId assignment, UserId sent, CancellationToken ct) =>
        await On(assignment, ct) is { } pseudonyms ? pseudonyms.Behind(sent) : sent;

    /// <summary>Begins to hide names, if the assignment still has the version seen; grades then wait to be posted by hand.</summary>
    public async Task<bool> Begin(AssignmentId assignment, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE assignments SET anonymity_key = {Pseudonyms.NewKey()}, posts_manually = true, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen} AND status <> 'deleted'
            AND anonymity_key IS NULL
        """, ct) == 1;

    /// <summary>Ends it for good, if the assignment still has the version that was seen.</summary>
    public async Task<bool> Lift(AssignmentId assignment, int seen, UserId? by, CancellationToken ct) => await db.Execute($"""
        UPDATE assignments SET anonymity_lifted_at = {db.Now}, anonymity_lifted_by = {by}::bigint, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen} AND status <> 'deleted'
            AND anonymity_key IS NOT NULL AND anonymity_lifted_at IS NULL
        """, ct) == 1;

    /// <summary>The same with the commit, whatever version there is. Sent after the course's counter is had.</summary>
    public void LiftAtCommit(AssignmentId assignment, UserId? by) => db.AtCommit($"""
        UPDATE assignments SET anonymity_lifted_at = {db.Now}, anonymity_lifted_by = {by}::bigint, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND anonymity_key IS NOT NULL AND anonymity_lifted_at IS NULL
        """);

    /// <summary>How it stands, for whoever wants to begin or end it.</summary>
    public Task<AnonymityState?> State(AssignmentId assignment, CancellationToken ct) => db.Find<AnonymityState>($"""
        SELECT a.anonymity_key IS NOT NULL AS began, a.anonymity_lifted_at AS lifted_at,
            EXISTS (SELECT 1 FROM grade_entries e WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = a.assignment_id) AS graded
        FROM assignments a WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment} AND a.status <> 'deleted'
        """, ct);

    private sealed record Stored(AssignmentId AssignmentId, byte[] Key, bool Hidden);
}

/// <summary>Whether names were ever hidden, whether that has ended, and whether somebody has been graded.</summary>
internal sealed record AnonymityState(bool Began, DateTimeOffset? LiftedAt, bool Graded);
