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
    private static readonly Refusal FirstRefused = new(
        "first_out_of_range", $"Ask for the first 1 to {GradebookReader.RowsAtOnce} learners of the gradebook as it is now.", "first");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook", Handle)
        .RequirePermission(GradingPermission.ReadGrades)
        .Streams();

    internal static async Task<Results<GradebookJson, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        CourseId courseId, [FromQuery(Name = "as_of")] DateTimeOffset? asOf, int? first, HttpContext context, TenantDb db,
        GradebookReader reader, GradebookPast past, CancellationToken ct)
    {
        if (first is < 1 or > GradebookReader.RowsAtOnce || (first is not null && asOf is not null)) return FirstRefused.ToProblem();
        if (PastInstant.Refusal(asOf, db.Now) is { } refusal) return refusal.ToProblem();
        if (PastInstant.Of(asOf, db.Now) is { } instant) return await past.Read(courseId, instant, ct);
        if (context.Request.Headers.IfNoneMatch.Count > 0 && await reader.Stamp(courseId, ct) is { } stamp
            && Etag.IsCurrent(context, stamp.Etag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        // A screen of a very large course shows its first learners before the others have come.
        var page = first is { } few ? await reader.First(courseId, few, ct) : await reader.Read(courseId, ct);
        return new GradebookJson(page, whole: true, db.Now);
    }
}
