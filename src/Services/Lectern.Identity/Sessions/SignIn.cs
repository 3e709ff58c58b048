using Lectern.Identity.Passwords;
using Lectern.Identity.Users;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Limits;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Identity.Sessions;

/// <summary>Judges a name and password, and begins the session of who has shown to be themselves.</summary>
internal sealed class SignIn(
    TenantDb db, SignInStore signIns, SignInLimits limits, PasswordVault vault, PlatformSessions sessions, TenantScopes scopes, Actor actor,
    IOptions<PlatformOptions> options)
{
    private const int LongestAgent = 300;

    public async Task<(UserId? Person, ProblemHttpResult? Refused)> Judge(
        string? typed, string? password, HttpContext context, CancellationToken ct)
    {
        if (Spelling.Login(typed) is not { } name || string.IsNullOrEmpty(password))
            return (null, new Refusal("name_and_password_needed", "Type your e-mail address and your password.", "email").ToProblem());
        if (await limits.RefusesSignIn(context, db.Tenant, actor.Address, name) is { } tooMany) return (null, tooMany);

        var (person, lockout) = await signIns.Find(name, ct);
        if (lockout?.Remaining(db.Now) is { } closed) return (null, Closed(context, closed));
        var fit = vault.Compare(person?.PasswordHash, password);
        if (fit is PasswordFit.Wrong || person is null) return (null, await Refuse(context, person, name, ct));
        if (person.State is not UserState.Active)
            return (null, Problems.Of(403, "account_suspended", "Your account is suspended. Your institution can tell you why."));
        if (fit is PasswordFit.RightButOld) await signIns.Rehash(person.UserId, vault.Hash(password), ct);
        return (person.UserId, null);
    }

    /// <summary>Begins the session, hands the cookie to the browser and answers the secret in it.</summary>
    public async Task<string> Begin(UserId person, string typed, HttpContext context, CancellationToken ct)
    {
        await signIns.ForgetFailures([Spelling.Login(typed)!], ct);
        // The same browser signs in anew: the session it leaves behind is nobody's any more.
        if (actor is { Kind: ActorKind.Person, SessionId: { } earlier }) await sessions.End(actor.Person, earlier, ct);
        var agent = context.Request.Headers.UserAgent.ToString();
        var (id, secret) = await sessions.Begin(
            new(person, SessionKind.Browser, db.Now.AddHours(options.Value.SessionHours), null, [], actor.Address,
                agent.Length > LongestAgent ? agent[..LongestAgent] : agent), ct);
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

    private static ProblemHttpResult Closed(HttpContext context, TimeSpan remaining) => RateLimits.TooMany(
        context, "sign_in_locked",
        $"There were too many wrong passwords. Try again in {Math.Ceiling(remaining.TotalMinutes)} minutes, or set a new password.",
        remaining);
}
