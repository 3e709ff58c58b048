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

/// <summary>Counts that a kept comment was used, so that the most used come first.</summary>
internal static class UseSavedComment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/saved-comments/{savedCommentId}/uses", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<SavedComment>, NotFound>> Handle(
        SavedCommentId savedCommentId, SavedCommentStore comments, CancellationToken ct) =>
        await comments.Use(savedCommentId, ct) is { } used ? TypedResults.Ok(used) : TypedResults.NotFound();
}
