using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Lets one person grade again while no mark is decided; marks given are lost, said as <c>discard_marks</c>.</summary>
internal static class RemoveMarkingPlan
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/marking-plan", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<GetMarkingPlan.Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, int? version, [FromQuery(Name = "discard_marks")] bool? discard, HttpContext context,
        AssignmentStore assignments, AssignmentEditor editor, MarkingPlanStore plans, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        await plans.Hold(assignmentId, ct);
        await editor.Hold(before.CourseId, ct);
        // Asked twice, it is done once.
        if (await plans.Find(assignmentId, ct) is not { } stands)
            return TypedResults.Ok(await GetMarkingPlan.Read(before.CourseId, before.Assignment, plans, ct));
        if (stands.Version != seen) return Problems.Conflict("Somebody changed how this is marked after you read it.", stands, null);
        if (await plans.IsDecided(assignmentId, ct))
            return new Refusal("marking_decided", "Marks have been decided here, so several people go on to mark this.").ToProblem();
        var given = await plans.Given(assignmentId, ct);
        if (given > 0 && discard is not true)
            return new Refusal("marks_given", $"{given} marks have been given. They are lost with the plan; say that they may be.")
                .ToProblem();
        await plans.Delete(assignmentId, ct);
        var after = (await assignments.Find(assignmentId, ct))!;
        editor.Changed(after, RecalculationCause.PostingChanged, new { marking = (MarkingPlan?)null, discarded_marks = given });
        return TypedResults.Ok(await GetMarkingPlan.Read(before.CourseId, after.Assignment, plans, ct));
    }
}
