using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>Tell learners that they still owe reviews that are due at this instant, or that they can read those of their work.</summary>
internal sealed record TellPeers(AssignmentId AssignmentId, PeerNotice Notice, DateTimeOffset DueAt) : IJob;

/// <summary>What a learner is told once of an assignment.</summary>
internal enum PeerNotice { Due, Shown }

/// <summary>Tells learners what concerns them, unless reviews are due at another time by now.</summary>
internal sealed class TellPeersHandler(PeerPlanStore plans, AssignmentStore assignments, PeerNotices notices) : IJobHandler<TellPeers>
{
    public async Task<object?> Run(TellPeers job, JobProgress progress, CancellationToken ct)
    {
        if (await plans.Find(job.AssignmentId, ct) is not { } plan || PeerNotices.Instant(plan.ReviewsDueAt) != job.DueAt) return null;
        if (await assignments.Find(job.AssignmentId, ct) is not { Assignment.IsPublished: true }) return null;
        return new
        {
            told = job.Notice is PeerNotice.Due ? await notices.StillDue(plan, ct) : await notices.Shown(plan, null, ct),
        };
    }
}

/// <summary>What learners hear of reviews: that they are asked for, that they are due soon, that those of their work can be read.</summary>
internal sealed class PeerNotices(TenantDb db)
{
    /// <summary>How long before reviews are due somebody who owes some is told again.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>As a job and the database both keep it.</summary>
    public static DateTimeOffset Instant(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>Plans what is told at instants; one planned for another due time finds at its own that it is no longer meant.</summary>
    public void Schedule(AssignmentId assignment, DateTimeOffset due)
    {
        var at = Instant(due);
        if (at - Before > db.Now)
            db.Enqueue(new TellPeers(assignment, PeerNotice.Due, at), new JobOptions { Priority = JobPriority.Soon, RunAt = at - Before });
        // The due instant itself belongs to those who write.
        db.Enqueue(
            new TellPeers(assignment, PeerNotice.Shown, at),
            new JobOptions { Priority = JobPriority.Soon, RunAt = at + TimeSpan.FromSeconds(2) });
    }

    public void Asked(PeerPlan plan, IEnumerable<UserId> reviewers) => db.RaiseAll(
        [.. reviewers.Distinct().Chunk(PeerReviewsAsked.Most).Select(some =>
            new PeerReviewsAsked(plan.AssignmentId, plan.CourseId, some, plan.ReviewsDueAt, Again: false))]);

    /// <summary>Tells who still owes reviews, and was not told so before.</summary>
    public async Task<int> StillDue(PeerPlan plan, CancellationToken ct)
    {
        var told = await db.Query<UserId>($"""
            INSERT INTO peer_notices (tenant_id, assignment_id, user_id, notice, told_at)
            SELECT DISTINCT r.tenant_id, r.assignment_id, r.reviewer_id, {PeerNotice.Due}, {db.Now} FROM peer_reviews r
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {plan.AssignmentId} AND r.removed_at IS NULL
                AND r.handed_in_at IS NULL AND {Learns(plan, "r.reviewer_id")}
            ON CONFLICT DO NOTHING RETURNING user_id
            """, ct);
        db.RaiseAll([.. told.Chunk(PeerReviewsAsked.Most).Select(some =>
            new PeerReviewsAsked(plan.AssignmentId, plan.CourseId, some, plan.ReviewsDueAt, Again: true))]);
        return told.Count;
    }

    /// <summary>Whether reviews can be read of whoever owes none and, where that is waited for, has a posted grade.</summary>
    public bool MayShow(PeerPlan plan) => plan.Feedback is PeerFeedback.WhenPosted || db.Now > plan.ReviewsDueAt;

    /// <summary>Tells authors whose reviews can be read now, and who were not told so before.</summary>
    /// <param name="makers">Only of the work of these, and of who made it with them; null: of all.</param>
    public async Task<int> Shown(PeerPlan plan, UserId[]? makers, CancellationToken ct)
    {
        if (!MayShow(plan)) return 0;
        var told = await db.Query<UserId>($"""
            INSERT INTO peer_notices (tenant_id, assignment_id, user_id, notice, told_at)
            SELECT DISTINCT r.tenant_id, r.assignment_id, u.user_id, {PeerNotice.Shown}, {db.Now} FROM peer_reviews r
            JOIN submissions w ON w.tenant_id = r.tenant_id AND w.submission_id = r.submission_id
            CROSS JOIN LATERAL (
                SELECT w.user_id UNION SELECT o.user_id FROM submissions o
                WHERE o.tenant_id = w.tenant_id AND o.group_submission_id = w.group_submission_id) u
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {plan.AssignmentId} AND r.kind = 'peer' AND r.removed_at IS NULL
                AND r.handed_in_at IS NOT NULL AND {Learns(plan, "u.user_id")}
                {Sql.When(makers is not null, OfMakers(plan, makers ?? []))}
                AND (NOT {plan.ReviewsFirst} OR NOT EXISTS (
                    SELECT 1 FROM peer_reviews o
                    WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = {plan.AssignmentId} AND o.reviewer_id = u.user_id
                        AND o.removed_at IS NULL AND o.handed_in_at IS NULL))
                AND ({plan.Feedback is PeerFeedback.WhenDue} OR EXISTS (
                    SELECT 1 FROM grades g
                    WHERE g.tenant_id = {db.Tenant} AND g.course_id = {plan.CourseId} AND g.user_id = u.user_id
                        AND g.assignment_id = {plan.AssignmentId} AND g.posted_at IS NOT NULL))
            ON CONFLICT DO NOTHING RETURNING user_id
            """, ct);
        db.RaiseAll([.. told.Chunk(PeerReviewsAsked.Most).Select(some =>
            new PeerReviewsShown(plan.AssignmentId, plan.CourseId, some))]);
        return told.Count;
    }

    /// <summary>By the keys of their work, so that one hand-in does not read a whole class.</summary>
    private Sql OfMakers(PeerPlan plan, UserId[] makers) => $"""
        AND r.author_id IN (
            SELECT m.user_id FROM unnest({makers}) AS m(user_id)
            UNION SELECT o.user_id FROM submissions o WHERE o.tenant_id = {db.Tenant} AND o.group_submission_id IN (
                SELECT s.group_submission_id FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {plan.CourseId} AND s.user_id = ANY ({makers})
                    AND s.assignment_id = {plan.AssignmentId}))
        """;

    private Sql Learns(PeerPlan plan, string user) => $"""
        EXISTS (SELECT 1 FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {plan.CourseId} AND m.user_id = {Sql.Raw(user)} AND m.role = 'learner'
                AND m.state = 'active')
        """;
}
