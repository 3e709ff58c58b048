using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Asks for a file of where the learners of all courses stand on an outcome, which a job makes.</summary>
internal static class CreateOutcomeExport
{
    // The right is held at each course, so the query asks for it.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/outcomes/{outcomeId}/exports", Handle)
        .RequirePermission(PlatformPermission.SignedIn).CanWait();

    internal static async Task<Results<Accepted<OutcomeExport>, NotFound, ProblemHttpResult>> Handle(
        OutcomeId outcomeId, RouteScope scope, Access access, TenantDb db, AcrossCourses across, OutcomeExportStore exports,
        CancellationToken ct)
    {
        var courses = (await across.All(outcomeId, ct)).ConvertAll(course => course.CourseId);
        if (courses.Count == 0)
            return await access.May(GradingPermission.ReadOutcomes, scope.Scope, ct)
                ? new Refusal("outcome_unmeasured", "No course whose grades you may read works towards this outcome.").ToProblem()
                : TypedResults.NotFound();
        var id = await exports.Ask(outcomeId, courses, ct);
        db.Audit(GradingAudit.GradebookExported, $"outcome:{outcomeId.Value}", new { outcome_export_id = id, courses });
        return TypedResults.Accepted($"/api/v1/outcomes/{outcomeId.Value}/exports/{id.Value}", await exports.Find(id, ct));
    }
}
