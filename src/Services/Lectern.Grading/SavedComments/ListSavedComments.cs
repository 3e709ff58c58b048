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

/// <summary>Lists what the person who asks says often, the most used first.</summary>
internal static class ListSavedComments
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/saved-comments", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Ok<Page<SavedComment>>> Handle(SavedCommentStore comments, CancellationToken ct) =>
        TypedResults.Ok(new Page<SavedComment>(await comments.List(ct), null));
}
