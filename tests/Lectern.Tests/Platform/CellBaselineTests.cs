using Lectern.Hosting;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Platform;

public sealed class CellBaselineTests(LecternApp app)
{
    private static readonly MigrationPlan Plan = new Product(Program.Services).Migrations;

    [Fact]
    public async Task A_cell_from_the_baseline_is_the_cell_the_migrations_make_step_by_step()
    {
        await using var admin = Administrator();
        var (stepwise, founded) = (await NewSchema(admin), await NewSchema(admin));
        foreach (var set in Plan.Cell)
            Assert.True(await Migrate(admin, stepwise, set));

        Assert.True(await new CellBaseline(Plan).Found(admin, founded, DatabaseAccess.SharedCell, CancellationToken.None));

        var expected = await Describe(admin, stepwise);
        Assert.True(expected.Count > 100);
        Assert.Equal(expected, await Describe(admin, founded));
    }

    [Fact]
    public async Task A_schema_that_was_begun_is_left_to_the_migrations()
    {
        await using var admin = Administrator();
        var schema = await NewSchema(admin);
        Assert.True(await Migrate(admin, schema, Plan.Cell[0]));

        Assert.False(await new CellBaseline(Plan).Found(admin, schema, DatabaseAccess.SharedCell, CancellationToken.None));
    }

    private static Task<bool> Migrate(NpgsqlDataSource admin, string schema, MigrationSet set) =>
        new SchemaMigrator(NullLogger.Instance).Migrate(admin, schema, DatabaseAccess.SharedCell, set, CancellationToken.None);

    private NpgsqlDataSource Administrator() => app.Host.Services.GetRequiredService<DatabaseAccess>().Administrator("lectern");

    private async Task<string> NewSchema(NpgsqlDataSource admin)
    {
        var schema = $"baseline_{Guid.NewGuid():N}"[..20];
        var access = app.Host.Services.GetRequiredService<DatabaseAccess>();
        await DatabaseRoles.EnsureCell(
            admin, access, "lectern", schema, DatabaseAccess.SharedCell, ownSearchPath: false, CancellationToken.None);
        return schema;
    }

    /// <summary>Everything the catalogue knows of a schema, without the schema's name and the numbers the server gave.</summary>
    private static async Task<List<string>> Describe(NpgsqlDataSource admin, string schema)
    {
        await using var command = admin.CreateCommand(
            """
            WITH own AS (SELECT c.* FROM pg_class c WHERE c.relnamespace = $1::regnamespace)
            SELECT replace(line, $1, '') FROM (
                SELECT concat_ws(
                    ' ', 'relation', relname, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity, relacl, reloptions)
                FROM own
                UNION ALL
                SELECT concat_ws(' ', 'column', relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
                    pg_get_expr(adbin, adrelid))
                FROM own JOIN pg_attribute a ON a.attrelid = own.oid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE attnum > 0 AND NOT attisdropped
                UNION ALL
                SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE connamespace = $1::regnamespace
                UNION ALL
                SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) FROM pg_index JOIN own ON own.oid = indrelid
                UNION ALL
                SELECT concat_ws(' ', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check)
                FROM pg_policies WHERE schemaname = $1
                UNION ALL
                SELECT concat_ws(' ', 'view', relname, pg_get_viewdef(oid)) FROM own WHERE relkind = 'v'
                UNION ALL
                SELECT concat_ws(' ', 'record', migration_set, version, name, checksum)
                FROM platform.applied_migrations WHERE schema_name = $1
                UNION ALL
                SELECT concat_ws(' ', 'state', migration_set, version, target, attempts)
                FROM platform.schema_state WHERE schema_name = $1 AND version > 0
            ) lines(line) ORDER BY 1
            """);
        command.Parameters.AddWithValue(schema);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }
}
