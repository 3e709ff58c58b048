using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Lectern.Platform.Migrations;

/// <summary>
/// The tables of a new cell: the migration files themselves, joined in their order into one text, run in one transaction and recorded
/// as applied. There is no second source that could say something else, and a new schema costs one round trip instead of ten a file.
/// </summary>
internal sealed class CellBaseline
{
    private const string Quote = "$lectern_baseline$";

    private readonly string block;
    private readonly IReadOnlyList<MigrationSet> sets;

    public CellBaseline(MigrationPlan plan)
    {
        sets = [.. plan.Cell.Where(set => set.Newest > 0)];
        // One EXECUTE: the server parses, plans and runs it all without hearing from us in between.
        block = $"DO $lectern_do$ BEGIN EXECUTE {Quote}\n{TextOf(sets)}\n{Quote}; END $lectern_do$";
    }

    /// <summary>Makes all tables, or answers false when the schema has been begun already and must be migrated instead.</summary>
    public async Task<bool> Found(NpgsqlDataSource source, string schema, string cellRole, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        // Two that found the same cell meet at these rows: the second waits for the first, then has nothing left to do.
        batch.BatchCommands.Add(States(schema));
        batch.BatchCommands.Add(Records(schema));
        batch.BatchCommands.Add(Settings(schema, cellRole));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(block));
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
            return true;
        }
        catch (PostgresException begun) when (begun.SqlState is PostgresErrorCodes.UniqueViolation && begun.TableName is "schema_state")
        {
            return false;
        }
    }

    private static string TextOf(IEnumerable<MigrationSet> sets)
    {
        var text = new StringBuilder();
        foreach (var migration in sets.SelectMany(set => set.Migrations))
        {
            // An empty schema has nobody to wait for, so what must stand outside a transaction later may stand inside it here.
            text.AppendLine(migration.InTransaction
                ? migration.Text
                : migration.Text.Replace(" CONCURRENTLY", string.Empty, StringComparison.OrdinalIgnoreCase)).AppendLine(";");
        }

        return text.ToString();
    }

    // Tenant tables belong to the owner role, never to the administrator: forced row policies then bind their owner too.
    private static NpgsqlBatchCommand Settings(string schema, string cellRole) => new(
        "SELECT set_config('search_path', $1, true), set_config('lectern.cell_role', $2, true), set_config('role', 'lectern_owner', true)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = schema }, new NpgsqlParameter<string> { TypedValue = cellRole } },
    };

    private NpgsqlBatchCommand States(string schema) => new(
        """
        INSERT INTO platform.schema_state (schema_name, migration_set, version, target, serves_from)
        SELECT $1, s.name, s.newest, s.newest, s.serves_from FROM unnest($2, $3, $4) s(name, newest, serves_from)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = schema },
            Texts(sets.Select(set => set.Name)),
            Numbers(sets.Select(set => set.Newest)),
            Numbers(sets.Select(set => set.ServesFrom)),
        },
    };

    private NpgsqlBatchCommand Records(string schema)
    {
        var all = sets.SelectMany(set => set.Migrations).ToList();
        return new NpgsqlBatchCommand(
            """
            INSERT INTO platform.applied_migrations (schema_name, migration_set, version, name, checksum)
            SELECT $1, m.migration_set, m.version, m.name, m.checksum FROM unnest($2, $3, $4, $5) m(migration_set, version, name, checksum)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = schema },
                Texts(all.Select(migration => migration.Set)),
                Numbers(all.Select(migration => migration.Version)),
                Texts(all.Select(migration => migration.Name)),
                Texts(all.Select(migration => migration.Checksum)),
            },
        };
    }

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> values) => new()
    {
        TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };

    private static NpgsqlParameter<int[]> Numbers(IEnumerable<int> values) => new()
    {
        TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
    };
}
