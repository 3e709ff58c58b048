using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows graders how many learners stand at which level of a course's outcomes; <c>?section=</c>, <c>?as_of=</c>.</summary>
internal static class GetMasterySummary
{
    /// <param name="Refolding">Scores are still being worked out anew after a change.</param>
    internal sealed record Response(bool Refolding, long LearnerCount, IReadOnlyList<OutcomeSummary> Outcomes);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery-summary", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CourseId courseId, long? section, [FromQuery(Name = "as_of")] DateTimeOffset? asOf, TenantDb db, CourseOutcomeStore inCourses,
        MasteryReader reader, CancellationToken ct)
    {
        if (PastInstant.Refusal(asOf, db.Now) is { } refusal) return refusal.ToProblem();
        var instant = PastInstant.Of(asOf, db.Now);
        var outcomes = await inCourses.List(courseId, instant, ct);
        var among = section is { } id ? new SectionId(id) : (SectionId?)null;
        var (learners, counts) = instant is { } then
            ? await reader.CountAt(courseId, outcomes, among, then, ct)
            : await reader.Count(courseId, among, ct);
        var refolding = await db.Value<bool>(
            $"SELECT refolding FROM gradebooks WHERE tenant_id = {db.Tenant} AND course_id = {courseId}", ct);
        db.Audit(GradingAudit.GradesRead, $"course:{courseId.Value}", new { mastery = true, section, as_of = instant });
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
