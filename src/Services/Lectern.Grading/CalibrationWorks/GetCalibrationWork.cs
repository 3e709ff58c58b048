using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Lays out one piece of the calibration set; who may choose the set sees any work that was handed in.</summary>
internal static class GetCalibrationWork
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/calibration-works/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<CalibrationPiece>, NotFound>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, Access access, CalibrationDesk desk, AnonymityStore anonymity,
        CancellationToken ct)
    {
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        var mayChoose = await access.May(GradingPermission.Moderate, scope.Scope, ct);
        return await desk.LayOut(new CourseId(scope.Id("course")), assignmentId, learner, mayChoose, ct) is { } piece
            ? TypedResults.Ok(piece)
            : TypedResults.NotFound();
    }
}
