using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Shows a learner what they handed in, what was said of it and, once posted, what it earned.</summary>
internal static class ListMySubmissions
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submissions/mine", Handle)
        .RequirePermission(GradingPermission.ReadOwnSubmissions);

    internal static async Task<Results<Ok<WorkView>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, Actor actor, WorkReader reader, CancellationToken ct) =>
        await reader.Read(new CourseId(scope.Id("course")), assignmentId, actor.Person, own: true, ct) is { } work
            ? TypedResults.Ok(work)
            : TypedResults.NotFound();
}
