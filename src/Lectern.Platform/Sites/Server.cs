using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Platform.Sites;

/// <summary>One PostgreSQL server as a failover sees it: asked by its own address, with little patience.</summary>
internal sealed class Server(DatabaseAccess access, ShardDatabase place, string site) : IAsyncDisposable
{
    private const string ReadOnly = "default_transaction_read_only";
    private readonly NpgsqlDataSource source = access.ImpatientAdministrator(place);

    public string Label => place.Label;

    public string Name => $"{place.Label} of site {site} ({place.Host}:{place.Port})";

    public NpgsqlDataSource Source => source;

    /// <summary>How it is; null when it does not answer.</summary>
    public async Task<ServerState?> Look(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(4));
        try
        {
            return await Ask(limit.Token);
        }
        catch (Exception away) when (!ct.IsCancellationRequested
            && (away is OperationCanceledException or TimeoutException || DatabaseFailure.IsLost(away)))
        {
            return null;
        }
    }

    /// <summary>
    /// Lets nobody write any more, and keeps to it when it is started again: every later transaction is read-only, and whoever was
    /// connected is sent away. Not a matter of the log, so standbys do not follow it.
    /// </summary>
    public async Task Fence(CancellationToken ct)
    {
        await Run($"ALTER SYSTEM SET {ReadOnly} = on", ct);
        await Run("SELECT pg_reload_conf()", ct);
        // The server takes up its settings when it comes to it; who connects after that is read-only.
        while (await Value<string>($"SHOW {ReadOnly}", ct) != "on") await Task.Delay(50, ct);
        await Run(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE backend_type IN ('client backend', 'parallel worker') AND pid <> pg_backend_pid()
            """, ct);
    }

    /// <summary>Takes a fence away, here or where a copy of the server's folder has brought it.</summary>
    public async Task Unfence(CancellationToken ct)
    {
        await Run($"ALTER SYSTEM RESET {ReadOnly}", ct);
        await Run("SELECT pg_reload_conf()", ct);
        while (await Value<string>($"SHOW {ReadOnly}", ct) == "on") await Task.Delay(50, ct);
    }

    public Task Promote(CancellationToken ct) => Run("SELECT pg_promote(wait => false)", ct);

    /// <summary>
    /// Passes over the numbers that the lost server may have given out after what arrived here: nobody else gets them, so an id on
    /// somebody's receipt never comes to mean another thing.
    /// </summary>
    public async Task SkipNumbers(CancellationToken ct)
    {
        var sequences = new List<uint>();
        await using (var command = source.CreateCommand(
            """
            SELECT s.seqrelid FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
            WHERE NOT pg_is_other_temp_schema(c.relnamespace)
            """))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) sequences.Add(reader.GetFieldValue<uint>(0));
        // A thousand at a time: each is locked until the transaction ends, and thousands of schemas have dozens each. Not a schema at a
        // time, for which all relations would be read anew. One that was never used here may have been used there.
        foreach (var some in sequences.Chunk(1000))
        {
            await using var skip = source.CreateCommand(
                """
                SELECT setval(seqrelid, LEAST(seqmax, COALESCE(pg_sequence_last_value(seqrelid), 0)
                    + CASE seqtypid WHEN 'bigint'::regtype THEN 100000 ELSE 1000 END))
                FROM pg_sequence WHERE seqrelid = ANY ($1)
                """);
            skip.Parameters.Add(new NpgsqlParameter { Value = some, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid });
            await skip.ExecuteNonQueryAsync(ct);
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<ServerState> Ask(CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            SELECT s.follows, (s.has - '0/0'::pg_lsn)::bigint, (s.shows - '0/0'::pg_lsn)::bigint, pg_last_xact_replay_timestamp(),
                   current_setting('default_transaction_read_only') = 'on', (SELECT system_identifier FROM pg_control_system())
            FROM (SELECT pg_is_in_recovery() AS follows,
                      CASE WHEN pg_is_in_recovery() THEN GREATEST(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                          ELSE pg_current_wal_flush_lsn() END AS has,
                      CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END AS shows) s
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new ServerState(
            reader.GetBoolean(0), reader.IsDBNull(1) ? 0 : reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.GetBoolean(4), reader.GetInt64(5));
    }

    private async Task Run(string text, CancellationToken ct)
    {
        await using var command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<T> Value<T>(string text, CancellationToken ct)
    {
        await using var command = source.CreateCommand(text);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }
}

/// <summary>How a server is.</summary>
/// <param name="Follows">It replays what another writes.</param>
/// <param name="Has">Up to which position of the log it has everything.</param>
/// <param name="Shows">Up to which it has applied it.</param>
/// <param name="LastCommit">When, by the primary's clock, the last transaction was committed that a standby has applied.</param>
/// <param name="Fenced">It lets nobody write.</param>
/// <param name="Identity">What all copies of one database cluster have in common.</param>
internal sealed record ServerState(bool Follows, long Has, long Shows, DateTimeOffset? LastCommit, bool Fenced, long Identity);
