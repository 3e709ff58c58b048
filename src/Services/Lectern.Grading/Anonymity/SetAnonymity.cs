using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Anonymity;

/// <summary>Hides from graders whose work they grade; possible until somebody has been graded.</summary>
internal static class SetAnonymity
{
    internal sealed record Request(int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/anonymity", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<AssignmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, HttpContext context, AssignmentStore assignments, AssignmentEditor editor,
        AnonymityStore anonymity, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        await editor.Hold(before.CourseId, ct);
        var state = await anonymity.State(assignmentId, ct);
        // Asked twice, it is done once.
        if (before.Anonymous) return TypedResults.Ok(AssignmentView.ForStaff(before.Assignment, before.Description, 0));
        if (before.GroupSetId is not null) return AssignmentEditor.GroupsHaveNames.ToProblem();
        if (Refused(state) is { } refusal) return refusal.ToProblem();
        if (!await anonymity.Begin(assignmentId, version, ct)) return await editor.Conflict(assignmentId, request, ct);

        var after = (await assignments.Find(assignmentId, ct))!;
        editor.Changed(after, RecalculationCause.AnonymityChanged, new { anonymous = true });
        return TypedResults.Ok(AssignmentView.ForStaff(after.Assignment, after.Description, 0));
    }

    private static Refusal? Refused(AnonymityState? state) => state switch
    {
        { LiftedAt: not null } => new("anonymity_lifted", "Names have been shown here. They cannot be forgotten."),
        { Graded: true } => new("anonymity_too_late", "Somebody has been graded here by name already."),
        _ => null,
    };
}
