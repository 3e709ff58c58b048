using System.Security.Cryptography;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>Plans of peer review, and what an allocation is made from.</summary>
internal sealed class PeerPlanStore(TenantDb db)
{
    public Task<PeerPlan?> Find(AssignmentId assignment, CancellationToken ct) => db.Find<PeerPlan>($"""
        SELECT {Sql.Raw(PeerPlan.Columns)} FROM peer_plans p WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = {assignment}
        """, ct);

    /// <summary>Until the unit of work ends nobody else hands out, adds or takes away reviews of this assignment.</summary>
    public Task<PeerPlan?> Hold(AssignmentId assignment, CancellationToken ct) => db.Find<PeerPlan>($"""
        SELECT {Sql.Raw(PeerPlan.Columns)} FROM peer_plans p WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = {assignment} FOR UPDATE
        """, ct);

    /// <summary>Makes or changes the plan, if it still is what was seen; 0 where there was none.</summary>
    public async Task<bool> Save(AssignmentId assignment, CourseId course, PeerPlanFields plan, int seen, CancellationToken ct) => seen == 0
        ? await db.Execute($"""
            INSERT INTO peer_plans (tenant_id, assignment_id, course_id, reviews_per_work, allocates_at, reviews_due_at, by_rubric,
                by_comments, names, self_review, apart_group_set_id, feedback, reviews_first, calibrates, seed, key)
            VALUES ({db.Tenant}, {assignment}, {course}, {plan.ReviewsPerWork}, {plan.Allocates}::timestamptz, {plan.ReviewsDueAt!.Value},
                {plan.ByRubric}, {plan.ByComments}, {plan.Names}, {plan.SelfReview}, {plan.ApartGroupSetId?.Value}::bigint,
                {plan.Feedback}, {plan.ReviewsFirst}, {plan.Calibrates}, {NewSeed()}, {Pseudonyms.NewKey()})
            ON CONFLICT DO NOTHING
            """, ct) == 1
        : await db.Execute($"""
            UPDATE peer_plans SET reviews_per_work = {plan.ReviewsPerWork}, allocates_at = {plan.Allocates}::timestamptz,
                reviews_due_at = {plan.ReviewsDueAt!.Value}, by_rubric = {plan.ByRubric}, by_comments = {plan.ByComments},
                names = {plan.Names}, self_review = {plan.SelfReview}, apart_group_set_id = {plan.ApartGroupSetId?.Value}::bigint,
                feedback = {plan.Feedback}, reviews_first = {plan.ReviewsFirst}, calibrates = {plan.Calibrates},
                version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen}
            """, ct) == 1;

    public async Task<bool> Remove(AssignmentId assignment, int seen, CancellationToken ct) => await db.Execute($"""
        DELETE FROM peer_plans WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen}
        """, ct) == 1;

    public Task<bool> AnyReviews(AssignmentId assignment, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM peer_reviews WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment})
        """, ct);

    /// <summary>The newest work of everybody who learns here, with what stands between reviewers and works.</summary>
    public async Task<PeerPool> Pool(PeerPlan plan, CancellationToken ct)
    {
        var made = await db.Query<Made>($"""
            SELECT DISTINCT ON (s.user_id) s.user_id, s.submission_id, s.group_submission_id FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {plan.AssignmentId} AND EXISTS (
                SELECT 1 FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {plan.CourseId} AND m.user_id = s.user_id AND m.role = 'learner'
                    AND m.state = 'active')
            ORDER BY s.user_id, s.attempt DESC
            """, ct);
        var samples = plan.Calibrates ? await Samples(plan.AssignmentId, ct) : [];
        var works = made.GroupBy(one => (one.GroupSubmissionId, one.GroupSubmissionId is null ? one.SubmissionId : default))
            .Select(work => WorkOf([.. work], samples)).ToList();
        var seats = await db.Query<GroupSeat>($"""
            SELECT t.user_id, t.group_id FROM group_seats t
            JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = {plan.AssignmentId}
            WHERE t.tenant_id = {db.Tenant} AND t.course_id = {plan.CourseId}
                AND (t.group_set_id = {plan.ApartGroupSetId?.Value} OR t.group_set_id = a.group_set_id)
            """, ct);
        // Who has left is among no makers, so what they were to write counts for nothing and is given to somebody else too.
        var stands = await db.Query<Stands>($"""
            SELECT r.reviewer_id, r.author_id, r.removed_at IS NOT NULL AS removed, r.kind FROM peer_reviews r
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {plan.AssignmentId} AND (r.removed_at IS NULL OR r.peer_reset_id IS NULL)
            """, ct);
        return new(
            works, seats.GroupBy(one => one.UserId).ToDictionary(one => one.Key, one => one.Select(seat => seat.GroupId).ToArray()),
            [.. stands.Where(one => !one.Removed && one.Kind is not PeerKind.Sample).Select(one => (one.ReviewerId, one.AuthorId))],
            [.. stands.Where(one => one.Removed || one.Kind is PeerKind.Sample).Select(one => (one.ReviewerId, one.AuthorId))]);
    }

    private Task<List<Sample>> Samples(AssignmentId assignment, CancellationToken ct) => db.Query<Sample>($"""
        SELECT w.user_id, w.submission_id FROM calibration_works w
        WHERE w.tenant_id = {db.Tenant} AND w.assignment_id = {assignment} ORDER BY w.added_at, w.user_id
        """, ct);

    // A sample is the attempt its reference was set for, which need not be the newest.
    private static PeerWork WorkOf(List<Made> made, List<Sample> samples)
    {
        UserId[] makers = [.. made.Select(one => one.UserId)];
        return samples.Find(one => makers.Contains(one.UserId)) is { } sample
            ? new(sample.SubmissionId, sample.UserId, makers, IsSample: true)
            : new(made[0].SubmissionId, made[0].UserId, makers);
    }

    /// <summary>Other pairs than before come out of the next handing out.</summary>
    public Task DrawAnew(AssignmentId assignment, CancellationToken ct) => db.Execute($"""
        UPDATE peer_plans SET seed = {NewSeed()}, version = version + 1 WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment}
        """, ct);

    private static long NewSeed() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    private sealed record Made(UserId UserId, SubmissionId SubmissionId, GroupSubmissionId? GroupSubmissionId);

    private sealed record GroupSeat(UserId UserId, long GroupId);

    private sealed record Stands(UserId ReviewerId, UserId AuthorId, bool Removed, PeerKind Kind);

    private sealed record Sample(UserId UserId, SubmissionId SubmissionId);
}
