using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Observability;

/// <summary>The installation as a whole, for those who run it.</summary>
internal static class ClusterRoutes
{
    internal sealed record Cluster(
        IReadOnlyList<ClusterView.Node> Nodes, IReadOnlyList<ClusterView.Shard> Shards, IReadOnlyList<ClusterView.Plan> Plans);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/operator/cluster", Look).RequirePermission(PlatformPermission.Operate).CanWait();

    /// <summary>Shows operators the processes, the databases with their standbys and waiting work, and institutions by plan.</summary>
    private static async Task<Ok<Cluster>> Look(ClusterView view, CancellationToken ct) =>
        TypedResults.Ok(new Cluster(await view.Nodes(ct), await view.Shards(ct), await view.Plans(ct)));
}
