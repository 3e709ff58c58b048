using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows graders where one learner stands on a course's outcomes, and how each score was worked out.</summary>
internal static class GetCourseMastery
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery/{learnerId}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<LearnerMastery>, NotFound>> Handle(
        CourseId courseId, UserId learnerId, string? view, TenantDb db, MasteryViews views, CancellationToken ct)
    {
        var eyes = view is "learner" ? GradeView.Learner : GradeView.Grader;
        if (await views.InCourse(courseId, learnerId, eyes, ct) is not { } mastery) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"learner:{courseId.Value}:{learnerId.Value}", new { mastery = true });
        return TypedResults.Ok(mastery);
    }
}
