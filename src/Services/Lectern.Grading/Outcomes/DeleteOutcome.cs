using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Takes away an outcome that no course works towards.</summary>
internal static class DeleteOutcome
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/outcomes/{outcomeId}", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        OutcomeId outcomeId, int? version, HttpContext context, TenantDb db, OutcomeStore outcomes, CourseOutcomeStore inCourses,
        CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await outcomes.Find(outcomeId, ct) is not { } before) return TypedResults.NotFound();
        if (await inCourses.Courses(outcomeId, ct) is var courses and > 0)
            return new Refusal(
                "outcome_in_use", $"Courses that work towards this outcome: {courses}. Leave it out of them first.").ToProblem();
        if (!await outcomes.Remove(outcomeId, seen, ct))
            return Problems.Conflict("Somebody changed this outcome after you read it.", before, new { deleted = true });
        db.Audit(GradingAudit.OutcomeChanged, $"outcome:{outcomeId.Value}", new { deleted = before.Code });
        return TypedResults.NoContent();
    }
}
