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

/// <summary>Takes a kept comment away; where it was used it stays.</summary>
internal static class DeleteSavedComment
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/saved-comments/{savedCommentId}", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<NoContent, NotFound>> Handle(
        SavedCommentId savedCommentId, SavedCommentStore comments, CancellationToken ct) =>
        await comments.Remove(savedCommentId, ct) ? TypedResults.NoContent() : TypedResults.NotFound();
}
