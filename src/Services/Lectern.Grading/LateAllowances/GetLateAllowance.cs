using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LateAllowances;

/// <summary>Shows graders what a learner is allowed beside the late policy, and how that came to be.</summary>
internal static class GetLateAllowance
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/learners/{learnerId}/late-allowance", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<AllowanceView>, NotFound>> Handle(
        CourseId courseId, UserId learnerId, TenantDb db, GradebookStore gradebooks, LateAllowanceStore allowances, CancellationToken ct)
    {
        var read = await gradebooks.Read(courseId, [learnerId], ct);
        if (!read.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"late_allowance:{courseId.Value}:{learnerId.Value}");
        return TypedResults.Ok(AllowanceView.Of(
            read.Course ?? CourseStructure.Empty(courseId), learner, await allowances.History(courseId, learnerId, ct)));
    }
}
