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

/// <summary>Saves one criterion of one learner's assessment; other criteria may be saved by others at the same time.</summary>
internal static class SaveCriterion
{
    internal sealed record Request(
        decimal? Points, string? RatingId, string? Comment, int? Version, int? RubricVersion, SubmissionId? SubmissionId,
        bool OnlyThisLearner = false);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/rubric-assessments/{learnerId}/criteria/{criterionId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static Task<Results<Ok<SavedAssessment>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, string criterionId, Request request, RouteScope scope, Assessor assessor,
        CancellationToken ct)
    {
        var criterion = new CriterionChange
        {
            CriterionId = criterionId, Points = request.Points, RatingId = request.RatingId, Comment = request.Comment,
            Version = request.Version,
        };
        var change = new AssessmentChange(request.RubricVersion, [criterion], request.SubmissionId, request.OnlyThisLearner);
        return assessor.Save(new CourseId(scope.Id("course")), assignmentId, learnerId, change, ct);
    }
}
