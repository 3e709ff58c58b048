using Lectern.Identity.Passwords;
using Lectern.Identity.Sessions;
using Lectern.Identity.Users;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.PasswordResets;

/// <summary>Sets a new password by the link that was sent, and ends everything the person was signed in with.</summary>
internal static class SetForgottenPassword
{
    internal sealed record Request(string? Password);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/password-resets/{token}", Handle).AllowAnonymous("The link that was sent is the permission");

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string token, Request request, ResetStore resets, UserStore users, SignInStore signIns, PasswordVault vault,
        PlatformSessions sessions, CancellationToken ct)
    {
        if (await resets.Find(token, ct) is not { } asked) return Expired;
        var password = request.Password ?? string.Empty;
        if (PasswordRule.Refuses(password, asked.Email, asked.LoginName) is { } weak) return weak.ToProblem();

        // Hashed before the row is held, so that a second press of the button does not wait for it.
        var hash = vault.Hash(password);
        if (!await resets.Use(token, ct)) return Expired;
        await users.SetPassword(asked.UserId, hash, ct);
        await sessions.EndAll(asked.UserId, except: null, ct);
        var names = new[] { Spelling.Login(asked.Email), Spelling.Login(asked.LoginName) };
        await signIns.ForgetFailures([.. names.OfType<string>()], ct);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Expired =>
        Problems.Of(404, "reset_link_invalid", "This link has been used or is older than an hour. Ask for a new one.");
}
