using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Adds a group of outcomes to a course.</summary>
internal static class CreateCourseOutcomeGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/outcome-groups", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Created<OutcomeGroup>, ProblemHttpResult>> Handle(
        CourseId courseId, OutcomeGroupFields request, OutcomeGroupDesk desk, CancellationToken ct) =>
        desk.Create(OutcomeOwner.Of(courseId), request, ct);
}
