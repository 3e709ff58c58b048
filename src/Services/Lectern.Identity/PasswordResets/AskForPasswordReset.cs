using Lectern.Identity.Sessions;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.PasswordResets;

/// <summary>Sends a link to set a new password, if the address belongs to somebody here; the answer is the same either way.</summary>
internal static class AskForPasswordReset
{
    internal sealed record Request(string? Email);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/password-resets", Handle).AllowAnonymous("Who forgot the password cannot sign in").CanWait();

    internal static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Request request, UserStore users, ResetStore resets, SignInLimits limits, TenantDb db, Actor actor, HttpContext context,
        CancellationToken ct)
    {
        if (await limits.RefusesReset(context, db.Tenant, actor.Address) is { } tooMany) return tooMany;
        if (Spelling.Login(request.Email) is not { } name) return TypedResults.Accepted((string?)null);

        var user = await users.FindByEmail(name, ct);
        // Beyond a few an hour nothing more is sent: nobody's inbox is filled by pressing a button. Saying so would tell who exists.
        if (user is { State: UserState.Active } && await limits.AllowsReset(db.Tenant, name)) resets.Ask(user);
        else db.Audit(IdentityAudit.ResetAsked, "institution");
        return TypedResults.Accepted((string?)null);
    }
}
