using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Migrations;

/// <summary>
/// Brings one schema up to date. Each step is one transaction with its record, so a runner killed anywhere leaves the schema at
/// a version, never between two; a lease keeps two runners from working on the same schema. The lease lives as long as the server
/// connection that took it, so that what a killed runner held is free at once; one that idles longer than the lease loses it too.
/// </summary>
internal sealed class SchemaMigrator(ILogger log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    /// <summary>Applies what is missing. False when another runner holds the schema.</summary>
    public async Task<bool> Migrate(
        NpgsqlDataSource source, string schema, string cellRole, MigrationSet set, CancellationToken ct, int? upTo = null)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var target = Math.Min(upTo ?? set.Newest, set.Newest);
        if (await Take(connection, schema, set.Name, target, ct) is not { } at) return false;
        try
        {
            await CheckHistory(connection, schema, set, ct);
            foreach (var migration in set.Migrations.Where(step => step.Version > at && step.Version <= target))
                await Apply(connection, schema, cellRole, migration, ct);
            await Release(connection, schema, set.Name, null, ct);
            return true;
        }
        catch (Exception failure) when (failure is PostgresException or InvalidOperationException)
        {
            await Release(connection, schema, set.Name, failure is PostgresException refused ? refused.MessageText : failure.Message,
                CancellationToken.None);
            throw;
        }
    }

    private static async Task<int?> Take(NpgsqlConnection connection, string schema, string set, int target, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO platform.schema_state AS s (schema_name, migration_set, target, lease_until, lease_pid, lease_born, attempts)
            SELECT $1, $2, $3, now() + $4, a.pid, a.backend_start, 1 FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()
            ON CONFLICT (schema_name, migration_set) DO UPDATE
            SET target = excluded.target, lease_until = excluded.lease_until, lease_pid = excluded.lease_pid, lease_born =
                excluded.lease_born, attempts = s.attempts + 1
            WHERE s.lease_until IS NULL
               OR NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = s.lease_pid AND a.backend_start = s.lease_born
                    AND (s.lease_until > now() OR a.state <> 'idle'))
            RETURNING version
            """, connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(set);
        command.Parameters.AddWithValue(target);
        command.Parameters.AddWithValue(Lease);
        return await command.ExecuteScalarAsync(ct) as int?;
    }

    private static async Task CheckHistory(NpgsqlConnection connection, string schema, MigrationSet set, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT version, checksum FROM platform.applied_migrations WHERE schema_name = $1 AND migration_set = $2", connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(set.Name);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var version = reader.GetInt32(0);
            // A newer program may have gone further; it keeps the versions this one knows readable.
            if (version > set.Newest) continue;
            if (set.Migrations[version - 1].Checksum != reader.GetString(1))
                throw new InvalidOperationException($"Migration {set.Migrations[version - 1].Name} of {set.Name} was changed after it "
                    + $"ran in {schema}. Write a new one instead.");
        }
    }

    private async Task Apply(NpgsqlConnection connection, string schema, string cellRole, Migration migration, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyOnce(connection, schema, cellRole, migration, ct);
                return;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < 10)
            {
                // Somebody reads the table for long. Waiting in the lock queue would stop everyone behind us, so step back and try again.
                log.LogInformation("Migration {Migration} of {Schema} waits for a lock.", migration.Name, schema);
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), ct);
            }
        }
    }

    private static async Task ApplyOnce(
        NpgsqlConnection connection, string schema, string cellRole, Migration migration, CancellationToken ct)
    {
        await using var transaction = migration.InTransaction ? await connection.BeginTransactionAsync(ct) : null;
        await using (var prepare = new NpgsqlCommand(
            "SELECT set_config('search_path', $1, $3), set_config('lectern.cell_role', $2, $3), set_config('lock_timeout', '2s', $3)",
            connection, transaction))
        {
            prepare.Parameters.AddWithValue(schema);
            prepare.Parameters.AddWithValue(cellRole);
            prepare.Parameters.AddWithValue(migration.InTransaction);
            await prepare.ExecuteNonQueryAsync(ct);
        }

        // Tenant tables belong to the owner role, never to the administrator: forced row policies then bind their owner too.
        if (migration.InTransaction && schema != "platform")
        {
            await using var become = new NpgsqlCommand("SET LOCAL ROLE lectern_owner", connection, transaction);
            await become.ExecuteNonQueryAsync(ct);
        }

        // An index on years of rows takes as long as it takes; whoever is at work keeps the schema.
        await using (var step = new NpgsqlCommand(migration.Text, connection, transaction) { CommandTimeout = 0 })
            await step.ExecuteNonQueryAsync(ct);
        if (migration.InTransaction && schema != "platform")
        {
            await using var back = new NpgsqlCommand("RESET ROLE", connection, transaction);
            await back.ExecuteNonQueryAsync(ct);
        }

        await using (var record = new NpgsqlCommand(
            """
            WITH done AS (
                INSERT INTO platform.applied_migrations (schema_name, migration_set, version, name, checksum) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT DO NOTHING)
            UPDATE platform.schema_state SET version = $3, lease_until = now() + $6 WHERE schema_name = $1 AND migration_set = $2
            """, connection, transaction))
        {
            record.Parameters.AddWithValue(schema);
            record.Parameters.AddWithValue(migration.Set);
            record.Parameters.AddWithValue(migration.Version);
            record.Parameters.AddWithValue(migration.Name);
            record.Parameters.AddWithValue(migration.Checksum);
            record.Parameters.AddWithValue(Lease);
            await record.ExecuteNonQueryAsync(ct);
        }

        if (migration.Contracts) await RaiseFloor(connection, schema, migration, ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
    }

    private static async Task RaiseFloor(NpgsqlConnection connection, string schema, Migration migration, CancellationToken ct)
    {
        await using var floor = new NpgsqlCommand(
            "UPDATE platform.schema_state SET serves_from = $3 WHERE schema_name = $1 AND migration_set = $2", connection);
        floor.Parameters.AddWithValue(schema);
        floor.Parameters.AddWithValue(migration.Set);
        floor.Parameters.AddWithValue(migration.Version);
        await floor.ExecuteNonQueryAsync(ct);
    }

    private static async Task Release(NpgsqlConnection connection, string schema, string set, string? error, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE platform.schema_state SET lease_until = NULL, last_error = $3, attempts = CASE WHEN $3 IS NULL THEN 0 ELSE attempts END
            WHERE schema_name = $1 AND migration_set = $2
            """, connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(set);
        command.Parameters.AddWithValue((object?)error ?? DBNull.Value);
        command.Parameters[2].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        await command.ExecuteNonQueryAsync(ct);
    }
}
