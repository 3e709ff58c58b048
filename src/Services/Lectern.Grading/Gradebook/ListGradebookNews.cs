using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Shows a grader what others have changed since they last looked, or since <c>?since=</c>: from what, to what, by whom.</summary>
internal static class ListGradebookNews
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook/news", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<GradebookNews>> Handle(
        CourseId courseId, DateTimeOffset? since, TenantDb db, LookStore looks, CancellationToken ct)
    {
        var from = since ?? await looks.Last(courseId, ct);
        db.Audit(GradingAudit.GradebookRead, $"course:{courseId.Value}", new { news_since = from });
        var news = from is { } instant ? await looks.News(courseId, instant, ct) : new GradebookNews(null, [], false, []);
        return TypedResults.Ok(news with { Check = await looks.LastCheck(courseId, ct) });
    }
}
