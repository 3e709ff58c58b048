using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradePoints;

/// <summary>Shows the person who asks their grade point averages, of all courses and by term, with how each follows.</summary>
internal static class GetMyGradePoints
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/grade-points/mine", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerGradePoints>, NotFound>> Handle(
        Actor actor, GradePointReader reader, CancellationToken ct) =>
        await reader.Read(actor.Person, own: true, ct) is { } read ? TypedResults.Ok(read.Averages()) : TypedResults.NotFound();
}
