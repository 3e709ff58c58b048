using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Sessions;

/// <summary>Signs out: the session ends on every server at once.</summary>
internal static class EndCurrentSession
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/sessions/current", Handle).RequirePermission(PlatformPermission.SignedIn).Critical().OnlyForPeople();

    internal static async Task<NoContent> Handle(
        Actor actor, PlatformSessions sessions, TenantDb db, HttpContext context, CancellationToken ct)
    {
        if (actor.SessionId is { } session) await sessions.End(actor.Person, session, ct);
        db.Audit(IdentityAudit.SessionEnded, IdentityAudit.Subject(actor.Person), new { session_id = actor.SessionId });
        SessionCookie.Take(context);
        return TypedResults.NoContent();
    }
}
