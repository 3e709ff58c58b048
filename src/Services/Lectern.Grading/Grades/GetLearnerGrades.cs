using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Grading.PeerScores;
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
    // Who may is asked of the learner too, so the handler asks.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/grades/{learnerId}", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerGrades>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, string? view, RouteScope scope, Access access, GradeEyes eyes, TenantDb db,
        GradebookStore gradebooks, PeerScoreStore peers, CancellationToken ct)
    {
        if (await eyes.On(learnerId, scope.Scope, courseId, view is "learner", ct) is not { } seen)
            return await access.Knows(scope.Scope, ct) ? GradeEyes.SomebodyElses : TypedResults.NotFound();
        var read = await gradebooks.Read(courseId, [learnerId], ct);
        if (!read.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        var grades = LearnerGrades.Of(read.Course ?? CourseStructure.Empty(courseId), learner, seen, db.Now);
        return TypedResults.Ok(grades.With(await peers.Origins(courseId, learnerId, ct)));
    }
}
