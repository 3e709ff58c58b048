using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Says whether an assignment's work is compared with other work; what was handed in already is compared too.</summary>
internal static class ReplaceSimilarityPolicy
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/similarity-policy", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<SimilarityPolicy>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, SimilarityPolicyFields request, RouteScope scope, HttpContext context, TenantDb db,
        SimilarityPolicyStore policies, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if ((request.Version ?? Etag.Seen(context, null)) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        var before = await policies.Of(assignmentId, ct);
        var wanted = request.On(seen);
        if (!await policies.Replace(new CourseId(scope.Id("course")), assignmentId, wanted, ct))
            return Problems.Conflict("Somebody changed this after you read it.", await policies.Of(assignmentId, ct), request);

        db.Audit(GradingAudit.SimilarityPolicyChanged, $"assignment:{assignmentId.Value}", new
        {
            wanted.Enabled, wanted.Reach, wanted.WithoutQuotations, wanted.ShownToLearners, template_length = wanted.Template.Length,
        });
        // Who sees it changes nothing of what is found.
        if (wanted.Enabled && wanted with { Version = 0 } != before with { Version = 0, ShownToLearners = wanted.ShownToLearners })
            db.Enqueue(new CompareAssignment(assignmentId, null), CompareAssignment.Options);
        return TypedResults.Ok(await policies.Of(assignmentId, ct));
    }
}
