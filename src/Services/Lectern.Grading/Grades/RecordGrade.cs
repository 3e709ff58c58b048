using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Records what a learner earned on an assignment; nothing that somebody else changed meanwhile is overwritten.</summary>
internal static class RecordGrade
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/grades/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static async Task<Results<Ok<RecordedGrade>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, GradeChange request, RouteScope scope, HttpContext context, GradeRecorder recorder,
        AnonymityStore anonymity, CancellationToken ct)
    {
        request.Version = Etag.Seen(context, request.Version);
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        return await recorder.Record(new CourseId(scope.Id("course")), assignmentId, learner, request, ct);
    }
}
