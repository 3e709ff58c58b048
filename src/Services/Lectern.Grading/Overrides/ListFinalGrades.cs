using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Overrides;

/// <summary>Shows graders every final grade that was set for a learner by hand: what, who, when and why.</summary>
internal static class ListFinalGrades
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/learners/{learnerId}/final-grade", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<OverrideEntry>>> Handle(
        CourseId courseId, UserId learnerId, TenantDb db, OverrideStore overrides, CancellationToken ct)
    {
        db.Audit(GradingAudit.GradesRead, $"final_grade:{courseId.Value}:{learnerId.Value}");
        return TypedResults.Ok(new Page<OverrideEntry>(await overrides.History(courseId, learnerId, ct), null));
    }
}
