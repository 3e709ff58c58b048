using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Rubrics;

/// <summary>Says by which of the course's rubrics an assignment is assessed, and whether the total is the score.</summary>
internal static class SetAssignmentRubric
{
    internal sealed record Request(RubricId RubricId, bool TotalIsScore, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/rubric", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<AssignmentRubric>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, HttpContext context, TenantDb db, RubricStore rubrics,
        CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        var listed = await rubrics.List(new CourseId(scope.Id("course")), ct);
        if (listed.All(rubric => rubric.RubricId != request.RubricId))
            return new Refusal("unknown_rubric", "This course has no such rubric.", "rubric_id").ToProblem();
        if (!await rubrics.Attach(assignmentId, request.RubricId, request.TotalIsScore, seen, ct))
            return Problems.Conflict(
                "Somebody changed this assignment's rubric after you read it.", await rubrics.Of(assignmentId, ct), request);
        db.Audit(GradingAudit.RubricChanged, $"assignment:{assignmentId.Value}", request);
        return TypedResults.Ok((await rubrics.Of(assignmentId, ct))!);
    }
}
