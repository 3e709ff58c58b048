using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Changes a grade that exists, by its number.</summary>
internal static class ChangeGrade
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/grades/{gradeId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static async Task<Results<Ok<RecordedGrade>, NotFound, ProblemHttpResult>> Handle(
        GradeId gradeId, GradeChange request, RouteScope scope, HttpContext context, GradeStore grades, GradeRecorder recorder,
        CancellationToken ct)
    {
        request.Version = Etag.Seen(context, request.Version);
        if (await grades.Place(gradeId, ct) is not { } place) return TypedResults.NotFound();
        return await recorder.Record(new CourseId(scope.Id("course")), place.AssignmentId, place.UserId, request, ct);
    }
}
