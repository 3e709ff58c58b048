using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Sends a course's whole gradebook, columnar; unchanged, it costs one row and a 304. <c>?as_of=</c> sends it as it was.</summary>
internal static class GetGradebook
{
    /// <summary>A page's clock may be so much ahead of ours and still mean now.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook", Handle)
        .RequirePermission(GradingPermission.ReadGrades)
        .Streams();

    internal static async Task<Results<GradebookJson, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        CourseId courseId, [FromQuery(Name = "as_of")] DateTimeOffset? asOf, HttpContext context, TenantDb db, GradebookReader reader,
        GradebookPast past, CancellationToken ct)
    {
        if (asOf > db.Now + Ahead) return new Refusal("as_of_in_future", "Nobody knows yet how it will be then.", "as_of").ToProblem();
        if (asOf is { } instant) return await past.Read(courseId, instant < db.Now ? instant : db.Now, ct);
        if (context.Request.Headers.IfNoneMatch.Count > 0 && await reader.Stamp(courseId, ct) is { } stamp
            && Etag.IsCurrent(context, stamp.Etag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return new GradebookJson(await reader.Read(courseId, ct), whole: true, db.Now);
    }
}
