using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;

namespace Lectern.Grading.PeerReviews;

/// <summary>How learners review each other's work on an assignment.</summary>
internal sealed record PeerPlan(
    AssignmentId AssignmentId, CourseId CourseId, int ReviewsPerWork, DateTimeOffset? AllocatesAt, DateTimeOffset ReviewsDueAt,
    bool ByRubric, bool ByComments, PeerNames Names, bool SelfReview, GroupSetId? ApartGroupSetId, PeerFeedback Feedback,
    bool ReviewsFirst, bool Calibrates, long Seed, byte[] Key, DateTimeOffset? AllocatedAt, int Version)
{
    public const string Columns = """
        p.assignment_id, p.course_id, p.reviews_per_work, p.allocates_at, p.reviews_due_at, p.by_rubric, p.by_comments, p.names,
        p.self_review, p.apart_group_set_id, p.feedback, p.reviews_first, p.calibrates, p.seed, p.key, p.allocated_at, p.version
        """;

    /// <summary>Whether a reviewer is not to see whose work it is.</summary>
    public bool HidesAuthors => Names is PeerNames.AuthorHidden or PeerNames.BothHidden;

    /// <summary>Whether an author is not to see who wrote the review.</summary>
    public bool HidesReviewers => Names is PeerNames.ReviewerHidden or PeerNames.BothHidden;

    /// <summary>
    /// What authors are called before reviewers, and reviewers before authors: two names for each, or whoever is reviewed by somebody
    /// whose work they review would know it.
    /// </summary>
    public Pseudonyms Authors => Under("author");

    public Pseudonyms Reviewers => Under("reviewer");

    private Pseudonyms Under(string role) =>
        new(System.Security.Cryptography.HMACSHA256.HashData(Key, System.Text.Encoding.UTF8.GetBytes(role)), hidden: true);
}

/// <summary>Whose names learners see of each other.</summary>
internal enum PeerNames { Shown, ReviewerHidden, AuthorHidden, BothHidden }

/// <summary>When authors see what was said of their work.</summary>
internal enum PeerFeedback { WhenDue, WhenPosted }

/// <summary>A plan as it is sent; without what order and pseudonyms come from.</summary>
/// <param name="Calibrates">Reviewers first review the works that have a reference.</param>
/// <param name="AllocatedAt">When reviews were last handed out.</param>
internal sealed record PeerPlanView(
    AssignmentId AssignmentId, int ReviewsPerWork, DateTimeOffset? AllocatesAt, DateTimeOffset ReviewsDueAt, bool ByRubric,
    bool ByComments, PeerNames Names, bool SelfReview, GroupSetId? ApartGroupSetId, PeerFeedback Feedback, bool ReviewsFirst,
    bool Calibrates, DateTimeOffset? AllocatedAt, int Version)
{
    public static PeerPlanView Of(PeerPlan p) => new(
        p.AssignmentId, p.ReviewsPerWork, p.AllocatesAt, p.ReviewsDueAt, p.ByRubric, p.ByComments, p.Names, p.SelfReview,
        p.ApartGroupSetId, p.Feedback, p.ReviewsFirst, p.Calibrates, p.AllocatedAt, p.Version);
}

/// <summary>A plan as it is wanted.</summary>
internal sealed record PeerPlanFields
{
    public const int MostPerWork = 10;

    public int ReviewsPerWork { get; init; } = 3;

    /// <summary>Left out: somebody starts it.</summary>
    public DateTimeOffset? AllocatesAt { get; init; }

    public DateTimeOffset? ReviewsDueAt { get; init; }

    public bool ByRubric { get; init; }

    public bool ByComments { get; init; } = true;

    public PeerNames Names { get; init; } = PeerNames.BothHidden;

    public bool SelfReview { get; init; }

    public GroupSetId? ApartGroupSetId { get; init; }

    public PeerFeedback Feedback { get; init; }

    public bool ReviewsFirst { get; init; }

    /// <summary>Reviewers first review the works of the calibration set, and see the reference once they have.</summary>
    public bool Calibrates { get; init; }

    /// <summary>The version of the plan that was seen; 0 where there was none.</summary>
    public int? Version { get; init; }

    /// <summary>As the database keeps it, or a job would not know its own instant again.</summary>
    [JsonIgnore]
    public DateTimeOffset? Allocates => AllocatesAt is { } at
        ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
        : null;

    public Refusal? RefusedBy(Assignment assignment, PeerPlan? before, DateTimeOffset now) => this switch
    {
        _ when !assignment.HandedInOnline => new("not_handed_in_online", "Only work that is handed in here can be reviewed here."),
        { ReviewsPerWork: < 1 or > MostPerWork } => new(
            "peer_reviews_out_of_range", $"Between 1 and {MostPerWork} reviews of each work.", "reviews_per_work"),
        { ByRubric: false, ByComments: false } => new(
            "peer_nothing_asked", "Ask for the rubric, for comments, or for both.", "by_comments"),
        { Calibrates: true, ByRubric: false } => new(
            "peer_calibration_by_rubric", "Nearness to a reference is measured by the rubric. Ask for it too.", "calibrates"),
        { ReviewsDueAt: null } => new("peer_due_required", "Say until when reviews are to be written.", "reviews_due_at"),
        { Allocates: { } at } when at < assignment.DueAt => new(
            "peer_allocates_before_due", "Reviews can be handed out once the work is due.", "allocates_at"),
        { Allocates: { } at } when at <= now && at != before?.AllocatesAt => new(
            "peer_allocates_passed", "Choose a moment to come, or hand reviews out by hand.", "allocates_at"),
        { ReviewsDueAt: { } due } when due <= (Allocates ?? assignment.DueAt) || (before is null && due <= now) => new(
            "peer_due_too_early", "Leave time for writing between handing reviews out and their due time.", "reviews_due_at"),
        _ => null,
    };

    /// <summary>What somebody wrote under the promise that it has no name stays so.</summary>
    public Refusal? BreaksPromise(PeerPlan before) =>
        (before.HidesReviewers && Names is PeerNames.Shown or PeerNames.AuthorHidden)
        || (before.HidesAuthors && Names is PeerNames.Shown or PeerNames.ReviewerHidden)
            ? new("peer_names_promised", "Reviews were handed out without these names. They stay hidden.", "names")
            : null;
}
