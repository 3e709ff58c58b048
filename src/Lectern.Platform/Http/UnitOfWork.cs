using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Http;

/// <summary>
/// Around every endpoint: the handler, then one commit if it succeeded. An answer of 400 or more leaves no trace. Nothing is sent
/// before the commit.
/// </summary>
internal static class UnitOfWork
{
    public static async ValueTask<object?> Around(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        if (!services.GetRequiredService<Tenancy.TenantContext>().IsSet) return await next(invocation);

        var db = services.GetRequiredService<TenantDb>();
        var tenant = services.GetRequiredService<Tenancy.TenantContext>().Tenant;
        var lagging = services.GetRequiredService<LaggingReads>();
        var user = services.GetRequiredService<Actor>().UserId;
        db.WantsPosition = !LaggingReads.Asks(context);
        // What a move brings may not have reached the standbys of the place it goes to.
        if (LaggingReads.Of(context) is { Purpose: { } purpose } && tenant.Serves)
            db.ReadsMayLag(purpose, lagging.PositionOf(context, tenant, user));
        else db.MaySpare = LaggingReads.Of(context) is not null;
        var once = await Idempotency.For(context, services.GetRequiredService<Actor>(), context.RequestAborted);
        if (once is not null && await once.Earlier(db, context.RequestAborted) is { } earlier)
        {
            await db.Rollback();
            return earlier;
        }

        var result = await next(invocation);
        if (StatusOf(result) >= 400)
        {
            await db.Rollback();
            return result;
        }

        if (once is not null) result = await once.Remember(db, result);
        await db.Commit(context.RequestAborted);
        if (db.Position is { } position) lagging.Give(context, tenant, user, position);
        IPage.Link(context, result);
        return result;
    }

    internal static int StatusOf(object? result) => result switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => 200,
    };
}
