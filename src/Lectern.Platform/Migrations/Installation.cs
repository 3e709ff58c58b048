using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Migrations;

/// <summary>
/// Makes and upgrades an installation: roles, the platform schema, cells, and every schema's tables. All of it may be repeated.
/// </summary>
internal sealed class Installation(
    DatabaseAccess access, CoreDatabase core, MigrationPlan plan, TenantDirectory directory, PlatformOptions options,
    ILogger<Installation> log)
{
    private readonly SchemaMigrator migrator = new(log);
    private readonly CellBaseline baseline = new(plan);

    /// <summary>Prepares the first database and its pooled cells, and migrates everything there is.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        await PrepareDatabase(core.Database, withCatalogue: true, ct);
        await AddPooledCells(ct);
        foreach (var shard in directory.Databases.Where(shard => shard.Id != core.Database.Id))
        {
            if (await ShardVersion(shard, ct) < plan.Shard.Newest) await PrepareDatabase(shard, withCatalogue: false, ct);
        }

        await MigrateCells(new MigrationRun(), ct);
    }

    /// <summary>Makes roles and the platform schema in one database.</summary>
    public async Task PrepareDatabase(ShardDatabase database, bool withCatalogue, CancellationToken ct)
    {
        await using var admin = access.Administrator(database);
        await DatabaseRoles.Ensure(admin, access, database.Name, ct);
        // The runner's own book-keeping comes with the first shard migration, which must therefore run before it can be recorded.
        await Bootstrap(admin, ct);
        await DatabaseRoles.EnsurePoolerLookUp(admin, ct);
        await Migrate(admin, "platform", DatabaseAccess.Worker, plan.Shard, ct);
        if (withCatalogue)
        {
            await Migrate(admin, "platform", DatabaseAccess.Worker, plan.Catalogue, ct);
            await Register(admin, database, ct);
        }
    }

    /// <summary>Adds a database to the installation, made if need be, with the platform's tables in it.</summary>
    public async Task<ShardDatabase> AddDatabase(ShardDatabase wanted, CancellationToken ct)
    {
        await using (var server = access.Administrator(wanted with { Name = "postgres" }))
            await DatabaseRoles.EnsureDatabase(server, wanted.Name, ct);
        // Before it is in the catalogue: every worker begins to work on what stands there.
        await PrepareDatabase(wanted, withCatalogue: false, ct);
        await using var catalogue = access.Administrator(core.Database);
        Sql register = $"""
            WITH known AS (
                SELECT database_id FROM platform.databases WHERE name = {wanted.Name} AND host = {wanted.Host} AND port = {wanted.Port}),
            added AS (
                INSERT INTO platform.databases (database_id, host, port, name, label, cluster, region, tier, dedicated, pooler_host,
                    pooler_port)
                SELECT (SELECT max(database_id) + 1 FROM platform.databases), {wanted.Host}, {wanted.Port}, {wanted.Name}, {wanted.Label},
                       {wanted.Cluster}, {wanted.Region}::text, {wanted.Tier}::text, {wanted.Dedicated}, {wanted.Pooler?.Host}::text,
                       {wanted.Pooler?.Port}::int
                WHERE NOT EXISTS (SELECT FROM known) RETURNING database_id)
            SELECT database_id FROM known UNION ALL SELECT database_id FROM added
            """;
        await using var batch = catalogue.CreateBatch();
        batch.BatchCommands.Add(register.ToCommand());
        var id = (int)(await batch.ExecuteScalarAsync(ct))!;
        await directory.LoadDatabases(ct);
        return directory.Database(id);
    }

    private async Task<int> ShardVersion(ShardDatabase shard, CancellationToken ct)
    {
        try
        {
            await using var admin = access.Administrator(shard);
            await using var command = admin.CreateCommand(
                "SELECT version FROM platform.schema_state WHERE schema_name = 'platform' AND migration_set = 'shard'");
            return await command.ExecuteScalarAsync(ct) as int? ?? 0;
        }
        catch (Exception away) when (StartCheck.IsAway(away))
        {
            throw new StartRefusedException(StartCheck.Unreachable(shard, away), away);
        }
    }

    /// <summary>Adds a cell: a schema with every table, owned by the owner role and served by a role of its own.</summary>
    public async Task<Cell> AddCell(string name, CellKind kind, ShardDatabase database, CancellationToken ct)
    {
        await using var catalogue = access.Administrator(core.Database);
        var schema = SchemaNameOf(name, kind);
        var role = kind is CellKind.Schema ? DatabaseAccess.SharedCell : $"lectern_cell_{database.Id}_{schema}";
        await using var admin = access.Administrator(database);
        await DatabaseRoles.EnsureCell(admin, access, database.Name, schema, role, ownSearchPath: kind is not CellKind.Schema, ct);
        var cell = await RegisterCell(catalogue, name, kind, database, schema, role, ct);
        if (!await baseline.Found(admin, schema, role, ct)) await MigrateCell(admin, new CellBehind(cell, plan.Cell), ct);
        return cell;
    }

    // Names are cut off at 63 bytes without a word, and two long ones must not become one; "user" and "42nd" are no names at all.
    internal static string SchemaNameOf(string cell, CellKind kind)
    {
        // Behind the @ is where it lives, which the schema's name need not say.
        cell = cell.Split('@')[0];
        if (kind is CellKind.Database) cell = cell.Replace(".db", string.Empty, StringComparison.Ordinal);
        var plain = kind is CellKind.Pooled ? cell.Replace('-', '_').Replace('.', '_') : $"t_{cell.Replace('-', '_')}";
        if (plain.Length <= 36) return plain;
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(cell));
        return $"{plain[..27]}_{Convert.ToHexStringLower(hash)[..8]}";
    }

    /// <summary>Migrates all cells, several at a time: first a canary, then the rest, stopping when too many fail.</summary>
    public async Task<MigrationReport> MigrateCells(MigrationRun run, CancellationToken ct)
    {
        var report = new MigrationReport();
        foreach (var group in (await directory.Cells(ct)).GroupBy(cell => cell.DatabaseId))
        {
            // One source for a database's cells: at thousands of them, connecting anew for each would cost more than the migration.
            await using var admin = access.Administrator(directory.Database(group.Key));
            await MigrateCells(admin, await Behind(admin, group, ct), run, report, ct);
        }

        return report;
    }

    private async Task MigrateCells(
        NpgsqlDataSource admin, List<CellBehind> behind, MigrationRun run, MigrationReport report, CancellationToken ct)
    {
        if (behind.Count == 0) return;
        await MigrateOne(admin, behind[0], report, ct);
        if (report.Failed.Count > 0) return;
        var several = new ParallelOptions { MaxDegreeOfParallelism = run.Parallel, CancellationToken = ct };
        await Parallel.ForEachAsync(behind.Skip(1), several, async (cell, token) =>
        {
            if (report.Failed.Count > run.ErrorBudget) return;
            await MigrateOne(admin, cell, report, token);
            run.Progress?.Invoke(report.Migrated, behind.Count);
        });
    }

    private async Task MigrateOne(NpgsqlDataSource admin, CellBehind behind, MigrationReport report, CancellationToken ct)
    {
        try
        {
            await MigrateCell(admin, behind, ct);
            report.Count();
        }
        catch (Exception failure) when (failure is PostgresException or InvalidOperationException)
        {
            log.LogError(failure, "Cell {Cell} could not be migrated.", behind.Cell.Name);
            report.Fail(behind.Cell.Name, failure is PostgresException refused ? refused.MessageText : failure.Message);
        }
    }

    private async Task MigrateCell(NpgsqlDataSource admin, CellBehind behind, CancellationToken ct)
    {
        foreach (var set in behind.Sets) await Migrate(admin, behind.Cell.Schema, behind.Cell.Role, set, ct);
    }

    /// <summary>Also when somebody else is at it: then until they are done.</summary>
    private async Task Migrate(NpgsqlDataSource admin, string schema, string role, MigrationSet set, CancellationToken ct)
    {
        while (!await migrator.Migrate(admin, schema, role, set, ct)) await Task.Delay(200, ct);
    }

    /// <summary>Cells that lack something, found with one query per database rather than one per cell.</summary>
    private async Task<List<CellBehind>> Behind(NpgsqlDataSource admin, IEnumerable<Cell> cells, CancellationToken ct)
    {
        await using var command = admin.CreateCommand("SELECT schema_name, migration_set, version FROM platform.schema_state");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var versions = new Dictionary<(string, string), int>();
        while (await reader.ReadAsync(ct)) versions[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        return [.. cells
            .Select(cell => new CellBehind(
                cell, [.. plan.Cell.Where(set => versions.GetValueOrDefault((cell.Schema, set.Name)) < set.Newest)]))
            .Where(behind => behind.Sets.Count > 0)];
    }

    private sealed record CellBehind(Cell Cell, IReadOnlyList<MigrationSet> Sets);

    private async Task AddPooledCells(CancellationToken ct)
    {
        var cells = await directory.Cells(ct);
        for (var i = 1; i <= options.PooledCells; i++)
        {
            var name = $"cell_{i:00}";
            if (cells.All(cell => cell.Name != name)) await AddCell(name, CellKind.Pooled, core.Database, ct);
        }
    }

    private static async Task Bootstrap(NpgsqlDataSource admin, CancellationToken ct)
    {
        await using var command = admin.CreateCommand(
            """
            CREATE SCHEMA IF NOT EXISTS platform AUTHORIZATION lectern_owner;
            GRANT USAGE ON SCHEMA platform TO lectern_app, lectern_worker, lectern_sealer, lectern_backup;
            CREATE TABLE IF NOT EXISTS platform.schema_state (
                schema_name text NOT NULL, migration_set text NOT NULL, version int NOT NULL DEFAULT 0, target int NOT NULL DEFAULT 0,
                lease_until timestamptz, lease_pid int, lease_born timestamptz, attempts int NOT NULL DEFAULT 0, last_error text, PRIMARY
                    KEY (schema_name, migration_set));
            CREATE TABLE IF NOT EXISTS platform.applied_migrations (
                schema_name text NOT NULL, migration_set text NOT NULL, version int NOT NULL, name text NOT NULL, checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (schema_name, migration_set, version));
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task Register(NpgsqlDataSource admin, ShardDatabase database, CancellationToken ct)
    {
        await using var command = admin.CreateCommand(
            """
            INSERT INTO platform.databases (database_id, host, port, name) VALUES ($1, $2, $3, $4)
            ON CONFLICT (database_id) DO UPDATE SET host = excluded.host, port = excluded.port, name = excluded.name
            """);
        command.Parameters.AddWithValue(database.Id);
        command.Parameters.AddWithValue(database.Host);
        command.Parameters.AddWithValue(database.Port);
        command.Parameters.AddWithValue(database.Name);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<Cell> RegisterCell(
        NpgsqlDataSource catalogue, string name, CellKind kind, ShardDatabase database, string schema, string role, CancellationToken ct)
    {
        await using var command = catalogue.CreateCommand(
            """
            INSERT INTO platform.cells (name, kind, database_id, schema_name, role_name) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name) DO UPDATE SET kind = excluded.kind RETURNING cell_id
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(SqlValue.NameOf(kind));
        command.Parameters.AddWithValue(database.Id);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(role);
        return new Cell((int)(await command.ExecuteScalarAsync(ct))!, name, kind, database.Id, schema, role);
    }
}

/// <summary>How a migration over many cells is to go.</summary>
internal sealed record MigrationRun(int Parallel = 2, int ErrorBudget = 3, Action<int, int>? Progress = null);

/// <summary>What a migration over many cells did.</summary>
internal sealed class MigrationReport
{
    private readonly System.Collections.Concurrent.ConcurrentBag<(string Cell, string Error)> failed = [];
    private int migrated;

    public int Migrated => migrated;

    public IReadOnlyCollection<(string Cell, string Error)> Failed => failed;

    public void Count() => Interlocked.Increment(ref migrated);

    public void Fail(string cell, string error) => failed.Add((cell, error));
}
