using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Rubrics;
using Lectern.Grading.Grades;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RubricAssessments;

/// <summary>Shows a grader how one learner's work is assessed so far, with the rubric.</summary>
internal static class GetRubricAssessment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/rubric-assessments/{learnerId}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<AssessmentView>, NotFound>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, TenantDb db, GradebookStore gradebooks, AssessmentReader reader,
        CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        var read = await gradebooks.Read(course, [learnerId], ct);
        if (!read.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        var view = await reader.ForGrader(course, assignmentId, learnerId, learner.GradeOn(assignmentId).Version, ct);
        if (view is null) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"grade:{assignmentId.Value}:{learnerId.Value}", new { rubric = true });
        return TypedResults.Ok(view);
    }
}
