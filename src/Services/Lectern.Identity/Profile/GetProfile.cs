using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Profile;

/// <summary>Shows a person's own profile.</summary>
internal static class GetProfile
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/profile", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople();

    internal static async Task<Results<Ok<ProfileShown>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        Actor actor, UserStore users, Avatars avatars, HttpContext context, CancellationToken ct)
    {
        if (await users.Find(actor.Person, ct) is not { } user) return Problems.NotFound();
        if (Etag.IsCurrent(context, Etag.Of(user.Version))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(ProfileShown.Of(user, await avatars.UrlOf(user, ct)));
    }
}
