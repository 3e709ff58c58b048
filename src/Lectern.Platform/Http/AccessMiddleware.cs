using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Http;

/// <summary>
/// Refuses who may not call a route before its arguments are read: nobody learns from an error in a body what they may not see.
/// Unknown to the person: 404. Known but not allowed: 403.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, IEnumerable<ScopeParameter> scopeParameters)
{
    public async Task Invoke(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var access = endpoint?.Metadata.GetMetadata<RouteAccess>();
        var refusal = access?.Permission is { } permission ? await Refuse(context, permission) : NeedsTenant(context, endpoint);
        Idempotency.Prepare(context);
        if (refusal is not null) await refusal.ExecuteAsync(context);
        else await next(context);
    }

    /// <summary>Open routes of the API are still an institution's; only health, metrics and the page are nobody's.</summary>
    private static IResult? NeedsTenant(HttpContext context, Endpoint? endpoint) =>
        endpoint is null || !TenantNames.IsApi(context.Request.Path)
            || context.RequestServices.GetRequiredService<Tenancy.TenantContext>().IsSet
            ? null
            : Problems.Of(404, "unknown_institution", "There is no institution at this address.");

    private async Task<IResult?> Refuse(HttpContext context, Permission permission)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<Tenancy.TenantContext>().IsSet)
            return Problems.Of(404, "unknown_institution", "There is no institution at this address.");
        var actor = services.GetRequiredService<Actor>();
        if (actor.Kind is ActorKind.Nobody) return Problems.Of(401, "sign_in_required", "Sign in to continue.");
        if (Csrf.Refuses(context, actor) is { } forged) return forged;

        var ct = context.RequestAborted;
        var scope = await ScopeOf(context, services.GetRequiredService<TenantDb>(), ct);
        if (scope is not { } named) return Problems.NotFound();
        var check = services.GetRequiredService<Access.Access>();
        context.Features.Set(new RouteScope(named));
        if (await check.May(permission, named, ct)) return null;
        return await check.Knows(named, ct)
            ? Problems.Forbidden($"This needs the permission '{permission.Name}': {permission.Meaning.ToLowerInvariant()}.")
            : Problems.NotFound();
    }

    /// <summary>The scope of the innermost route parameter that stands for one; the institution when none does.</summary>
    private async Task<Scope?> ScopeOf(HttpContext context, TenantDb db, CancellationToken ct)
    {
        foreach (var parameter in scopeParameters)
        {
            if (!context.Request.RouteValues.TryGetValue(parameter.Name, out var value)) continue;
            return long.TryParse(value as string, out var id) && id > 0 ? await parameter.Find(db, id, ct) : null;
        }

        return Scope.Institution;
    }
}
