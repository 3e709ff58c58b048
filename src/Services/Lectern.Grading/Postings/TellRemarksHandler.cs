using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.Postings;

/// <summary>Tells learners of remarks that waited and that they may read by now, where no notice of a grade told them.</summary>
internal sealed class TellRemarksHandler(TenantDb db, CommentStore comments) : IJobHandler<TellRemarks>
{
    private const int RemarksAtOnce = 500;

    public async Task<object?> Run(TellRemarks job, JobProgress progress, CancellationToken ct)
    {
        var remarks = await comments.LetGo(job.AssignmentId, null, RemarksAtOnce, ct);
        if (remarks.Count == RemarksAtOnce) db.Enqueue(job);
        var told = remarks.Where(remark => remark.AuthorId is not null).Distinct().ToList();
        db.RaiseAll(told.ConvertAll(remark => new FeedbackGiven(
            job.AssignmentId, remark.CourseId, remark.UserId, remark.AuthorId!.Value)));
        return new { told = told.Count };
    }
}

/// <summary>Tell learners of what graders said before they could see it.</summary>
internal sealed record TellRemarks(AssignmentId AssignmentId) : IJob;
