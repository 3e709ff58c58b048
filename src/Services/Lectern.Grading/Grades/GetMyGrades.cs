using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.PeerScores;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Shows the person who asks their own grades in a course, with an explanation of every number.</summary>
internal static class GetMyGrades
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/grades/mine", Handle)
        .RequirePermission(GradingPermission.ReadOwnGrades);

    internal static async Task<Results<Ok<LearnerGrades>, NotFound>> Handle(
        CourseId courseId, Actor actor, TenantDb db, GradebookStore gradebooks, PeerScoreStore peers, CancellationToken ct)
    {
        var read = await gradebooks.Read(courseId, [actor.Person], ct);
        if (!read.Learners.TryGetValue(actor.Person, out var learner)) return TypedResults.NotFound();
        var grades = LearnerGrades.Of(read.Course ?? CourseStructure.Empty(courseId), learner, GradeSight.Own, db.Now);
        return TypedResults.Ok(grades.With(await peers.Origins(courseId, actor.Person, ct)));
    }
}
