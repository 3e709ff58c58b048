using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Grades;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SavedComments;

/// <summary>Counts that a kept comment was said, and with which score: the most used come first, and their owner sees a mean.</summary>
internal static class UseSavedComment
{
    private const decimal MostPercent = 10_000;

    /// <param name="Percent">The score it stood with, of the points there were; left out where there was none.</param>
    internal sealed record Request(decimal? Percent);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/saved-comments/{savedCommentId}/uses", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<SavedComment>, NotFound, ProblemHttpResult>> Handle(
        SavedCommentId savedCommentId, Request? request, SavedCommentStore comments, CancellationToken ct)
    {
        if (request?.Percent is < 0 or > MostPercent)
            return new Refusal("percent_out_of_range", $"A score is between 0 and {MostPercent:N0} percent.", "percent").ToProblem();
        return await comments.Use(savedCommentId, request?.Percent, ct) is { } used ? TypedResults.Ok(used) : TypedResults.NotFound();
    }
}
