using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Shows how a course's grades are worked out.</summary>
internal static class GetGradingPolicy
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/grading-policy", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Ok<StoredRules>> Handle(CourseId courseId, PolicyStore policies, CancellationToken ct) =>
        TypedResults.Ok(await policies.Current(courseId, ct) ?? new StoredRules(GradingRules.Default, 1));
}
