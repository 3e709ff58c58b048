using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>Hand out reviews: at the instant that was planned, or because somebody wants it.</summary>
internal sealed record AllocatePeers(AssignmentId AssignmentId, DateTimeOffset? At) : IJob
{
    /// <summary>Somebody waits for it; two for one assignment follow each other.</summary>
    public static JobOptions Options(TenantId tenant, AssignmentId assignment) =>
        new() { Priority = JobPriority.Now, OrderKey = $"peers/{tenant}/{assignment.Value}" };
}

/// <summary>Hands reviews out. Done again, it adds what has come to be missing and leaves the rest as it is.</summary>
internal sealed class AllocatePeersHandler(PeerPlanStore plans, AssignmentStore assignments, PeerAllocator allocator)
    : IJobHandler<AllocatePeers>
{
    public async Task<object?> Run(AllocatePeers job, JobProgress progress, CancellationToken ct)
    {
        if (await plans.Hold(job.AssignmentId, ct) is not { } plan || (job.At is not null && plan.AllocatesAt != job.At)) return null;
        if (await assignments.Find(job.AssignmentId, ct) is not { Assignment.IsPublished: true } found) return null;
        return await allocator.Allocate(plan, found.Assignment, ct);
    }
}

/// <summary>Works out who reviews what, to be looked at or to be done.</summary>
internal sealed class PeerAllocator(TenantDb db, PeerPlanStore plans, PeerNotices notices)
{
    public async Task<AllocationView> Preview(PeerPlan plan, Assignment assignment, CancellationToken ct)
    {
        var pool = await plans.Pool(plan, ct);
        var made = PeerAllocation.Make(pool, plan.ReviewsPerWork, plan.Seed);
        return AllocationView.Of(
            plan, assignment, pool, made, SelfReviews(plan, pool).Count + SampleReviews(pool).Count, db.Now);
    }

    /// <summary>The same, done: all new reviews with one statement. The caller holds the plan.</summary>
    public async Task<AllocationView> Allocate(PeerPlan plan, Assignment assignment, CancellationToken ct)
    {
        var pool = await plans.Pool(plan, ct);
        var made = PeerAllocation.Make(pool, plan.ReviewsPerWork, plan.Seed);
        (PeerPair Pair, PeerKind Kind)[] all =
        [
            .. made.Pairs.Select(pair => (pair, PeerKind.Peer)), .. SelfReviews(plan, pool).Select(pair => (pair, PeerKind.Self)),
            .. SampleReviews(pool).Select(pair => (pair, PeerKind.Sample)),
        ];
        await db.Execute($"""
            INSERT INTO peer_reviews (tenant_id, course_id, assignment_id, reviewer_id, author_id, submission_id, kind, allocated_at)
            SELECT {db.Tenant}, {plan.CourseId}, {plan.AssignmentId}, t.reviewer_id, t.author_id, t.submission_id, t.kind, {db.Now}
            FROM unnest({all.Select(one => one.Pair.ReviewerId).ToArray()}, {all.Select(one => one.Pair.Work.AuthorId).ToArray()},
                {all.Select(one => one.Pair.Work.SubmissionId).ToArray()}, {all.Select(one => one.Kind).ToArray()})
                AS t(reviewer_id, author_id, submission_id, kind)
            ON CONFLICT DO NOTHING
            """, ct);
        await db.Execute($"""
            UPDATE peer_plans SET allocated_at = {db.Now}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {plan.AssignmentId}
            """, ct);
        notices.Asked(plan, all.Select(one => one.Pair.ReviewerId));
        db.Audit(GradingAudit.PeersAllocated, $"assignment:{plan.AssignmentId.Value}", new { added = all.Length });
        return AllocationView.Of(plan, assignment, pool, made, all.Length - made.Pairs.Count, db.Now);
    }

    private static List<PeerPair> SelfReviews(PeerPlan plan, PeerPool pool)
    {
        if (!plan.SelfReview) return [];
        var asked = pool.Standing.Concat(pool.Barred).ToHashSet();
        return [.. from work in pool.Works from maker in work.Makers
            where !work.Makers.Any(author => asked.Contains((maker, author))) select new PeerPair(maker, work)];
    }

    /// <summary>Every work with a reference, for everybody who did not make it.</summary>
    private static List<PeerPair> SampleReviews(PeerPool pool)
    {
        var asked = pool.Standing.Concat(pool.Barred).ToHashSet();
        return [.. from sample in pool.Works where sample.IsSample from work in pool.Works from maker in work.Makers
            where !sample.Makers.Contains(maker) && !asked.Contains((maker, sample.AuthorId)) select new PeerPair(maker, sample)];
    }
}

/// <summary>What handing out would do or did.</summary>
/// <param name="Standing">Reviews that were asked for before.</param>
/// <param name="Added">New ones, with those of one's own work.</param>
/// <param name="PerWork">How many reviews the works get, with those of before.</param>
/// <param name="Findings">What does not come out even, and why.</param>
internal sealed record AllocationView(
    int Works, int Reviewers, int Standing, int Added, LoadRange PerWork, LoadRange PerReviewer, IReadOnlyList<AllocationFinding> Findings)
{
    public static AllocationView Of(
        PeerPlan plan, Assignment assignment, PeerPool pool, AllocatedReviews made, int own, DateTimeOffset now) => new(
        pool.Works.Count, pool.Works.Sum(work => work.Makers.Count), pool.Standing.Count, made.Pairs.Count + own, made.PerWork,
        made.PerReviewer, [.. FindingsOf(plan, assignment, pool, made, now)]);

    private static IEnumerable<AllocationFinding> FindingsOf(
        PeerPlan plan, Assignment assignment, PeerPool pool, AllocatedReviews made, DateTimeOffset now)
    {
        var (works, wanted) = (pool.Works.Count, plan.ReviewsPerWork);
        if (works == 0) yield return new(AllocationIssue.NoWork, 0, "Nobody has handed in yet.");
        else if (works <= wanted)
            yield return new(
                AllocationIssue.TooFewWorks, works, $"{wanted} reviews of each take at least {wanted + 1} works; there are {works}.");
        if (pool.Works.Count(work => work.IsSample) is > 0 and var samples)
            yield return new(AllocationIssue.Samples, samples, $"{samples} works have a reference: all practise on them, as peers nobody.");
        if (made.Short > 0)
            yield return new(AllocationIssue.WorksShort, made.Short, $"{made.Short} works get fewer than {wanted} reviews.");
        if (made.PerReviewer.Most - made.PerReviewer.Fewest > 1)
            yield return new(
                AllocationIssue.UnevenReviewers, made.PerReviewer.Most,
                $"Some review {made.PerReviewer.Fewest} works and some {made.PerReviewer.Most}.");
        if (now <= assignment.DueAt)
            yield return new(AllocationIssue.NotDueYet, 0, "The work is not due yet: who hands in later is added later.");
    }
}

/// <summary>Something that does not come out even.</summary>
internal sealed record AllocationFinding(AllocationIssue Issue, int Count, string Because);

internal enum AllocationIssue { NoWork, TooFewWorks, WorksShort, UnevenReviewers, NotDueYet, Samples }
