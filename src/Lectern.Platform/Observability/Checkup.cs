using System.Globalization;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Observability;

/// <summary>Asks each database whether what the product rests on is so: versions, roles, policies, and nothing left lying.</summary>
internal sealed class Checkup(DatabaseAccess access, TenantDirectory directory, CoreDatabase core, MigrationPlan plan, TimeProvider clock,
    IEventBroker? broker = null)
{
    public async Task<List<Finding>> Run(CancellationToken ct)
    {
        var cells = await directory.Cells(ct);
        var findings = new List<Finding>();
        foreach (var database in directory.Databases)
        {
            await using var source = access.Administrator(database);
            await using var connection = await source.OpenConnectionAsync(ct);
            if (database.Id == core.Database.Id) findings.AddRange(await Server(connection, ct));
            findings.Add(await Policies(connection, database, ct));
            findings.Add(await Pending(connection, database, cells, ct));
            findings.AddRange(await Work(source, connection, database, ct));
        }

        if (broker is not null) findings.Add(await Broker(broker, ct));
        return findings;
    }

    private async Task<List<Finding>> Server(NpgsqlConnection connection, CancellationToken ct)
    {
        var version = await One<int>(connection, "SELECT current_setting('server_version_num')::int", ct) / 10_000;
        var loose = await One<string>(connection,
            """
            SELECT COALESCE(string_agg(name || ' = ' || setting, ', '), '') FROM pg_settings
            WHERE (name IN ('fsync', 'full_page_writes') AND setting = 'off') OR (name = 'synchronous_commit' AND setting IN ('off',
                'local'))
            """, ct);
        var above = await One<string>(connection,
            """
            SELECT COALESCE(string_agg(rolname, ', '), '') FROM pg_roles WHERE rolname LIKE 'lectern%' AND (rolsuper
                OR (rolbypassrls AND rolname NOT IN ('lectern_owner', 'lectern_backup')))
            """, ct);
        var apart = (await One<DateTime>(connection, "SELECT clock_timestamp()", ct) - clock.GetUtcNow().UtcDateTime).Duration();
        return
        [
            version >= 15
                ? new Finding(Wellness.Well, $"PostgreSQL {version}")
                : new Finding(Wellness.Broken, $"PostgreSQL {version} is too old.", "Views under row policies need 15 or newer."),
            loose.Length == 0
                ? new Finding(Wellness.Well, "What PostgreSQL has acknowledged survives a power cut.")
                : new Finding(Wellness.Warning, $"A power cut may lose acknowledged work: {loose}.",
                    "Set these on, unless this is a test machine."),
            above.Length == 0
                ? new Finding(Wellness.Well, "No role that answers requests stands above the row policies.")
                : new Finding(Wellness.Broken, $"These roles stand above the row policies: {above}.",
                    "ALTER ROLE … NOSUPERUSER NOBYPASSRLS."),
            apart < TimeSpan.FromSeconds(5)
                ? new Finding(Wellness.Well, "The clocks of this machine and of PostgreSQL agree.")
                : new Finding(Wellness.Warning, $"The clocks of this machine and of PostgreSQL are {apart.TotalSeconds:0} s apart.",
                    "Let both follow NTP."),
        ];
    }

    private static async Task<Finding> Policies(NpgsqlConnection connection, ShardDatabase database, CancellationToken ct)
    {
        var bare = await One<string>(connection,
            """
            SELECT COALESCE(string_agg(n.nspname || '.' || c.relname, ', '), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname =
                'tenant_id'
            WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
              AND (n.nspname IN (SELECT schema_name FROM platform.schema_state WHERE schema_name <> 'platform')
                   OR (n.nspname = 'platform' AND c.relname IN ('outbox', 'inbox', 'jobs')))
            """, ct);
        return bare.Length == 0
            ? new Finding(Wellness.Well, $"Database {database.Name}: every institution table is under a forced row policy.")
            : new Finding(Wellness.Broken, $"Database {database.Name}: without a forced row policy: {bare}.",
                "SELECT platform.protect('…') in a migration.");
    }

    private async Task<Finding> Pending(NpgsqlConnection connection, ShardDatabase database, List<Cell> cells, CancellationToken ct)
    {
        var versions = new Dictionary<(string, string), int>();
        await using (var command = new NpgsqlCommand("SELECT schema_name, migration_set, version FROM platform.schema_state", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) versions[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        var behind = cells.Count(cell =>
            cell.DatabaseId == database.Id && plan.Cell.Any(set => versions.GetValueOrDefault((cell.Schema, set.Name)) < set.Newest));
        return behind == 0
            ? new Finding(Wellness.Well, $"Database {database.Name}: no migration is pending.")
            : new Finding(Wellness.Warning, $"Database {database.Name}: {behind} cells lack migrations.", "Run lectern migrate.");
    }

    private async Task<List<Finding>> Work(
        NpgsqlDataSource source, NpgsqlConnection connection, ShardDatabase database, CancellationToken ct)
    {
        var dead = await One<long>(connection, "SELECT count(*) FROM platform.jobs WHERE state = 'dead'", ct);
        var late = await One<double>(connection,
            """
            SELECT COALESCE(max(extract(epoch FROM now() - last_run_at)), 0)::float8 FROM platform.schedules WHERE name = 'audit-seal'
            """, ct);
        var readers = await OutboxLag.Measure(source, database.Id, ct);
        return
        [
            dead == 0
                ? new Finding(Wellness.Well, $"Database {database.Name}: no job has been given up on.")
                : new Finding(Wellness.Warning, $"Database {database.Name}: {dead} jobs have been given up on.",
                    "See why on the jobs page, and replay them."),
            .. readers.Select(reader => Lag(database, reader)),
            Age($"Database {database.Name}: the audit log was last sealed", late,
                "Normal while the server is stopped; else see its log for 'audit-seal'."),
        ];
    }

    private static async Task<Finding> Broker(IEventBroker broker, CancellationToken ct)
    {
        try
        {
            await broker.Check(ct);
            return new Finding(Wellness.Well, $"The broker {broker.Address} answers, and its exchanges and queues are there.");
        }
        catch (BrokerException refusal)
        {
            return new Finding(Wellness.Warning, $"The broker {broker.Address} takes no events: {refusal.Message}",
                "The product works without it, and the outbox keeps the events. See Lectern:Broker.");
        }
    }

    private Finding Lag(ShardDatabase database, OutboxLag.Reader reader)
    {
        if (reader.Name != OutboxCursor.Broker)
        {
            return Age($"Database {database.Name}: the oldest event waiting to be told is", reader.AgeSeconds,
                "Is a worker running? lectern serve --target worker");
        }

        return broker is null
            ? new Finding(Wellness.Warning, $"Database {database.Name}: events are kept for a broker, and none is configured.",
                "Configure Lectern:Broker, or run lectern events disconnect: until then no old events are dropped.")
            : Age($"Database {database.Name}: {reader.Waiting} events wait for the broker, the oldest", reader.AgeSeconds,
                "See the log of a worker, and lectern events status.");
    }

    private static Finding Age(string what, double seconds, string advice) => seconds < 60
        ? new Finding(Wellness.Well, string.Create(CultureInfo.InvariantCulture, $"{what} {seconds:0} s old."))
        : new Finding(Wellness.Warning, string.Create(CultureInfo.InvariantCulture, $"{what} {seconds / 60:0} minutes old."), advice);

    private static async Task<T> One<T>(NpgsqlConnection connection, string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }
}

/// <summary>One thing looked at, in words for a person, and what to do if it is not well.</summary>
internal sealed record Finding(Wellness Health, string What, string? Advice = null);

internal enum Wellness { Well, Warning, Broken }
