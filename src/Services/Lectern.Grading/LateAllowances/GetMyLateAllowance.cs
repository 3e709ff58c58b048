using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LateAllowances;

/// <summary>Shows a learner how many late passes they have left and where they spent the others.</summary>
internal static class GetMyLateAllowance
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/late-allowance/mine", Handle)
        .RequirePermission(GradingPermission.ReadOwnGrades);

    internal static async Task<Results<Ok<AllowanceView>, NotFound>> Handle(
        CourseId courseId, Actor actor, GradebookStore gradebooks, CancellationToken ct)
    {
        var read = await gradebooks.Read(courseId, [actor.Person], ct);
        return read.Learners.TryGetValue(actor.Person, out var learner)
            ? TypedResults.Ok(AllowanceView.Of(read.Course ?? CourseStructure.Empty(courseId), learner))
            : TypedResults.NotFound();
    }
}
