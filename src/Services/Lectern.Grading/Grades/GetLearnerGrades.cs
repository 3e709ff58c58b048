using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Shows a learner's grades to a grader or their observer; <c>?view=learner</c> shows a grader what the learner sees.</summary>
internal static class GetLearnerGrades
{
    // A grader holds the right at the course and an observer at the learner, so the handler asks for both.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/grades/{learnerId}", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerGrades>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, string? view, RouteScope scope, Actor actor, Access access, TenantDb db,
        GradebookStore gradebooks,
        CancellationToken ct)
    {
        var grader = await access.May(GradingPermission.ReadGrades, scope.Scope, ct);
        var mayRead = grader || actor.Holds(GradingPermission.ObserveGrades, Scope.Of("user", learnerId.Value))
            || (actor.UserId == learnerId && await access.May(GradingPermission.ReadOwnGrades, scope.Scope, ct));
        if (!mayRead)
            return await access.Knows(scope.Scope, ct) ? Problems.Forbidden("These are somebody else's grades.") : TypedResults.NotFound();

        var read = await gradebooks.Read(courseId, [learnerId], ct);
        if (!read.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        if (actor.UserId != learnerId) db.Audit(GradingAudit.GradesRead, $"learner:{courseId.Value}:{learnerId.Value}");
        var eyes = grader && view is not "learner" ? GradeView.Grader : GradeView.Learner;
        return TypedResults.Ok(LearnerGrades.Of(read.Course ?? CourseStructure.Empty(courseId), learner, eyes, db.Now));
    }
}
