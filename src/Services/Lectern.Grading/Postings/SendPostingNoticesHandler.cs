using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.Postings;

/// <summary>
/// Tells learners of the grades a posting showed them, once it can no longer be undone. Who no longer sees what it showed is not told:
/// hiding cancels.
/// </summary>
internal sealed class SendPostingNoticesHandler(TenantDb db, PostingStore postings, CommentStore comments) : IJobHandler<SendPostingNotices>
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
        // Those who read remarks without a grade are told of them last.
        else db.Enqueue(new TellRemarks(posting.AssignmentId));
        var told = learners.FindAll(learner => learner.Sees);
        var remarks = await comments.LetGo(posting.AssignmentId, [.. told.Select(learner => learner.UserId)], int.MaxValue, ct);
        var remarked = remarks.Select(remark => remark.UserId).ToHashSet();
        db.RaiseAll(told.ConvertAll(learner => new GradeRecorded(
            posting.AssignmentId, posting.CourseId, learner.UserId, learner.Score, Posted: true, remarked.Contains(learner.UserId))));
        return new { told = told.Count };
    }
}
