using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Overrides;

/// <summary>Sets a learner's final grade in place of the computed one, with a reason, or takes it back.</summary>
internal static class SetFinalGrade
{
    internal sealed record Response(
        long PeriodId, decimal? Percent, string? Letter, string? StatusCode, int Version, RowTotals RowTotals)
    {
        /// <summary>The gradebook's version with it, known when the unit of work has been committed.</summary>
        public long CourseVersion { get; set; }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/learners/{learnerId}/final-grade", Handle)
        .RequirePermission(GradingPermission.OverrideGrades);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, FinalGradeFields request, HttpContext context, Actor actor, TenantDb db,
        GradebookStore gradebooks, OverrideStore overrides, PeriodLock periods, CancellationToken ct)
    {
        request = request with { Version = Etag.Seen(context, request.Version) };
        var held = await gradebooks.Hold(courseId, [learnerId], ct);
        if (!held.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        var rules = held.Course?.Head.Policy ?? GradingRules.Default;
        if (request.RefusedBy(rules) is { } refusal) return refusal.ToProblem();
        if (held.Course is not { } course) return NothingToGrade.ToProblem();

        var period = request.PeriodId ?? FinalGradeFields.WholeCourse;
        if ((await periods.Over(held, ct)).Refuses(period) is { } closed) return closed.ToProblem();
        var current = learner.Overrides?.For(period) ?? StandingOverride.None;
        var set = request.ToStanding(rules, current.Version + 1);
        var standing = current.Version == 0 ? null : await overrides.Find(courseId, learnerId, period, current.Version, ct);
        // The answer to the first request was lost, say.
        var again = current.Version == request.Version + 1 && current.SaysTheSame(set) && standing?.ActorId == actor.UserId;
        if (again) return TypedResults.Ok(Answer(period, current, learner.Row, course.Head.Version));
        if (current.Version != request.Version) return Problems.Conflict(
            "Somebody changed this final grade after you read it. Nothing was overwritten.", standing, request);

        learner.Put((learner.Overrides ?? new StandingOverrides(null, null)).With(period, set));
        overrides.AppendAtCommit(courseId, learnerId, period, set, request.Reason?.Trim());
        db.Audit(GradingAudit.FinalGradeChanged, $"final_grade:{courseId.Value}:{learnerId.Value}", new
        {
            period, from = current, to = set, request.Reason,
        });
        db.Raise(new FinalGradeChanged(courseId, learnerId, period, set.Percent, set.StatusCode));
        var answer = Answer(period, set, GradebookProjection.Fold(course, learner).Row, 0);
        gradebooks.FoldAtCommit(course, [learner], version => answer.CourseVersion = version);
        return TypedResults.Ok(answer);
    }

    private static Response Answer(long period, StandingOverride set, GradebookRow row, long courseVersion) => new(
        period, set.Percent, set.Letter, set.StatusCode, set.Version, RowTotals.Of(row)) { CourseVersion = courseVersion };

    private static Refusal NothingToGrade => new("nothing_to_grade", "This course has no assignments yet.");
}
