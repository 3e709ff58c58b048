using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Remembers that a grader has seen a course's gradebook as it is now; what others change from now on is news.</summary>
internal static class RecordLook
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/gradebook/look", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<NoContent> Handle(CourseId courseId, LookStore looks, CancellationToken ct)
    {
        await looks.Record(courseId, ct);
        return TypedResults.NoContent();
    }
}
