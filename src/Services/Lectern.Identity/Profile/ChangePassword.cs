using Lectern.Identity.Passwords;
using Lectern.Identity.Sessions;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Profile;

/// <summary>Changes a person's own password, and signs them out everywhere else.</summary>
internal static class ChangePassword
{
    internal sealed record Request(string? CurrentPassword, string? Password);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/profile/password", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople();

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Actor actor, TenantDb db, UserStore users, PasswordVault vault, PlatformSessions sessions, SignInLimits limits,
        HttpContext context, CancellationToken ct)
    {
        // Whoever sits at an open browser must not try out passwords either.
        var subject = IdentityAudit.Subject(actor.Person);
        if (await limits.RefusesSignIn(context, db.Tenant, actor.Address, subject) is { } tooMany) return tooMany;
        if (await users.Find(actor.Person, ct) is not { } user) return Problems.NotFound();
        var hash = await users.PasswordOf(actor.Person, ct);
        if (vault.Compare(hash, request.CurrentPassword ?? string.Empty) is PasswordFit.Wrong)
            return new Refusal("wrong_password", "This is not your current password.", "current_password").ToProblem();
        var password = request.Password ?? string.Empty;
        if (PasswordRule.Refuses(password, user.Email, user.LoginName) is { } weak) return weak.ToProblem();

        await users.SetPassword(user.UserId, vault.Hash(password), ct);
        await sessions.EndAll(user.UserId, except: actor.SessionId, ct);
        return TypedResults.NoContent();
    }
}
