using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Lists the outcomes a course works towards with what shows them, and those it could take in.</summary>
internal static class ListCourseOutcomes
{
    /// <param name="Available">Its own and inherited ones that it does not work towards.</param>
    internal sealed record Response(
        IReadOnlyList<OutcomeGroup> Groups, IReadOnlyList<CourseOutcome> Taken, IReadOnlyList<Outcome> Available,
        AlignmentChoices Choices);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/outcomes", Handle)
        .RequirePermission(GradingPermission.ReadOutcomes);

    internal static async Task<Ok<Response>> Handle(
        CourseId courseId, OutcomeStore outcomes, CourseOutcomeStore inCourses, CancellationToken ct)
    {
        var owner = OutcomeOwner.Of(courseId);
        var taken = await inCourses.List(courseId, ct);
        var here = taken.Select(one => one.Outcome.OutcomeId).ToHashSet();
        return TypedResults.Ok(new Response(
            await outcomes.SeenGroups(owner, ct), taken,
            (await outcomes.Seen(owner, ct)).FindAll(one => !here.Contains(one.OutcomeId)), await inCourses.Choices(courseId, ct)));
    }
}
