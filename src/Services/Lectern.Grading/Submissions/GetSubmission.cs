using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Shows one learner's work by one of its attempts, with all attempts, remarks and the grade.</summary>
internal static class GetSubmission
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/submissions/{submissionId}", Handle)
        .RequirePermission(GradingPermission.ViewSubmission);

    internal static async Task<Results<Ok<WorkView>, NotFound>> Handle(
        SubmissionId submissionId, RouteScope scope, Actor actor, Access access, TenantDb db, SubmissionStore submissions,
        WorkReader reader,
        CancellationToken ct)
    {
        if (await submissions.Find(submissionId, ct) is not { } asked) return TypedResults.NotFound();
        var own = asked.UserId == actor.UserId;
        if (!own && !await access.May(GradingPermission.ReadSubmissions, scope.Scope, ct)) return TypedResults.NotFound();
        if (await reader.Read(new CourseId(scope.Id("course")), asked.AssignmentId, asked.UserId, own, ct) is not { } work)
            return TypedResults.NotFound();
        if (!own) db.Audit(GradingAudit.SubmissionsRead, $"submission:{submissionId.Value}");
        return TypedResults.Ok(work);
    }
}
