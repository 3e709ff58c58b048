using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Resilience;

/// <summary>
/// Refuses at the door what there is no room for, least critical first, before anything is asked of the database for it.
/// </summary>
internal sealed class ShedMiddleware(RequestDelegate next, LoadControl load)
{
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    public Task Invoke(HttpContext context)
    {
        if (!TenantNames.IsApi(context.Request.Path)) return next(context);
        var criticality = RouteCriticality.Of(context.GetEndpoint());
        if (load.Sheds(criticality))
        {
            LoadMeters.Refused(criticality, "door");
            return Refusal(context).ExecuteAsync(context);
        }

        context.RequestServices.GetRequiredService<TenantContext>().Wants(criticality, Patience[(int)criticality]);
        return next(context);
    }

    /// <summary>Not everybody comes back in the same second.</summary>
    public static ProblemHttpResult Refusal(HttpContext context)
    {
        context.Response.Headers.RetryAfter = $"{Random.Shared.Next(2, 8)}";
        return Problems.Of(503, "overloaded", "There is more to do right now than this server can. Nothing was changed; please try again.");
    }
}
