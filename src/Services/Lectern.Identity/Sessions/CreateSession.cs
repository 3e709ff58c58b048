using Lectern.Identity.Institution;
using Lectern.Identity.Passwords;
using Lectern.Identity.Users;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Identity.Sessions;

/// <summary>Signs a person in by e-mail address or login name and password.</summary>
internal sealed class CreateSession(
    TenantDb db, SignInStore signIns, SignInLimits limits, PasswordVault vault, PlatformSessions sessions, TenantScopes scopes, Actor actor,
    IOptions<PlatformOptions> options)
{
    internal sealed record Request(string? Email, string? Password);

    internal sealed record Response(Me User, string CsrfToken, InstitutionShown Institution);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sessions", Handle).AllowAnonymous("Signing in is how one becomes known");

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, CreateSession signIn, UserStore users, Avatars avatars, InstitutionCard institution, HttpContext context, CancellationToken ct)
    {
        var (user, refused) = await signIn.Judge(request, context, ct);
        if (user is not { } person) return refused!;

        var secret = await signIn.Begin(person, request, context, ct);
        var card = await institution.Read(ct);
        var row = (await users.Find(person, ct))!;
        var shown = await avatars.Show(row, ct);
        return TypedResults.Created("/api/v1/sessions/current", new Response(Me.Of(row, shown.AvatarUrl, card), Secret.CsrfToken(secret), card));
    }

    private async Task<(UserId? Person, ProblemHttpResult? Refused)> Judge(Request request, HttpContext context, CancellationToken ct)
    {
        if (Spelling.Login(request.Email) is not { } name || string.IsNullOrEmpty(request.Password))
            return (null, new Refusal("name_and_password_needed", "Type your e-mail address and your password.", "email").ToProblem());
        if (limits.RefusesSignIn(context, db.Tenant, actor.Address, name) is { } tooMany) return (null, tooMany);

        var (person, lockout) = await signIns.Find(name, ct);
        if (lockout?.Remaining(db.Now) is { } closed) return (null, Closed(context, closed));
        var fit = vault.Compare(person?.PasswordHash, request.Password);
        if (fit is PasswordFit.Wrong || person is null) return (null, await Refuse(context, person, name, ct));
        if (person.State is not UserState.Active)
            return (null, Problems.Of(403, "account_suspended", "Your account is suspended. Your institution can tell you why."));
        if (fit is PasswordFit.RightButOld) await signIns.Rehash(person.UserId, vault.Hash(request.Password), ct);
        return (person.UserId, null);
    }

    private async Task<string> Begin(UserId person, Request request, HttpContext context, CancellationToken ct)
    {
        await signIns.ForgetFailures([Spelling.Login(request.Email)!], ct);
        // The same browser signs in anew: the session it leaves behind is nobody's any more.
        if (actor is { Kind: ActorKind.Person, SessionId: { } earlier }) await sessions.End(actor.Person, earlier, ct);
        var agent = context.Request.Headers.UserAgent.ToString();
        var (id, secret) = await sessions.Begin(
            person, SessionKind.Browser, db.Now.AddHours(options.Value.SessionHours), null, [], actor.Address, agent.Length > 300 ? agent[..300] : agent, ct);
        db.Audit(IdentityAudit.SignedIn, IdentityAudit.Subject(person), new { session_id = id });
        SessionCookie.Give(context, secret);
        return secret;
    }

    /// <summary>Refuses and remembers it: in a unit of work of its own, because a refused request's is rolled back.</summary>
    private async Task<ProblemHttpResult> Refuse(HttpContext context, SignInStore.Candidate? person, string name, CancellationToken ct)
    {
        var counted = await scopes.Do(db.Tenant, async services =>
        {
            var subject = person is null ? "institution" : IdentityAudit.Subject(person.UserId);
            var after = await services.GetRequiredService<SignInStore>().CountFailure(name, ct);
            services.GetRequiredService<TenantDb>().Audit(IdentityAudit.SignInRefused, subject, new { failures = after.Failures });
            return after;
        }, ct, actor);
        return counted.Remaining(db.Now) is { } closed
            ? Closed(context, closed)
            : Problems.Of(401, "wrong_name_or_password", "This e-mail address and password do not belong together.");
    }

    private static ProblemHttpResult Closed(HttpContext context, TimeSpan remaining) => SignInLimits.TooMany(
        context, "sign_in_locked", $"There were too many wrong passwords. Try again in {Math.Ceiling(remaining.TotalMinutes)} minutes, or set a new password.", remaining);
}
