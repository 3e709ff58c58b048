using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.MarkDecisions;
using Lectern.Grading.MarkingPlans;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Shows how near each grader comes to the references, in all and by criterion, and who has not answered yet.</summary>
internal static class GetCalibrationAgreement
{
    internal sealed record Response(int Works, IReadOnlyList<GraderCalibration> Graders);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/calibration-agreement", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Ok<Response>> Handle(
        AssignmentId assignmentId, RouteScope scope, CalibrationStore calibrations, MarkingPlanStore plans, CancellationToken ct)
    {
        var works = await calibrations.List(assignmentId, ct);
        var pairs = (await calibrations.Pairs(assignmentId, ct)).ToLookup(pair => pair.GraderId);
        var staff = await plans.Staff(new CourseId(scope.Id("course")), assignmentId, ct);
        return TypedResults.Ok(new Response(works.Count, staff.ConvertAll(grader => GraderCalibration.Of(
            grader.UserId, grader.Name, works.Count(work => work.AuthorId != grader.UserId), [.. pairs[grader.UserId]]))));
    }
}

/// <summary>How near one grader comes to the references.</summary>
/// <param name="Asked">How many pieces there are to assess; one's own references are not.</param>
/// <param name="MeanDifference">The grader's scores less the references: above 0, the grader is the more generous.</param>
/// <param name="Criteria">By criteria of the rubric that both assessed.</param>
internal sealed record GraderCalibration(
    UserId UserId, string Name, int Asked, int Answered, double? MeanDifference, double? MeanAbsoluteDifference, double? QuadraticKappa,
    double? IntraclassCorrelation, IReadOnlyList<CriterionDifference> Criteria)
{
    public static GraderCalibration Of(UserId grader, string name, int asked, IReadOnlyList<CalibrationPair> pairs)
    {
        var scores = pairs.Select(pair => (A: pair.Score, B: pair.Reference)).ToList();
        return new(
            grader, name, asked, pairs.Count, Mean(scores.ConvertAll(pair => pair.A - pair.B)),
            Mean(scores.ConvertAll(pair => Math.Abs(pair.A - pair.B))), Agreement.QuadraticKappa(scores),
            Agreement.Intraclass(scores.ConvertAll<IReadOnlyList<decimal>>(pair => [pair.A, pair.B])),
            [.. pairs.SelectMany(Differences).GroupBy(one => one.Criterion, StringComparer.Ordinal).Select(
                of => new CriterionDifference(of.Key, of.Count(), (double)of.Average(one => one.Points)))]);
    }

    private static IEnumerable<(string Criterion, decimal Points)> Differences(CalibrationPair pair)
    {
        foreach (var said in pair.Assessment?.Criteria ?? [])
        {
            if (said.Points is { } points && pair.ReferenceAssessment?.On(said.CriterionId)?.Points is { } reference)
                yield return (said.CriterionId, points - reference);
        }
    }

    private static double? Mean(List<decimal> differences) => differences.Count == 0 ? null : (double)differences.Average();
}

/// <summary>A grader's points for a criterion less the references', on so many pieces of work.</summary>
internal sealed record CriterionDifference(string CriterionId, int Works, double MeanDifference);
