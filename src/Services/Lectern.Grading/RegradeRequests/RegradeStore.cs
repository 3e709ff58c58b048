using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RegradeRequests;

/// <summary>Requests to look at a grade again.</summary>
internal sealed class RegradeStore(TenantDb db, Actor actor)
{
    public Task<RegradeRequest?> Find(RegradeRequestId id, CancellationToken ct) => db.Find<RegradeRequest>($"""
        SELECT {Sql.Raw(RegradeRequest.Columns)} FROM regrade_requests q
        WHERE q.tenant_id = {db.Tenant} AND q.regrade_request_id = {id}
        """, ct);

    /// <summary>The latest about one learner's work.</summary>
    public Task<RegradeRequest?> About(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Find<RegradeRequest>($"""
            SELECT {Sql.Raw(RegradeRequest.Columns)} FROM regrade_requests q
            WHERE q.tenant_id = {db.Tenant} AND q.course_id = {course} AND q.user_id = {learner} AND q.assignment_id = {assignment}
            ORDER BY q.regrade_request_id DESC LIMIT 1
            """, ct);

    /// <summary>Those of a course that wait for an answer, in the order they were asked.</summary>
    public Task<List<RegradeRequestRow>> Open(CourseId course, long after, int limit, CancellationToken ct) =>
        db.Query<RegradeRequestRow>($"""
        SELECT q.regrade_request_id, q.assignment_id, a.title, q.user_id, p.name, q.score, q.asked_at, q.version
        FROM regrade_requests q
        JOIN assignments a ON a.tenant_id = q.tenant_id AND a.assignment_id = q.assignment_id AND a.status <> 'deleted'
        JOIN people p ON p.tenant_id = q.tenant_id AND p.user_id = q.user_id
        WHERE q.tenant_id = {db.Tenant} AND q.course_id = {course} AND q.state = 'open' AND q.regrade_request_id > {after}
        ORDER BY q.regrade_request_id LIMIT {limit}
        """, ct);

    /// <summary>None when one is open already.</summary>
    public Task<RegradeRequest?> Add(CourseId course, AssignmentId assignment, decimal score, CancellationToken ct) =>
        db.Find<RegradeRequest>($"""
        INSERT INTO regrade_requests AS q (tenant_id, course_id, assignment_id, user_id, score, asked_at)
        VALUES ({db.Tenant}, {course}, {assignment}, {actor.Person}, {score}, {db.Now})
        ON CONFLICT DO NOTHING RETURNING {Sql.Raw(RegradeRequest.Columns)}
        """, ct);

    /// <summary>Ends an open request, if it still is as it was seen.</summary>
    public async Task<bool> End(RegradeRequestId id, RegradeState state, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE regrade_requests SET state = {state}, answered_by = {actor.UserId}::bigint, answered_at = {db.Now}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND regrade_request_id = {id} AND version = {seen} AND state = 'open'
        """, ct) == 1;
}
