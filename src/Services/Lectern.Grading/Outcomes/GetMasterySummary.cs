using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows graders a course's outcomes with how many learners stand at which level of each; <c>?section=</c>.</summary>
internal static class GetMasterySummary
{
    /// <param name="Refolding">Scores are still being worked out anew after a change.</param>
    internal sealed record Response(bool Refolding, long LearnerCount, IReadOnlyList<OutcomeSummary> Outcomes);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery-summary", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Response>> Handle(
        CourseId courseId, long? section, TenantDb db, CourseOutcomeStore inCourses, MasteryReader reader, CancellationToken ct)
    {
        var outcomes = await inCourses.List(courseId, ct);
        var (learners, counts) = await reader.Count(courseId, section is { } id ? new SectionId(id) : null, ct);
        var refolding = await db.Value<bool>(
            $"SELECT refolding FROM gradebooks WHERE tenant_id = {db.Tenant} AND course_id = {courseId}", ct);
        db.Audit(GradingAudit.GradesRead, $"course:{courseId.Value}", new { mastery = true, section });
        return TypedResults.Ok(new Response(
            refolding, learners, [.. outcomes.Select(one => OutcomeSummary.Of(one, counts[one.CourseOutcomeId], learners))]));
    }
}

/// <summary>An outcome of a course, and how its learners stand.</summary>
/// <param name="Levels">From the lowest to the highest: how many learners stand there.</param>
/// <param name="WithoutScore">Who has none yet.</param>
internal sealed record OutcomeSummary(
    CourseOutcomeId CourseOutcomeId, OutcomeId OutcomeId, string Code, string Title, MasteryScale Scale, MasteryMethod Method, int Version,
    int AlignmentCount, IReadOnlyList<long> Levels, long WithoutScore)
{
    public static OutcomeSummary Of(CourseOutcome one, IEnumerable<LevelCount> counts, long learners)
    {
        var byLevel = counts.ToDictionary(count => count.Level, count => count.Learners);
        var outcome = one.Outcome;
        return new(
            one.CourseOutcomeId, outcome.OutcomeId, outcome.Code, outcome.Title, outcome.Scale, outcome.Method, outcome.Version,
            one.Alignments.Count,
            [.. outcome.Scale.Levels.Select((_, at) => byLevel.GetValueOrDefault(at + 1))], learners - byLevel.Values.Sum());
    }
}
