using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Grades;
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

/// <summary>Says that a grader is still at some work; answers what of it is still theirs.</summary>
internal static class RenewClaims
{
    internal sealed record Request(UserId[]? UserIds);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/grading-claims", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Page<GradingClaim>>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, ClaimStore claims, AnonymityStore anonymity, CancellationToken ct)
    {
        if (request.UserIds?.Length > 100) return new Refusal("too_many", "At most 100 pieces of work.", "user_ids").ToProblem();
        var pseudonyms = await anonymity.On(assignmentId, ct);
        var meant = request.UserIds ?? [];
        if (pseudonyms is not null) meant = [.. meant.Select(pseudonyms.Behind).OfType<UserId>()];
        var held = await claims.Renew(new CourseId(scope.Id("course")), assignmentId, meant, ct);
        if (pseudonyms is not null) held = held.ConvertAll(claim => claim with { UserId = pseudonyms.Of(claim.UserId) });
        return TypedResults.Ok(new Page<GradingClaim>(held, null));
    }
}
