using Lectern.Platform.Access;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Postings;

/// <summary>Says when learners see grades of an assignment: as they are entered, from an instant on, or once somebody posts them.</summary>
internal static class ReplacePostingPolicy
{
    internal sealed record Request(bool PostsManually, DateTimeOffset? PostsAt, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/posting-policy", Handle)
        .RequirePermission(GradingPermission.PostGrades);

    internal static async Task<Results<Ok<AssignmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, Access access, HttpContext context, TenantDb db,
        AssignmentStore assignments, AssignmentEditor editor, PostingStore postings, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (Refused(request, db.Now) is { } refusal) return refusal.ToProblem();
        if (await assignments.Find(assignmentId, ct) is { Anonymous: true })
        {
            if (!request.PostsManually) return ByHand.ToProblem();
            if (request.PostsAt is not null && !await access.May(GradingPermission.LiftAnonymity, scope.Scope, ct))
                return Problems.Forbidden("Posting would show whose work was graded, and you may not lift anonymity.");
        }

        if (!request.PostsManually && await assignments.Find(assignmentId, ct) is { SeveralMarkers: true }) return ByHand.ToProblem();
        var policy = new PostingPolicy(request.PostsManually, Whole(request.PostsAt));
        await editor.Hold(new CourseId(scope.Id("course")), ct);
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        if (!await postings.ChangePolicy(assignmentId, policy, version, ct)) return await editor.Conflict(assignmentId, request, ct);

        var after = before with { PostsManually = policy.PostsManually, PostsAt = policy.PostsAt, Version = version + 1 };
        // One set for another instant finds at its own that it is no longer meant.
        if (policy.PostsAt is { } at)
            db.Enqueue(new PostOnSchedule(before.CourseId, assignmentId, at), new JobOptions { Priority = JobPriority.Soon, RunAt = at });
        // Where no grade waits any more, neither do remarks; told like after a posting, when whoever set it may have thought again.
        if (!policy.PostsManually && before.PostsManually)
            db.Enqueue(new TellRemarks(assignmentId), new JobOptions { RunAt = db.Now + Posting.UndoFor });
        editor.Changed(after, RecalculationCause.PostingChanged, new { posting_policy = policy });
        return TypedResults.Ok(AssignmentView.ForStaff(after.Assignment, after.Description, 0));
    }

    /// <summary>A grade shown as it is entered would tell whose it is.</summary>
    public static Refusal ByHand => new(
        "marking_posts_by_hand", "While names are hidden or several people mark, grades wait until somebody posts them.", "posts_manually");

    private static Refusal? Refused(Request request, DateTimeOffset now) => request switch
    {
        { PostsManually: false, PostsAt: not null } => new(
            "posts_at_without_manual", "Grades that show as they are entered have no instant to wait for.", "posts_at"),
        { PostsAt: { } at } when Whole(at) <= now => new("posts_at_passed", "Choose a moment to come.", "posts_at"),
        { PostsAt: { } at } when at > now.AddYears(10) => new("posts_at_too_far", "Choose a moment within ten years.", "posts_at"),
        _ => null,
    };

    // As the database keeps it, or the job would not know its own instant again.
    private static DateTimeOffset? Whole(DateTimeOffset? at) => at is { } instant
        ? new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
        : null;
}
