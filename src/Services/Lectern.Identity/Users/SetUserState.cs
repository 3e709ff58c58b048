using Lectern.Identity.Accounts;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Suspends a person, which signs them out everywhere at once, or lets them in again.</summary>
internal static class SetUserState
{
    internal sealed record Request(string? State, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/users/{userId}/state", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<Ok<PersonShown>, ProblemHttpResult>> Handle(
        UserId userId, Request request, Actor actor, UserStore users, Administrators administrators, PlatformSessions sessions,
        Avatars avatars, HttpContext context, CancellationToken ct)
    {
        if (!Words.TryRead<UserState>(request.State, out var wanted) || wanted is not ({ } state and not UserState.Deleted))
            return new Refusal("unknown_state", "A person is 'active' or 'suspended'.", "state").ToProblem();
        if (state is UserState.Suspended && userId == actor.UserId)
            return new Refusal("cannot_suspend_oneself", "Another administrator has to do this.", "state").ToProblem();

        await administrators.Hold(ct);
        if (await users.Find(userId, ct) is not { } user) return Problems.NotFound();
        if (Etag.Seen(context, request.Version) is { } seen && seen != user.Version)
            return Problems.Conflict(Versions.SomebodyWasFaster, await avatars.Show(user, ct), request);
        if (user.State == state) return TypedResults.Ok(await avatars.Show(user, ct));

        var saved = await users.SetState(userId, state, ct);
        if (state is UserState.Suspended)
        {
            if (await administrators.NoneLeft(ct)) return Administrators.LastOne.ToProblem();
            await sessions.EndAll(userId, except: null, ct);
        }

        return TypedResults.Ok(await avatars.Show(saved, ct));
    }
}
