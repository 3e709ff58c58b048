using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Profile;

/// <summary>Changes what a person may say about themselves: name, pronouns, language and time zone.</summary>
internal static class UpdateProfile
{
    internal sealed record Request(string? Name, string? SortableName, string? Pronouns, string? Locale, string? TimeZone, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/profile", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople();

    internal static async Task<Results<Ok<ProfileShown>, ProblemHttpResult>> Handle(
        Request request, Actor actor, UserStore users, Avatars avatars, HttpContext context, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Needed.ToProblem();
        if (await users.Find(actor.Person, ct) is not { } user) return Problems.NotFound();
        var fields = new UserFields(
            request.Name ?? string.Empty, request.SortableName, user.Email, user.LoginName, user.SisId, request.Pronouns, request.Locale,
            request.TimeZone).Tidy();
        if (fields.Refuses() is { } refusal) return refusal.ToProblem();

        var (saved, _) = await users.Update(user.UserId, fields, seen, ct);
        if (saved is null)
            return Problems.Conflict(Versions.SomebodyWasFaster, ProfileShown.Of((await users.Find(user.UserId, ct))!, null), request);
        context.Response.Headers.ETag = Etag.Of(saved.Version);
        return TypedResults.Ok(ProfileShown.Of(saved, await avatars.UrlOf(saved, ct)));
    }
}
