using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Rubrics;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RubricAssessments;

/// <summary>Shows a grader how one learner's work is assessed so far, with the rubric.</summary>
internal static class GetRubricAssessment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/rubric-assessments/{learnerId}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<AssessmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, TenantDb db, GradebookStore gradebooks, AssessmentReader reader,
        AnonymityStore anonymity, CalibrationStore calibrations, CancellationToken ct)
    {
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } meant) return TypedResults.NotFound();
        var course = new CourseId(scope.Id("course"));
        var read = await gradebooks.Read(course, [meant], ct);
        if (!read.Learners.TryGetValue(meant, out var learner)) return TypedResults.NotFound();
        if ((await calibrations.Withheld(course, ct, assignmentId, meant)).Count > 0) return WithheldWork.Refused.ToProblem();
        var view = await reader.ForGrader(course, assignmentId, meant, learner.GradeOn(assignmentId).Version, ct);
        if (view is null) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"grade:{assignmentId.Value}:{meant.Value}", new { rubric = true });
        return TypedResults.Ok(view);
    }
}
