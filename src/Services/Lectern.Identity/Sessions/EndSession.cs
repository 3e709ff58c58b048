using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Sessions;

/// <summary>Ends one of a person's own sessions, wherever it is open.</summary>
internal static class EndSession
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/sessions/{sessionId:guid}", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople();

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid sessionId, Actor actor, PlatformSessions sessions, TenantDb db, CancellationToken ct)
    {
        if (!await sessions.End(actor.Person, sessionId, ct)) return Problems.NotFound();
        db.Audit(IdentityAudit.SessionEnded, IdentityAudit.Subject(actor.Person), new { session_id = sessionId });
        return TypedResults.NoContent();
    }
}
