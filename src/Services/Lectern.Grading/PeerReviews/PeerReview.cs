using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>One learner's review of one piece of work, as far as it has come.</summary>
/// <param name="AuthorId">Of those who made the work the one it is known by.</param>
internal sealed record PeerReview(
    PeerReviewId PeerReviewId, CourseId CourseId, AssignmentId AssignmentId, UserId ReviewerId, UserId AuthorId,
    SubmissionId SubmissionId, PeerKind Kind, Assessment? Assessment, string Comment, DateTimeOffset? SavedAt,
    DateTimeOffset? HandedInAt, DateTimeOffset? RemovedAt, int Version)
{
    public const string Columns = """
        r.peer_review_id, r.course_id, r.assignment_id, r.reviewer_id, r.author_id, r.submission_id, r.kind, r.assessment, r.comment,
        r.saved_at, r.handed_in_at, r.removed_at, r.version
        """;

    /// <summary>Until its due time it can be changed; what was never handed in can be handed in late.</summary>
    public Refusal? ClosedBy(PeerPlan plan, DateTimeOffset now) => this switch
    {
        { RemovedAt: not null } => new(
            "peer_review_removed", "You are no longer asked for this review. What you wrote is kept."),
        { HandedInAt: not null, Kind: PeerKind.Sample } => new(
            "peer_sample_answered", "You have seen the reference of this work, so what you said of it stays."),
        { HandedInAt: not null } when now > plan.ReviewsDueAt => new(
            "peer_review_closed", "The time for reviews is over, and yours is handed in."),
        _ => null,
    };
}

/// <summary>Whether the work is another's, one's own, or one with a reference to practise on.</summary>
internal enum PeerKind { Peer, Self, Sample }

/// <summary>How far a review has come.</summary>
internal enum PeerReviewState { ToDo, Started, HandedIn }

/// <summary>What a review's instants say of it.</summary>
internal static class PeerReviewStates
{
    public static PeerReviewState Of(DateTimeOffset? saved, DateTimeOffset? handedIn) =>
        handedIn is not null ? PeerReviewState.HandedIn : saved is not null ? PeerReviewState.Started : PeerReviewState.ToDo;
}
