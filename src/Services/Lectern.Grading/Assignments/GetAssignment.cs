using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Shows one assignment; a learner sees it with their own dates and standing.</summary>
internal static class GetAssignment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Results<Ok<AssignmentView>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, HttpContext context, AssignmentReader reader, CancellationToken ct)
    {
        if (await reader.Get(scope.Scope, assignmentId, ct) is not { } shown) return TypedResults.NotFound();
        context.Response.Headers.ETag = Etag.Of(shown.Version);
        return TypedResults.Ok(shown);
    }
}
