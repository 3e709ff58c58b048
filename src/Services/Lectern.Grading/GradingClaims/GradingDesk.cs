using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.CommentDrafts;
using Lectern.Grading.Grades;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.Submissions;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradingClaims;

/// <summary>Lays out one learner's work for a grader: the work, the rubric, and what the grader was writing.</summary>
internal sealed class GradingDesk(WorkReader reader, ClaimStore claims, CommentDraftStore drafts, GradeStore grades,
    AnonymityStore anonymity, MarkStore marks)
{
    public async Task<GradingWork?> LayOut(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct)
    {
        if (await reader.Read(course, assignment, learner, own: false, ct) is not { } work) return null;
        var mark = await marks.Own(assignment, learner, ct);
        return new GradingWork(
            await NameOf(assignment, learner, ct), work, await drafts.Find(assignment, learner, ct),
            await claims.HolderOf(course, assignment, learner, ct), mark);
    }

    private async Task<string> NameOf(AssignmentId assignment, UserId learner, CancellationToken ct)
    {
        if (await anonymity.On(assignment, ct) is { Hidden: true } pseudonyms) return pseudonyms.NameOf(learner);
        return (await grades.NamesOf([learner], ct)).GetValueOrDefault(learner) ?? string.Empty;
    }
}

/// <summary>A piece of work on a grader's desk.</summary>
/// <param name="Draft">What the grader was writing of it.</param>
/// <param name="HeldBy">Another grader who is at it now.</param>
/// <param name="Mark">The grader's own mark, where several mark this work and it was given to the grader.</param>
internal sealed record GradingWork(string Name, WorkView Work, CommentDraft? Draft, ClaimHolder? HeldBy, OwnMark? Mark);
