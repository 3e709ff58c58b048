using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Removes an assignment from its course. Work and grades stay in the record; its slot is never used again.</summary>
internal static class DeleteAssignment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, int? version, HttpContext context, AssignmentStore assignments, AssignmentEditor editor,
        CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        await editor.Hold(before.CourseId, ct);
        if (!await assignments.SetStatus(assignmentId, AssignmentStatus.Deleted, seen, ct))
            return await editor.Conflict(assignmentId, new { deleted = true }, ct);
        editor.Changed(before, RecalculationCause.AssignmentDeleted, new { deleted = before.Title });
        return TypedResults.NoContent();
    }
}
