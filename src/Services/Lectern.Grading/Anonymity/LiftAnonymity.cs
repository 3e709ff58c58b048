using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Anonymity;

/// <summary>Shows graders whose work they grade from now on, for a reason that is kept; it is not to be undone.</summary>
internal static class LiftAnonymity
{
    internal sealed record Request(string? Reason, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/anonymity-lifts", Handle)
        .RequirePermission(GradingPermission.LiftAnonymity);

    internal static async Task<Results<Ok<AssignmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, HttpContext context, Actor actor, TenantDb db, AssignmentStore assignments,
        AssignmentEditor editor, AnonymityStore anonymity, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
            return new Refusal("reason_required", "Say why names are to be shown.", "reason").ToProblem();
        if (request.Reason.Length > 500) return new Refusal("too_long", "A reason can have at most 500 characters.", "reason").ToProblem();
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        await editor.Hold(before.CourseId, ct);
        var state = await anonymity.State(assignmentId, ct);
        if (state is not { Began: true }) return new Refusal("not_anonymous", "Names are not hidden here.").ToProblem();
        if (state.LiftedAt is null)
        {
            if (!await anonymity.Lift(assignmentId, version, actor.UserId, ct)) return await editor.Conflict(assignmentId, request, ct);
            db.Audit(GradingAudit.AnonymityLifted, $"assignment:{assignmentId.Value}", new { reason = request.Reason.Trim() });
            db.Raise(new AnonymityLifted(assignmentId, before.CourseId));
        }

        var after = (await assignments.Find(assignmentId, ct))!;
        if (state.LiftedAt is null) editor.Changed(after, RecalculationCause.AnonymityChanged, new { anonymous = false });
        return TypedResults.Ok(AssignmentView.ForStaff(after.Assignment, after.Description, 0));
    }
}
