using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.Postings;

/// <summary>
/// Tells learners of the grades a posting showed them, once it can no longer be undone. Who no longer sees what it showed is not told:
/// hiding cancels.
/// </summary>
internal sealed class SendPostingNoticesHandler(TenantDb db, PostingStore postings) : IJobHandler<SendPostingNotices>
{
    private const int LearnersAtOnce = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<object?> Run(SendPostingNotices job, JobProgress progress, CancellationToken ct)
    {
        if (await postings.Hold(job.PostingId, ct) is not { UndoneAt: null } posting) return null;
        if (posting.FinishedAt is null)
        {
            db.Enqueue(job, new JobOptions { RunAt = db.Now + Patience });
            return null;
        }

        var learners = await postings.ToTell(posting, job.After, LearnersAtOnce, ct);
        if (learners.Count == LearnersAtOnce) db.Enqueue(job with { After = learners[^1].UserId });
        var told = learners.FindAll(learner => learner.Sees);
        db.RaiseAll(told.ConvertAll(
            learner => new GradeRecorded(posting.AssignmentId, posting.CourseId, learner.UserId, learner.Score, Posted: true)));
        return new { told = told.Count };
    }
}
