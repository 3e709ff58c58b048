using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Postings;

/// <summary>One time that grades of an assignment were shown to learners, or hidden from them.</summary>
/// <param name="OnlyGraded">Whoever was not graded yet was left out.</param>
/// <param name="SectionIds">None: everybody.</param>
/// <param name="NoticesAt">Until then it can be undone; then learners are told.</param>
/// <param name="FinishedAt">Null while jobs are still at it.</param>
/// <param name="PostedManually">How grades were shown before it, with the next parameter: what an undo goes back to.</param>
/// <param name="WouldPostAt">The instant they were to be shown at; null when there was none.</param>
internal sealed record Posting(
    PostingId PostingId, CourseId CourseId, AssignmentId AssignmentId, PostingKind Kind, bool OnlyGraded, SectionId[] SectionIds,
    UserId? ActorId, string? ActorName, DateTimeOffset At, int Grades, DateTimeOffset NoticesAt, DateTimeOffset? FinishedAt,
    DateTimeOffset? UndoneAt, bool PostedManually, DateTimeOffset? WouldPostAt, int Version)
{
    /// <summary>How long a posting can be undone as if it had not been.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromMinutes(10);

    public const string Columns = """
        p.posting_id, p.course_id, p.assignment_id, p.kind, p.only_graded, p.section_ids, p.actor_id,
        (SELECT o.name FROM people o WHERE o.tenant_id = p.tenant_id AND o.user_id = p.actor_id) AS actor_name, p.at, p.grades,
        p.notices_at, p.finished_at, p.undone_at, p.posted_manually, p.would_post_at, p.version
        """;

    /// <summary>What stands in the grades it changed.</summary>
    public DateTimeOffset? Sets => Kind is PostingKind.Post ? At : null;

    /// <summary>
    /// How grades are shown from then on. Hiding covers grades yet to come; showing everybody theirs does so too. Otherwise as before.
    /// </summary>
    public PostingPolicy PolicyAfter => this switch
    {
        { Kind: PostingKind.Hide } => PolicyBefore with { PostsManually = true },
        { OnlyGraded: false, SectionIds: [] } => new(false, null),
        _ => PolicyBefore,
    };

    public PostingPolicy PolicyBefore => new(PostedManually, WouldPostAt);

    /// <summary>Why it cannot be undone any more; null when it can.</summary>
    public Refusal? RefusesUndo(DateTimeOffset now) => this switch
    {
        { UndoneAt: not null } => new("posting_undone", "This has been undone already."),
        _ when now < NoticesAt => null,
        { Kind: PostingKind.Post } => new(
            "posting_final", "Ten minutes have passed and learners have been told. Hide the grades if they are not to be seen."),
        _ => new("posting_final", "Ten minutes have passed. Post the grades to show them again."),
    };
}

internal enum PostingKind { Post, Hide }

/// <summary>When learners see a grade: as it is entered; from an instant on; or once somebody posts it.</summary>
internal sealed record PostingPolicy(bool PostsManually, DateTimeOffset? PostsAt);

/// <summary>Whom grades are shown to, or hidden from.</summary>
internal sealed record PostingAudience(PostingKind Kind, bool OnlyGraded, SectionId[] SectionIds);
