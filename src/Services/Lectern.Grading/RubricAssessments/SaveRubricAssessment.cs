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

/// <summary>Saves several criteria of one learner's assessment at once: all of them, or none where somebody was faster.</summary>
internal static class SaveRubricAssessment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/rubric-assessments/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static Task<Results<Ok<SavedAssessment>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, AssessmentChange request, RouteScope scope, Assessor assessor, CancellationToken ct) =>
        assessor.Save(new CourseId(scope.Id("course")), assignmentId, learnerId, request, ct);
}
