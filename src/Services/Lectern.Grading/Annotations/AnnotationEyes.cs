using Lectern.Contracts.Courses;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.RevisionRequests;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Annotations;

/// <summary>
/// Who may read what graders marked in an attempt, and from when on. Graders always, but of several markers each only their own until
/// all have marked, and of calibration work until they have answered; the learner and who answers for them once the
/// grade this work earned is posted, or the attempt was given back where grades are not posted by hand.
/// </summary>
internal sealed class AnnotationEyes(
    Actor actor, Access access, TenantDb db, GradebookStore gradebooks, RevisionStore revisions, MarkStore marks,
    CalibrationStore calibrations)
{
    /// <summary>Null: of this work the person knows nothing.</summary>
    public async Task<AnnotationSight?> On(Submission work, Scope course, CancellationToken ct)
    {
        if (await access.May(GradingPermission.ReadSubmissions, course, ct))
            return await IsBlind(work, ct) ? AnnotationSight.Own : AnnotationSight.All;
        var own = work.UserId == actor.UserId && await access.May(GradingPermission.ReadOwnSubmissions, course, ct);
        if (!own && !actor.Holds(GradingPermission.ObserveSubmissions, Scope.Of("user", work.UserId.Value))) return null;
        if (!own) db.Audit(GradingAudit.SubmissionsRead, $"submission:{work.SubmissionId.Value}");
        return await IsShown(work, ct) ? AnnotationSight.All : AnnotationSight.None;
    }

    // What others noted would tell what they make of it.
    private async Task<bool> IsBlind(Submission work, CancellationToken ct) =>
        await marks.IsBlind(work.AssignmentId, work.UserId, ct) || await calibrations.IsOpen(work.AssignmentId, work.UserId, ct);

    private async Task<bool> IsShown(Submission work, CancellationToken ct)
    {
        var read = await gradebooks.Read(work.CourseId, [work.UserId], ct);
        if (read.Course?.Find(work.AssignmentId) is not { IsPublished: true } assignment
            || !read.Learners.TryGetValue(work.UserId, out var learner)) return false;
        var grade = learner.GradeOn(work.AssignmentId);
        if (GradebookProjection.IsWithheld(assignment, grade)) return false;
        // A grade speaks of what was there when it was given; a later attempt waits for its own.
        if (grade is { IsRecorded: true, PostedAt: not null } && grade.GradedAt >= work.SubmittedAt) return true;
        return !assignment.PostsManually && await revisions.WasReturned(work.AssignmentId, work.UserId, work.Attempt, ct);
    }
}

/// <summary>Nothing yet, what one marked oneself, or everything.</summary>
internal enum AnnotationSight { None, Own, All }
