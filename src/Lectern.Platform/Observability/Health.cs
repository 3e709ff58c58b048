using Lectern.Platform.Access;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Observability;

/// <summary>Tells a balancer whether this process lives, is ready for requests, and has finished starting.</summary>
internal static class Health
{
    internal sealed record Answer(string Status, string Server, IReadOnlyDictionary<string, string>? Checks = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string because = "Balancers and monitors have no account";
        routes.MapGet("/health", Ready).AllowAnonymous(because).ExcludeFromDescription();
        routes.MapGet("/health/live", (NodeIdentity node) => TypedResults.Ok(new Answer("live", node.Name))).AllowAnonymous(because);
        routes.MapGet("/health/ready", Ready).AllowAnonymous(because);
        routes.MapGet("/health/startup", (NodeIdentity node, ServingState state) =>
            Answered(state.Started, new Answer(state.Started ? "started" : "starting", node.Name))).AllowAnonymous(because);
        routes.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4"))
            .AllowAnonymous(because);
    }

    private static async Task<IResult> Ready(
        NodeIdentity node, ServingState state, TenantDirectory directory, ShardSources shards, Dependencies dependencies,
        SiteStanding site, CancellationToken ct)
    {
        var checks = new Dictionary<string, string>();
        var well = state.Started && !state.Draining && site.Refusal is null;
        if (site.Refusal is not null) checks["site"] = "stands back";
        if (state.Draining) checks["state"] = "draining";
        foreach (var database in directory.Databases)
        {
            var answer = await Ask(shards, database, ct);
            checks[$"database-{database.Id}"] = answer ?? "ok";
            // One shard away is that shard's institutions' trouble; only without the catalogue can nobody be served.
            if (answer is not null && database.Id == 1) well = false;
        }

        // What may be away without anybody's page: shown, and no reason to take this process out.
        foreach (var dependency in dependencies.All)
            checks[dependency.Rules.Name] = dependency.State is DependencyState.Closed ? "ok" : "away";
        return Answered(well, new Answer(well ? "ready" : "not ready", node.Name, checks));
    }

    private static async Task<string?> Ask(ShardSources shards, ShardDatabase database, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            await using var command = shards.Worker(database).CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(limit.Token);
            return null;
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return "unreachable";
        }
    }

    private static IResult Answered(bool well, Answer answer) =>
        well ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Where this process is in its life: starting, serving, draining.</summary>
public sealed class ServingState
{
    public bool Started { get; internal set; }

    public bool Draining { get; internal set; }
}
