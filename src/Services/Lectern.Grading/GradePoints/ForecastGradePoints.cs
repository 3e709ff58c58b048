using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradePoints;

/// <summary>Shows the person who asks what their averages would be with other letters in courses in progress. Nothing is stored.</summary>
internal static class ForecastGradePoints
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/grade-points/mine/forecasts", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerGradePoints>, NotFound, ProblemHttpResult>> Handle(
        Request request, Actor actor, GradePointReader reader, CancellationToken ct)
    {
        if (await reader.Read(actor.Person, own: true, ct) is not { } read) return TypedResults.NotFound();
        var guesses = request.Guesses ?? [];
        if (Refused(guesses, read.Courses) is { } refusal) return refusal.ToProblem();
        var letters = guesses.ToDictionary(guess => guess!.CourseId, guess => guess!.Letter);
        var guessed = read.Courses.Select(course => course with { Guess = letters.GetValueOrDefault(course.CourseId) });
        return TypedResults.Ok((read with { Courses = [.. guessed] }).Averages());
    }

    /// <param name="Guesses">At most one letter for each course in progress.</param>
    internal sealed record Request(IReadOnlyList<Guess?>? Guesses);

    internal sealed record Guess(CourseId CourseId, string? Letter);

    private static Refusal? Refused(IReadOnlyList<Guess?> guesses, IReadOnlyList<CourseResult> courses)
    {
        if (guesses.Contains(null)) return new Refusal("guess_required", "Every guess names a course and a letter.", "guesses");
        if (guesses.DistinctBy(guess => guess!.CourseId).Count() < guesses.Count)
            return new Refusal("too_many_guesses", "Guess one letter for each course.", "guesses");
        var guessable = courses.Where(course => !course.IsFinal).ToDictionary(course => course.CourseId);
        for (var place = 0; place < guesses.Count; place++)
        {
            if (!guessable.TryGetValue(guesses[place]!.CourseId, out var course))
                return new Refusal("course_not_in_progress", "You are in no such course in progress.", $"guesses[{place}].course_id");
            if (!course.Letters.Any(one => one.Letter == guesses[place]!.Letter))
                return new Refusal("unknown_letter", "The course's scheme has no such letter.", $"guesses[{place}].letter");
        }

        return null;
    }
}
