using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Shows what a learner's grades would be with other scores, and what it takes to reach a total. Nothing is stored.</summary>
internal static class ForecastGrades
{
    private const int MostGuesses = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/grades/{learnerId}/forecasts", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<Answer>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, UserId learnerId, Request request, RouteScope scope, Access access, GradeEyes eyes, TenantDb db,
        GradebookStore gradebooks, CancellationToken ct)
    {
        if (await eyes.On(learnerId, scope.Scope, courseId, request.View is "learner", ct) is not { } seen)
            return await access.Knows(scope.Scope, ct) ? GradeEyes.SomebodyElses : TypedResults.NotFound();
        var read = await gradebooks.Read(courseId, [learnerId], ct);
        if (read.Course is not { } course || !read.Learners.TryGetValue(learnerId, out var learner)) return TypedResults.NotFound();
        var assignments = LearnerGrades.Shown(course, seen);
        if (request.RefusedBy(assignments) is { } refusal) return refusal.ToProblem();

        var guesses = request.Given.ToDictionary(guess => guess.AssignmentId.Value, guess => guess.Score);
        var input = Forecast.With(GradebookProjection.InputOf(course, learner, assignments, seen.View), guesses);
        return TypedResults.Ok(new Answer(
            LearnerGrades.Of(course, learner, assignments, input, db.Now),
            request.TargetPercent is { } target ? Forecast.Need(course.Calculator, input, target) : null));
    }

    /// <param name="Guesses">At most one score for each assignment.</param>
    /// <param name="TargetPercent">A final total to reach with the work whose score is not known.</param>
    /// <param name="View">"learner": what the learner would see, when a grader asks.</param>
    internal sealed record Request(IReadOnlyList<Guess>? Guesses, decimal? TargetPercent, string? View)
    {
        internal IReadOnlyList<Guess> Given => Guesses ?? [];

        public Refusal? RefusedBy(IReadOnlyList<Assignment> assignments)
        {
            if (TargetPercent is < 0 or > 1_000)
                return new("target_out_of_range", "A total to reach lies between 0 and 1000 percent.", "target_percent");
            if (Given.Contains(null!)) return new("guess_required", "Every guess names an assignment and a score.", "guesses");
            if (Given.Count > MostGuesses || Given.DistinctBy(guess => guess.AssignmentId).Count() < Given.Count)
                return new("too_many_guesses", "Guess one score for each assignment.", "guesses");
            var known = assignments.ToDictionary(assignment => assignment.AssignmentId);
            return Given
                .Select((guess, place) => (known.TryGetValue(guess.AssignmentId, out var assignment)
                    ? assignment.RefusesScore(guess.Score)
                    : new Refusal("unknown_assignment", "There is no such assignment here.")) is { } refusal
                    ? refusal with { Field = $"guesses[{place}]" }
                    : null)
                .FirstOrDefault(refusal => refusal is not null);
        }
    }

    internal sealed record Guess(AssignmentId AssignmentId, decimal Score);

    /// <param name="Needed">Only when a target was named.</param>
    internal sealed record Answer(LearnerGrades Grades, NeededScores? Needed);
}
