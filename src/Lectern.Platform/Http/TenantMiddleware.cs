using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Limits;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Http;

/// <summary>
/// Finds which institution a request is for and who makes it, before anything else happens. The institution is named by a domain
/// of its own, a subdomain, the path <c>/t/{slug}</c>, <c>X-Tenant-ID</c> (service credentials only) or a token. Names that
/// disagree are refused and audited; an unknown one is 404.
/// </summary>
internal sealed class TenantMiddleware(
    RequestDelegate next, TenantDirectory directory, ServiceTokens serviceTokens, IOptions<PlatformOptions> options, SeenSessions seen,
    RateLimits limits, SiteStanding site)
{
    public async Task Invoke(HttpContext context)
    {
        // What a site that was taken over still has is of the past, and reading it would mislead.
        if (TenantNames.IsApi(context.Request.Path)) site.Insist();
        // On old knowledge of where an institution is and whether it may be changed, nothing is.
        if (!Reads(context)) await directory.Confirm(context.RequestAborted);
        var credentials = await Credentials.Of(context, serviceTokens);
        var named = await Name(context, credentials);
        if (named.Refusal is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        if (named.Tenant is { } tenant)
        {
            if (tenant.State is TenantState.Suspended or TenantState.Creating)
            {
                await Problems.Of(503, "institution_unavailable", "This institution is not available at the moment.").ExecuteAsync(context);
                return;
            }

            if (tenant.State is TenantState.Moving && !Reads(context))
            {
                context.Response.Headers.RetryAfter = "10";
                await Problems.Of(503, "institution_moving",
                    "This institution is being moved and can be read, not changed. Try again in a minute.").ExecuteAsync(context);
                return;
            }

            // Before the session is looked up: who is being refused anyway costs nothing.
            if (limits.StillClosed(tenant, context) is { } wait)
            {
                await RateLimits.TooMany(context, wait).ExecuteAsync(context);
                return;
            }

            if (await Authenticate(context, tenant, credentials) is { } rejected)
            {
                await rejected.ExecuteAsync(context);
                return;
            }
        }

        await next(context);
    }

    private static bool Reads(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private async Task<(Tenant? Tenant, IResult? Refusal)> Name(HttpContext context, Credentials credentials)
    {
        var ct = context.RequestAborted;
        var byHost = TenantNames.FromHost(context.Request.Host.Host, options.Value.Domains);
        var byPath = TenantNames.TakenFromPath(context);
        if (byHost is not null && byPath is not null && !string.Equals(byHost, byPath, StringComparison.OrdinalIgnoreCase))
            return (null, await RefuseDispute(
                context, await directory.Find(byHost, ct), byPath, "The address names two different institutions."));

        var slug = byHost ?? byPath;
        var tenant = slug is null ? null : await directory.Find(slug, ct);
        if (slug is not null && tenant is null)
            return (null, Problems.Of(404, "unknown_institution", $"There is no institution called '{slug}' here."));

        var byHeader = credentials.Service is not null ? context.Request.Headers["X-Tenant-ID"].ToString() : string.Empty;
        if (byHeader.Length > 0)
        {
            var headed = int.TryParse(byHeader, out var number)
                ? await directory.Find(new TenantId(number), ct)
                : await directory.Find(byHeader, ct);
            if (headed is null) return (null, Problems.Of(404, "unknown_institution", "There is no such institution."));
            if (tenant is not null && tenant.Id != headed.Id)
                return (null, await RefuseDispute(context, tenant, headed.Slug, "Address and header name two different institutions."));
            tenant = headed;
        }

        if (credentials.Tenant is { } claimed)
        {
            if (tenant is null) tenant = await directory.Find(claimed, ct);
            else if (tenant.Id != claimed) return (null, await RefuseForeign(context, tenant, claimed));
            if (tenant is null) return (null, Problems.Of(401, "invalid_token", "This token is not valid."));
        }

        if (tenant is null && options.Value.DefaultTenant is { } fallback && TenantNames.IsApi(context.Request.Path))
            tenant = await directory.Find(fallback, ct);
        return (tenant, null);
    }

    private Task<IResult> RefuseForeign(HttpContext context, Tenant addressed, TenantId claimed) => Refuse(
        context, addressed, PlatformAudit.ForeignToken, new { claimed = claimed.Value, path = context.Request.Path.Value },
        Problems.Of(401, "foreign_token", "This token belongs to another institution."));

    private Task<IResult> RefuseDispute(HttpContext context, Tenant? addressed, string other, string detail) => Refuse(
        context, addressed, PlatformAudit.TenantDispute, new { other, path = context.Request.Path.Value },
            Problems.Of(400, "institution_disputed", detail));

    private static async Task<IResult> Refuse(HttpContext context, Tenant? addressed, AuditAction action, object detail, IResult refusal)
    {
        if (addressed is null) return refusal;
        await using var scope = context.RequestServices.CreateAsyncScope();
        var refused = scope.ServiceProvider.GetRequiredService<TenantContext>();
        refused.OnlyReads = true;
        refused.Set(addressed, Actor.Nobody(addressed.Id, AddressOf(context)));
        var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
        db.Audit(action, "institution", detail);
        await db.Commit(context.RequestAborted);
        return refusal;
    }

    private async Task<IResult?> Authenticate(HttpContext context, Tenant tenant, Credentials credentials)
    {
        var tenantContext = context.RequestServices.GetRequiredService<TenantContext>();
        tenantContext.OnlyReads = Reads(context);
        tenantContext.Set(tenant, Actor.Nobody(tenant.Id, AddressOf(context)));
        if (credentials.Service is not null)
        {
            tenantContext.Set(tenant,
                new Actor(tenant.Id, null, ActorKind.Service,
                    [new HeldRole(Role.Administrator, Scope.Institution)]) { Address = AddressOf(context) });
            return null;
        }

        if (credentials.Invalid) return await InvalidToken(context, tenantContext);
        if (credentials.Secret is null && credentials.Session is null) return null;
        var db = context.RequestServices.GetRequiredService<TenantDb>();
        db.MaySpare = LaggingReads.Of(context) is not null;
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        var session = credentials.Secret is { } secret
            ? await sessions.Find(secret, context.RequestAborted)
            : await sessions.Find(credentials.Session!.Value, context.RequestAborted);
        if (session is null)
        {
            if (db.StoodIn) return DatabaseAway(context);
            // A dead cookie is nobody; a dead token is a mistake its script must hear of.
            return credentials.FromCookie ? null : await InvalidToken(context, tenantContext);
        }

        tenantContext.Set(tenant, ActorOf(context, tenant, session, credentials.FromCookie));
        if (credentials.FromCookie) context.Items[Credentials.SecretItem] = credentials.Secret;
        seen.Use(tenant, session);
        return null;
    }

    // Counted before it is answered: nothing after this does, and looking a token up costs something.
    private async Task<IResult> InvalidToken(HttpContext context, TenantContext nobody) =>
        (IResult?)await limits.Refuses(nobody.Tenant, nobody.Actor, context)
        ?? Problems.Of(401, "invalid_token", "This token is not valid, or no longer so.");

    private static IResult DatabaseAway(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problems.Of(503, "database_unavailable", "The database does not answer right now. Please try again in a moment.");
    }

    private static Actor ActorOf(HttpContext context, Tenant tenant, Sessions.Live session, bool byCookie) =>
        new(tenant.Id, session.UserId, byCookie ? ActorKind.Person : ActorKind.Token, session.Held())
        {
            SessionId = session.SessionId,
            Address = AddressOf(context),
            Rights = session.Kind is SessionKind.Token ? session.Rights.ToHashSet() : null,
        };

    internal static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
