using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkDecisions;

/// <summary>Shows how well the markers of an assignment agree, by marks given without knowing the others'.</summary>
internal static class GetMarkerAgreement
{
    internal sealed record Response(int Learners, double? IntraclassCorrelation, IReadOnlyList<MarkerPair> Pairs);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/marker-agreement", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, AssignmentStore assignments, MarkingPlanStore plans, MarkStore marks, CancellationToken ct)
    {
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        if (await plans.Find(assignmentId, ct) is not { } plan) return AllocateMarkers.NoPlan.ToProblem();
        var works = (await marks.All(assignmentId, ct)).GroupBy(mark => mark.UserId).Select(of => of.ToList())
            .Where(of => of.Count > 1).ToList();
        var tolerance = plan.TolerancePoints(assignment.PointsPossible);
        var pairs = works.SelectMany(Pairs).GroupBy(pair => (pair.A.MarkerId, pair.B.MarkerId)).Select(of => PairOf([.. of], tolerance));
        return TypedResults.Ok(new Response(
            works.Count,
            Agreement.Intraclass([.. works.Select(of => (IReadOnlyList<decimal>)[.. of.Select(mark => mark.BlindScore!.Value)])]),
            [.. pairs.OrderBy(pair => pair.FirstName).ThenBy(pair => pair.SecondName)]));
    }

    private static IEnumerable<(ProvisionalMark A, ProvisionalMark B)> Pairs(List<ProvisionalMark> marks) =>
        from a in marks from b in marks where a.MarkerId.Value < b.MarkerId.Value select (a, b);

    private static MarkerPair PairOf(List<(ProvisionalMark A, ProvisionalMark B)> both, decimal tolerance)
    {
        var scores = both.ConvertAll(pair => (A: pair.A.BlindScore!.Value, B: pair.B.BlindScore!.Value));
        var ((a, b), apart) = (both[0], scores.ConvertAll(pair => Math.Abs(pair.A - pair.B)));
        return new(
            a.MarkerId, a.MarkerName, b.MarkerId, b.MarkerName, both.Count, (double)scores.Average(pair => pair.A - pair.B),
            (double)apart.Average(), (double)apart.Count(one => one <= tolerance) / both.Count, Agreement.QuadraticKappa(scores));
    }
}
