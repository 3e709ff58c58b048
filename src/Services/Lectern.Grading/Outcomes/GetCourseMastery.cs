using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows graders where one learner stands on a course's outcomes, and how each score was made; <c>?as_of=</c>.</summary>
internal static class GetCourseMastery
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery/{learnerId}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<LearnerMastery>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, string? view, [FromQuery(Name = "as_of")] DateTimeOffset? asOf, TenantDb db,
        MasteryViews views, CancellationToken ct)
    {
        if (PastInstant.Refusal(asOf, db.Now) is { } refusal) return refusal.ToProblem();
        var instant = PastInstant.Of(asOf, db.Now);
        var eyes = view is "learner" ? GradeView.Learner : GradeView.Grader;
        if (await views.InCourse(courseId, learnerId, eyes, instant, ct) is not { } mastery) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"learner:{courseId.Value}:{learnerId.Value}", new { mastery = true, as_of = instant });
        return TypedResults.Ok(mastery);
    }
}
