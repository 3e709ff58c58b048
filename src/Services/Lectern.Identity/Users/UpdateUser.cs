using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Changes what the institution says of a person; a field left out is emptied.</summary>
internal static class UpdateUser
{
    internal sealed record Request(
        string? Name, string? SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? Locale,
        string? TimeZone, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/users/{userId}", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<Ok<PersonShown>, ProblemHttpResult>> Handle(
        UserId userId, Request request, UserStore users, Avatars avatars, HttpContext context, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Needed.ToProblem();
        var fields = new UserFields(
            request.Name ?? string.Empty, request.SortableName, request.Email, request.LoginName, request.SisId, request.Pronouns,
            request.Locale, request.TimeZone).Tidy();
        if (fields.Refuses() is { } refusal) return refusal.ToProblem();

        var (saved, taken) = await users.Update(userId, fields, seen, ct);
        if (taken is not null) return taken;
        if (saved is null)
        {
            return await users.Find(userId, ct) is { } current
                ? Problems.Conflict(Versions.SomebodyWasFaster, await avatars.Show(current, ct), request)
                : Problems.NotFound();
        }

        context.Response.Headers.ETag = Etag.Of(saved.Version);
        return TypedResults.Ok(await avatars.Show(saved, ct));
    }
}
