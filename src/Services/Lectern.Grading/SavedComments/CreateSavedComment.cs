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

/// <summary>Keeps something the person who asks says often.</summary>
internal static class CreateSavedComment
{
    private const int Most = 500;
    private const int Longest = 5000;

    internal sealed record Request(string? Body);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/saved-comments", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Created<SavedComment>, ProblemHttpResult>> Handle(
        Request request, SavedCommentStore comments, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Body)) return new Refusal("body_required", "Write something first.", "body").ToProblem();
        if (request.Body.Length > Longest)
            return new Refusal("too_long", $"A comment to keep can have at most {Longest:N0} characters.", "body").ToProblem();
        var kept = await comments.List(ct);
        if (kept.Count >= Most) return new Refusal("too_many", $"At most {Most} comments are kept. Remove some first.").ToProblem();
        var body = request.Body.Trim();
        var added = kept.Find(comment => comment.Body == body) ?? await comments.Add(body, ct);
        return TypedResults.Created($"/api/v1/saved-comments/{added.SavedCommentId.Value}", added);
    }
}
