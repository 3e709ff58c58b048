using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>Asks every primary that has standbys, and each of them, how far it is, every second.</summary>
internal sealed class ReplicaWatch(TenantDirectory directory, ShardSources shards, Replicas replicas) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Look(stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal Task Look(CancellationToken ct) => Task.WhenAll(
        directory.Databases.Where(database => database.Replicas.Count > 0).Select(database => Look(database, ct)));

    private async Task Look(ShardDatabase database, CancellationToken ct)
    {
        // The primary first: a standby that has reached this position has seen all that was written before we asked.
        replicas.SawPrimary(
            database, await Ask(shards.Worker(database), "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint", ct));
        await Task.WhenAll(database.Replicas.Select(async replica =>
        {
            var place = database with { Host = replica.Host, Port = replica.Port };
            replicas.Saw(database, replica, await Ask(
                shards.Watcher(place),
                """
                SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
                    - '0/0'::pg_lsn)::bigint
                """, ct));
        }));
    }

    private static async Task<long?> Ask(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync(limit.Token) as long?;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
