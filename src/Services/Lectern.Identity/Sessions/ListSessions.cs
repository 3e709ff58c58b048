using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Sessions;

/// <summary>Lists where a person is signed in, most recently used first.</summary>
internal static class ListSessions
{
    internal sealed record Listed(
        Guid SessionId, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent,
        bool Current);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions", Handle).RequirePermission(PlatformPermission.SignedIn).CanWait().OnlyForPeople();

    internal static async Task<Ok<Page<Listed>>> Handle(Actor actor, PlatformSessions sessions, CancellationToken ct)
    {
        var rows = await sessions.List(actor.Person, SessionKind.Browser, ct);
        return TypedResults.Ok(new Page<Listed>(rows.ConvertAll(row => new Listed(
            row.SessionId, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.Address, row.Agent, row.SessionId == actor.SessionId)), null));
    }
}
