using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Http;

/// <summary>
/// Around every endpoint: permission, then the handler, then one commit if it succeeded. An answer of 400 or more leaves no trace
/// except what <see cref="Idempotency"/> must remember. Nothing is sent before the commit.
/// </summary>
internal sealed class UnitOfWork(IEnumerable<ScopeParameter> scopeParameters)
{
    public async ValueTask<object?> Around(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (await Refuse(context) is { } refused) return refused;
        var services = context.RequestServices;
        if (!services.GetRequiredService<Tenancy.TenantContext>().IsSet) return await next(invocation);

        var db = services.GetRequiredService<TenantDb>();
        try
        {
            var once = Idempotency.For(context, services.GetRequiredService<Actor>());
            if (once is not null && await once.Earlier(db, context.RequestAborted) is { } earlier) return earlier;
            var result = await next(invocation);
            if (StatusOf(result) >= 400)
            {
                await db.Rollback();
                return result;
            }

            if (once is not null) result = await once.Remember(db, result);
            await db.Commit(context.RequestAborted);
            return result;
        }
        catch (Npgsql.PostgresException taken) when (taken.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation && Idempotency.IsRace(taken))
        {
            await db.Rollback();
            // Two equal requests at once: the other one won and its answer is ours.
            return await Idempotency.For(context, services.GetRequiredService<Actor>())!.Earlier(db, context.RequestAborted);
        }
    }

    private async Task<IResult?> Refuse(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>();
        if (access?.Permission is not { } permission) return null;
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

    internal static int StatusOf(object? result) => result switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => 200,
    };
}
