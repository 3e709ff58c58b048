using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Events;

/// <summary>How far behind the readers of the outbox are, for those who run the installation.</summary>
internal static class OutboxRoutes
{
    internal sealed record Readers(IReadOnlyList<OutboxLag.Reader> Items, string? Broker);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/operator/outbox", Lag).RequirePermission(PlatformPermission.Operate).CanWait();

    /// <summary>Tells for each database how many events its listeners and the broker have still to be told of.</summary>
    private static async Task<Ok<Readers>> Lag(OutboxLag lag, IServiceProvider services, CancellationToken ct) => TypedResults.Ok(
        new Readers(await lag.Measure(ct), (services.GetService(typeof(IEventBroker)) as IEventBroker)?.Address));
}
