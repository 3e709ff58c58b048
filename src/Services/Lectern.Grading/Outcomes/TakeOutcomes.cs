using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Takes outcomes into a course, which works towards them from then on.</summary>
internal static class TakeOutcomes
{
    internal sealed record Request(IReadOnlyList<OutcomeId>? OutcomeIds);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/course-outcomes", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static async Task<Results<Ok<Page<CourseOutcome>>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, TenantDb db, OutcomeStore outcomes, CourseOutcomeStore inCourses, OutcomeDesk desk,
        GradebookStore gradebooks, CancellationToken ct)
    {
        if (request.OutcomeIds is not { Count: > 0 } wanted)
            return new Refusal("nothing_to_change", "Say which outcomes.", "outcome_ids").ToProblem();
        var seen = (await outcomes.Seen(OutcomeOwner.Of(courseId), ct)).Select(one => one.OutcomeId).ToHashSet();
        if (wanted.Any(id => !seen.Contains(id)))
            return new Refusal("unknown_outcome", "This course and the accounts above it have no such outcome.", "outcome_ids").ToProblem();
        await gradebooks.HoldStructure(courseId, ct);
        if (await desk.Take(courseId, [.. wanted.Distinct()], ct) is { } refusal) return refusal.ToProblem();
        db.Audit(GradingAudit.OutcomeChanged, $"course:{courseId.Value}", new { taken = wanted });
        return TypedResults.Ok(new Page<CourseOutcome>(await inCourses.List(courseId, ct), null));
    }
}
