using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Sends a course's whole gradebook, columnar; an unchanged one costs one row and a 304.</summary>
internal static class GetGradebook
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook", Handle)
        .RequirePermission(GradingPermission.ReadGrades)
        .Streams();

    internal static async Task<Results<GradebookJson, StatusCodeHttpResult>> Handle(
        CourseId courseId, HttpContext context, TenantDb db, GradebookReader reader, CancellationToken ct)
    {
        if (context.Request.Headers.IfNoneMatch.Count > 0 && await reader.Stamp(courseId, ct) is { } stamp
            && Etag.IsCurrent(context, stamp.Etag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var page = await reader.Read(courseId, ct);
        return new GradebookJson(page, (after, stop) => reader.After(courseId, after, stop), whole: true, db.Now);
    }
}
