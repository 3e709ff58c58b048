using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Rubrics;
using Lectern.Grading.Grades;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>Puts together one review: the work under the name it has for whoever reads, and what is said of it.</summary>
internal sealed class PeerReader(
    TenantDb db, AssignmentStore assignments, PeerPlanStore plans, SubmissionStore submissions, StoredFiles files, RubricStore rubrics,
    AssessmentReader assessments, AnonymityStore anonymity, GradeStore grades, CalibrationStore calibrations)
{
    /// <param name="staff">A grader reads: by names, unless the assignment is graded without.</param>
    public async Task<PeerReviewView?> Read(PeerReview review, bool staff, CancellationToken ct)
    {
        if (await plans.Find(review.AssignmentId, ct) is not { } plan
            || (await assignments.Find(review.AssignmentId, ct))?.Assignment is not { } assignment
            || await submissions.Find(review.SubmissionId, ct) is not { } work) return null;
        var pseudonyms = staff && assignment.Anonymous ? await anonymity.On(review.AssignmentId, ct) : null;
        var hidden = staff ? assignment.Anonymous : review.Kind is PeerKind.Sample || (plan.HidesAuthors && review.Kind is PeerKind.Peer);
        var names = await grades.NamesOf([review.AuthorId, review.ReviewerId], ct);
        var attached = await files.Find(work.FileIds, ct);
        return new(
            review.PeerReviewId, review.AssignmentId, assignment.Title, review.Kind,
            hidden ? (pseudonyms ?? plan.Authors).NameOf(review.AuthorId) : names.GetValueOrDefault(review.AuthorId),
            staff ? pseudonyms?.NameOf(review.ReviewerId) ?? names.GetValueOrDefault(review.ReviewerId) : null,
            Shown(work, assignment, attached, hidden), await Assessment(review, plan, ct), plan.ByComments, review.Comment,
            plan.ReviewsDueAt, review.SavedAt, review.HandedInAt, review.ClosedBy(plan, db.Now)?.Code,
            staff ? null : await Reference(review, ct), review.Version);
    }

    /// <summary>What a grader says of a work to practise on, for who has said what they think of it.</summary>
    public async Task<CalibrationSaid?> Reference(PeerReview review, CancellationToken ct) =>
        review is { Kind: PeerKind.Sample, HandedInAt: not null }
        && await calibrations.Find(review.AssignmentId, review.AuthorId, ct) is { } work
            ? new(work.Score, AssessmentSheet.Of(work.Assessment), work.Note, null)
            : null;

    /// <summary>What a review says by the rubric as it is now; null where none is asked for.</summary>
    public async Task<AssessmentView?> Assessment(PeerReview review, PeerPlan plan, CancellationToken ct)
    {
        if (!plan.ByRubric || await rubrics.Of(review.AssignmentId, ct) is not { } link) return null;
        var stands = await assessments.Carried(review.Assessment, link.Rubric, 0, ct);
        return await assessments.View(link, stands, 0, ct);
    }

    // How late it is and its receipt are nobody's business but the author's and the grader's.
    private SubmissionView Shown(Submission work, Assignment assignment, IReadOnlyList<FileLink> attached, bool hidden)
    {
        var shown = SubmissionView.Of(work, attached, null, null);
        return shown with
        {
            UserId = default, DueAt = assignment.DueAt, Late = false, SecondsLate = 0,
            Files = hidden ? Pseudonyms.WithoutNames(shown.Files, files) : shown.Files,
            Receipt = shown.Receipt with { Number = string.Empty, Sha256 = string.Empty },
        };
    }
}

/// <summary>One review as its reviewer or a grader reads it.</summary>
/// <param name="AuthorName">What the author is called before whoever reads.</param>
/// <param name="ReviewerName">For graders.</param>
/// <param name="Assessment">By the assignment's rubric; null where only words are asked for.</param>
/// <param name="Reference">Of a work to practise on, once the reviewer has handed in what they say of it.</param>
/// <param name="ClosedBecause">The code of why it cannot be changed; null when it can.</param>
internal sealed record PeerReviewView(
    PeerReviewId PeerReviewId, AssignmentId AssignmentId, string Title, PeerKind Kind, string? AuthorName, string? ReviewerName,
    SubmissionView Work, AssessmentView? Assessment, bool ByComments, string Comment, DateTimeOffset ReviewsDueAt,
    DateTimeOffset? SavedAt, DateTimeOffset? HandedInAt, string? ClosedBecause, CalibrationSaid? Reference, int Version);
