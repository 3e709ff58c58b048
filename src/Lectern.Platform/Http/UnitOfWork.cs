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
            IPage.Link(context, result);
            return result;
        }
        catch (Npgsql.PostgresException taken) when (
            taken.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation && Idempotency.IsRace(taken))
        {
            await db.Rollback();
            // Two equal requests at once: the other one won and its answer is ours.
            return await Idempotency.For(context, services.GetRequiredService<Actor>())!.Earlier(db, context.RequestAborted);
        }
    }

    internal static int StatusOf(object? result) => result switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => 200,
    };
}
