using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Adds an outcome of its own to a course, which works towards it from then on.</summary>
internal static class CreateCourseOutcome
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/outcomes", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Created<Outcome>, ProblemHttpResult>> Handle(
        CourseId courseId, OutcomeFields request, OutcomeDesk desk, CancellationToken ct) =>
        desk.Create(OutcomeOwner.Of(courseId), request, ct);
}
