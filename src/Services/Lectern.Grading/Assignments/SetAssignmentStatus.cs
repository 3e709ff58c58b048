using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Publishes an assignment, or takes it back to draft while nobody has worked on it.</summary>
internal static class SetAssignmentStatus
{
    internal sealed record Request(AssignmentStatus Status, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/status", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<AssignmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, HttpContext context, AssignmentStore assignments, AssignmentEditor editor,
        CancellationToken ct)
    {
        if (request.Status is AssignmentStatus.Deleted)
            return new Refusal("bad_status", "Use DELETE to remove an assignment.", "status").ToProblem();
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        if (request.Status is AssignmentStatus.Draft && await assignments.HasWork(before.CourseId, assignmentId, ct))
            return new Refusal(
                "assignment_in_use", "Learners have handed in or been graded here, so it can no longer be a draft.", "status").ToProblem();

        await editor.Hold(before.CourseId, ct);
        var publishes = request.Status is AssignmentStatus.Published;
        if (await editor.RefusedQuestions(assignmentId, before.SubmissionTypes, publishes, null, ct) is { } early) return early.ToProblem();
        if (!await assignments.SetStatus(assignmentId, request.Status, version, ct))
            return await editor.Conflict(assignmentId, request, ct);
        var after = before with { Status = request.Status, Version = version + 1 };
        var published = request.Status is AssignmentStatus.Published && before.Status is AssignmentStatus.Draft;
        editor.Changed(after, RecalculationCause.AssignmentStatusChanged, new { status = request.Status }, published);
        return TypedResults.Ok(AssignmentView.ForStaff(after.Assignment, after.Description, 0));
    }
}
