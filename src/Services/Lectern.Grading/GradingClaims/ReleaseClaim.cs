using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Grades;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradingClaims;

/// <summary>Gives work back to the queue; with <c>?skip=true</c> it comes after all that nobody has passed over.</summary>
internal static class ReleaseClaim
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/grading-claims/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<NoContent> Handle(
        AssignmentId assignmentId, UserId learnerId, bool? skip, RouteScope scope, ClaimStore claims, AnonymityStore anonymity,
        MarkStore marks, CancellationToken ct)
    {
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NoContent();
        await claims.Release(new CourseId(scope.Id("course")), assignmentId, learner, skip is true, ct);
        if (skip is true) await marks.Skip(assignmentId, learner, ct);
        return TypedResults.NoContent();
    }
}
