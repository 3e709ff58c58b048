using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>What the database itself says about who may see which rows, in the platform's schema and in a cell.</summary>
public sealed class TablePolicyTests(LecternApp app)
{
    /// <summary>
    /// Tables that hold no institution's rows under a policy, each with the reason. The application's roles may not touch them.
    /// </summary>
    private static readonly Dictionary<string, string> Global = new()
    {
        ["platform.databases"] = "where databases are; no institution's",
        ["platform.cells"] = "where cells are; no institution's",
        ["platform.nodes"] = "which processes there are; no institution's",
        ["platform.replicas"] = "where copies of databases are; no institution's",
        ["platform.tenants"] = "the catalogue itself, read before an institution is known",
        ["platform.tenant_domains"] = "part of the catalogue",
        ["platform.tenant_moves"] = "part of the catalogue: moves under way",
        ["platform.tenant_receipts"] = "part of the catalogue: what was erased, of institutions that are no more",
        ["platform.feature_switches"] = "part of the catalogue: what an operator has switched off",
        ["platform.database_places"] = "where databases are in each site; no institution's",
        ["platform.site_turns"] = "which site writes; no institution's",
        ["platform.keys"] = "keys all nodes share",
        ["platform.outbox_default"] = "a part of platform.outbox, reached through it and its policy",
        ["platform.outbox_cursors"] = "how far the relay has read",
        ["platform.schedules"] = "when the platform's own tasks run next",
        ["platform.audit_marks"] = "how far the sealer has come",
        ["platform.schema_state"] = "which schema is at which version",
        ["platform.applied_migrations"] = "what ran in which schema",
    };

    [Fact]
    public async Task Every_table_with_a_tenant_has_a_forced_policy_and_every_other_is_listed()
    {
        var wrong = new List<string>();
        foreach (var table in await Tables())
        {
            if (Global.ContainsKey(table.Name))
            {
                if (table.AppMay) wrong.Add($"{table.Name} is listed as global, yet the application's roles may use it");
                continue;
            }

            if (!table.HasTenant) wrong.Add($"{table.Name} has no tenant_id and is not in the list of global tables");
            if (!table.Forced)
                wrong.Add($"{table.Name}: row level security is not enabled and forced; add SELECT platform.protect('…') to its migration");
            if (!table.Policy.Contains("lectern.tenant", StringComparison.Ordinal))
                wrong.Add($"{table.Name} has no policy on lectern.tenant for lectern_app");
            if (!table.KeyStarts) wrong.Add($"{table.Name}: its primary key does not start with tenant_id");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Global_tables_that_are_listed_exist()
    {
        var there = (await Tables()).Select(table => table.Name).ToHashSet();
        Assert.DoesNotContain(Global.Keys, name => !there.Contains(name));
    }

    [Fact]
    public async Task Only_the_platforms_own_roles_pass_policies()
    {
        var passing = await Strings("""
            SELECT DISTINCT r.rolname || ' on ' || c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            CROSS JOIN LATERAL unnest(p.polroles) AS named(role) JOIN pg_roles r ON r.oid = named.role
            WHERE pg_get_expr(p.polqual, p.polrelid) = 'true' AND r.rolname NOT IN ('lectern_worker', 'lectern_sealer')
            """);
        Assert.Empty(passing);
        var bypassing = await Strings("SELECT rolname FROM pg_roles WHERE rolname LIKE 'lectern%' AND (rolbypassrls OR rolsuper) AND "
            + "rolname NOT IN ('lectern_owner', 'lectern_backup')");
        Assert.Empty(bypassing);
    }

    [Fact]
    public async Task No_role_that_answers_requests_owns_a_table_or_may_empty_one()
    {
        Assert.Empty(await Strings("""
            SELECT c.relname || ' is owned by ' || r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
            WHERE c.relkind IN ('r', 'p', 'v') AND r.rolname LIKE 'lectern%' AND r.rolname <> 'lectern_owner'
            """));
        Assert.Empty(await Strings("""
            SELECT c.relname || ' may be emptied by ' || r.rolname FROM pg_class c CROSS JOIN pg_roles r
            WHERE c.relkind IN ('r', 'p') AND r.rolname LIKE 'lectern%' AND r.rolname <> 'lectern_owner' AND r.rolcanlogin
              AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = 'platform' OR nspname LIKE 'cell%')
              AND has_table_privilege(r.oid, c.oid, 'TRUNCATE')
            """));
    }

    [Fact]
    public async Task The_audit_log_can_be_added_to_and_nothing_else() => Assert.Empty(await Strings("""
        SELECT c.relname || ': ' || r.rolname || ' may ' || p.name FROM pg_class c CROSS JOIN pg_roles r CROSS JOIN (VALUES ('UPDATE'),
            ('DELETE')) AS p(name)
        WHERE c.relname IN ('audit_entries', 'audit_seals') AND c.relkind = 'r' AND r.rolname LIKE 'lectern%'
            AND r.rolname <> 'lectern_owner'
          AND has_table_privilege(r.oid, c.oid, p.name)
        """));

    [Fact]
    public async Task Views_show_only_what_their_reader_may_see() => Assert.Empty(await Strings("""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('v', 'm') AND (n.nspname = 'platform' OR n.nspname LIKE 'cell%')
          AND (c.relkind = 'm' OR NOT COALESCE(c.reloptions @> ARRAY['security_invoker=true'], false))
        """));

    private async Task<List<TableFacts>> Tables()
    {
        var cell = (await app.NewTenant(CellKind.Pooled)).Tenant.Cell;
        await using var source = NpgsqlDataSource.Create(app.Options.Postgres);
        await using var command = source.CreateCommand("""
            SELECT CASE WHEN n.nspname = 'platform' THEN 'platform.' ELSE '' END || c.relname,
                   EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull),
                   c.relrowsecurity AND c.relforcerowsecurity,
                   COALESCE((SELECT pg_get_expr(p.polqual, c.oid) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant'), ''),
                   n.nspname = 'platform' OR EXISTS (
                       SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                       WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'tenant_id'),
                   has_table_privilege('lectern_app', c.oid, 'SELECT') OR has_table_privilege($2, c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('platform', $1)
              -- Days of the outbox are reached through it; nobody may name one directly, which RowPolicyTests checks.
              AND c.relname !~ '^outbox_[0-9]{8}$' ORDER BY 1
            """);
        command.Parameters.AddWithValue(cell.Schema);
        command.Parameters.AddWithValue(cell.Role);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<TableFacts>();
        while (await reader.ReadAsync())
            tables.Add(new(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetString(3), reader.GetBoolean(4),
                reader.GetBoolean(5)));
        return tables;
    }

    private async Task<List<string>> Strings(string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.Options.Postgres);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    private sealed record TableFacts(string Name, bool HasTenant, bool Forced, string Policy, bool KeyStarts, bool AppMay);
}
