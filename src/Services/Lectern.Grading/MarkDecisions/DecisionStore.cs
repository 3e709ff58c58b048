using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.MarkingPlans;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MarkDecisions;

/// <summary>What moderators decided, and what waits for them.</summary>
internal sealed class DecisionStore(TenantDb db, Actor actor)
{
    public async Task<MarkDecision?> Newest(AssignmentId assignment, UserId learner, CancellationToken ct) =>
        (await Newest(assignment, [learner], ct)).FirstOrDefault();

    public Task<List<MarkDecision>> Newest(AssignmentId assignment, IReadOnlyCollection<UserId> learners, CancellationToken ct) =>
        db.Query<MarkDecision>($"""
        SELECT DISTINCT ON (d.user_id) d.user_id, d.version, d.way, d.score, d.marker_id, d.marks, d.note, d.actor_id,
            p.name AS actor_name, d.at
        FROM mark_decisions d LEFT JOIN people p ON p.tenant_id = d.tenant_id AND p.user_id = d.actor_id
        WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment} AND d.user_id = ANY ({learners.ToArray()})
        ORDER BY d.user_id, d.version DESC
        """, ct);

    public Task Add(AssignmentId assignment, IReadOnlyList<MarkDecision> made, CancellationToken ct) => db.Execute($"""
        INSERT INTO mark_decisions (tenant_id, assignment_id, user_id, version, way, score, marker_id, marks, note, actor_id, at)
        SELECT {db.Tenant}, {assignment}, t.user_id, t.version, t.way, t.score, t.marker_id, t.marks::jsonb, t.note,
            {actor.UserId?.Value}::bigint, {db.Now}
        FROM unnest({made.Select(one => one.UserId).ToArray()}, {made.Select(one => one.Version).ToArray()},
            {made.Select(one => one.Way).ToArray()}, {made.Select(one => one.Score).ToArray()},
            {made.Select(one => one.MarkerId?.Value).ToArray()}, {made.Select(one => Sql.Json(one.Marks).Text).ToArray()},
            {made.Select(one => one.Note).ToArray()}) AS t(user_id, version, way, score, marker_id, marks, note)
        """, ct);

    /// <summary>Learners whose work was given to markers, by name, or in an order that says nothing where names are hidden.</summary>
    public Task<List<ModeratedLearner>> Page(
        AssignmentId assignment, ModerationWish wish, PageRequest page, Pseudonyms? pseudonyms, CancellationToken ct)
    {
        var (key, user) = page.AfterKey;
        Sql Order() => pseudonyms is { Hidden: true } ? pseudonyms.OrderOf("p.user_id") : Sql.Raw("p.sortable_name");
        return db.Query<ModeratedLearner>($"""
            SELECT p.user_id, p.name, {Order()} AS sort_key FROM people p
            WHERE p.tenant_id = {db.Tenant} AND ({Order()}, p.user_id) > ({key}, {user})
                AND EXISTS (SELECT 1 FROM provisional_marks k
                    WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.user_id = p.user_id)
                {Sql.When(wish.Undecided || wish.Disputed is not null, $"""
                AND NOT EXISTS (SELECT 1 FROM mark_decisions d
                    WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment} AND d.user_id = p.user_id)
                """)}
                {Sql.When(wish.Disputed is not null, $"""
                AND (SELECT count(*) >= {wish.Disputed?.Markers ?? 0} AND count(*) = count(k.marked_at) AND (
                        {wish.Disputed?.Rule is AgreementRule.Moderator} OR max(k.score) - min(k.score) > {wish.Tolerance})
                    FROM provisional_marks k
                    WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.user_id = p.user_id)
                """)}
            ORDER BY {Order()}, p.user_id LIMIT {page.Rows}
            """, ct);
    }

    /// <summary>Learners all of whose markers have marked and nobody has decided on.</summary>
    public Task<List<UserId>> Ready(CourseId course, AssignmentId assignment, int limit, CancellationToken ct) => db.Query<UserId>($"""
        SELECT k.user_id FROM provisional_marks k
        WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment}
            AND NOT EXISTS (SELECT 1 FROM mark_decisions d
                WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment} AND d.user_id = k.user_id)
            AND EXISTS (SELECT 1 FROM gradebook_rows r
                WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = k.user_id)
        GROUP BY k.user_id HAVING count(*) = count(k.marked_at) ORDER BY k.user_id LIMIT {limit}
        """, ct);
}

/// <summary>Which learners a moderator wants to see.</summary>
/// <param name="Disputed">By this plan all marks are there and a moderator has to decide.</param>
internal sealed record ModerationWish(bool Undecided, MarkingPlan? Disputed, decimal PointsPossible)
{
    public decimal Tolerance => Disputed?.TolerancePoints(PointsPossible) ?? 0;
}

internal sealed record ModeratedLearner(UserId UserId, string Name, string SortKey);
