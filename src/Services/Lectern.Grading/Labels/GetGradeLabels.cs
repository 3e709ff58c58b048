using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Labels;

/// <summary>Says what a course calls late and missing work, and which statuses of its own it has.</summary>
internal static class GetGradeLabels
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/grade-labels", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Ok<StoredLabels>> Handle(CourseId courseId, LabelStore labels, CancellationToken ct) =>
        TypedResults.Ok(await labels.Find(courseId, ct));
}
