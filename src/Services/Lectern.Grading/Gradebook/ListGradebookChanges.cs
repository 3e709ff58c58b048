using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Sends the gradebook's rows that changed after a version; when <c>structure_version</c> differs, read it whole.</summary>
internal static class ListGradebookChanges
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook/changes", Handle)
        .RequirePermission(GradingPermission.ReadGrades)
        .Streams();

    internal static async Task<Results<GradebookJson, ProblemHttpResult>> Handle(
        CourseId courseId, long? since, TenantDb db, GradebookReader reader, CancellationToken ct)
    {
        if (since is not >= 0) return new Refusal("since_required", "Say after which version: ?since=41.", "since").ToProblem();
        return new GradebookJson(await reader.Changes(courseId, since.Value, ct), whole: false, db.Now);
    }
}
