using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RegradeRequests;

/// <summary>Lists the grades of a course that learners want to be looked at again, who asked first at the top.</summary>
internal static class ListRegradeRequests
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/regrade-requests", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<RegradeRequestRow>>> Handle(
        CourseId courseId, PageRequest page, RegradeStore requests, CancellationToken ct) => TypedResults.Ok(Page<RegradeRequestRow>.From(
            await requests.Open(courseId, page.AfterId, page.Rows, ct), page,
            row => row.RegradeRequestId.Value.ToString(CultureInfo.InvariantCulture)));
}
