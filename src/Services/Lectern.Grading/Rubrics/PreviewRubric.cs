using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Rubrics;

/// <summary>Shows what a change of a rubric would make of the assessments that exist, learner by learner; nothing is kept.</summary>
internal static class PreviewRubric
{
    private const int MostLines = 500;
    private const int LearnersAtOnce = 500;

    /// <param name="AssessmentCount">How many assessments would be carried over.</param>
    /// <param name="ScoreChangeCount">How many of them would earn another score.</param>
    /// <param name="Lines">The first of them, those whose score changes before the others.</param>
    internal sealed record Response(int AssessmentCount, int ScoreChangeCount, IReadOnlyList<MigrationLine> Lines);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/rubrics/{rubricId}/previews", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        RubricId rubricId, RubricFields request, TenantDb db, RubricStore rubrics, AssessmentStore assessments,
        AnonymityStore anonymity, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        var versions = await rubrics.Versions(rubricId, ct);
        if (versions.Count == 0) return TypedResults.NotFound();
        var newest = versions[versions.Keys.Max()];
        // A preview of what is saved already shows what is still to be carried over; else everybody would be.
        var wanted = newest with { Title = request.Title!.Trim(), Criteria = request.ToCriteria(), Version = newest.Version + 1 };
        var lines = new List<MigrationLine>();
        List<UserId> learners = [];
        while ((learners = await assessments.NextBefore(
            newest.CourseId, rubricId, wanted.Version, learners.Count > 0 ? learners[^1] : null, LearnersAtOnce, ct)).Count > 0)
        {
            foreach (var grade in await assessments.Before(newest.CourseId, rubricId, wanted.Version, learners, ct))
            {
                var was = versions[grade.Assessment.RubricVersion];
                lines.Add(MigrationLine.Of(grade, grade.Assessment.CarryTo(wanted, was, grade.Version + 1), was, wanted));
            }
        }

        db.Audit(GradingAudit.GradesRead, $"rubric:{rubricId.Value}", new { preview = lines.Count });
        var changes = lines.Count(line => line.ScoreBefore != line.ScoreAfter);
        var hidden = await anonymity.Among([.. lines.Select(line => line.AssignmentId).Distinct()], ct);
        return TypedResults.Ok(new Response(
            lines.Count, changes,
            [.. lines.OrderByDescending(line => line.ScoreBefore != line.ScoreAfter).Take(MostLines).Select(line => line.Under(hidden))]));
    }
}
