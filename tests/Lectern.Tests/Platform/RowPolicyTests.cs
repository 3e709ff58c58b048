using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Commands.Proofs;
using Lectern.Tests.Harness;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>The net under every query: the database itself keeps institutions apart, whatever the application forgets.</summary>
public sealed class RowPolicyTests(LecternApp app)
{
    [Theory]
    [InlineData("pooled")]
    [InlineData("schema")]
    [InlineData("database")]
    public async Task Raw_statements_reach_no_other_institution(string placement)
    {
        var kind = Enum.Parse<CellKind>(placement, ignoreCase: true);
        var (mine, theirs) = (await app.NewTenant(kind), await app.NewTenant(kind));
        foreach (var tenant in new[] { mine, theirs }) await tenant.NewNumber(Lectern.Platform.Access.Role.Administrator);
        await using var source = mine.AdminSource();
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var tables = await TenantTable.Of(connection, mine.Tenant.Cell.Schema, TestContext.Current.CancellationToken);
        tables.AddRange((await TenantTable.Of(connection, "platform", TestContext.Current.CancellationToken)).Where(table =>
            TenantCopy.Work.Contains(table.Name)));
        Assert.True(tables.Count >= 11, $"Only {tables.Count} tenant tables were found.");

        var tally = new Tally();
        await new RawSql(tally, placement, mine.CellSource(), mine.Tenant, theirs.Tenant).TryAll(
            tables, TestContext.Current.CancellationToken);

        Assert.Empty(tally.Failures);
        Assert.True(tally.Attempts >= tables.Count * 20);
    }

    [Theory]
    [InlineData("pooled")]
    [InlineData("schema")]
    [InlineData("database")]
    public async Task Every_tenant_table_is_under_a_forced_policy(string placement)
    {
        var tenant = await app.NewTenant(Enum.Parse<CellKind>(placement, ignoreCase: true));
        var bare = await tenant.Admin<string>($"""
            SELECT COALESCE(string_agg(n.nspname || '.' || c.relname, ', '), '') FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('{tenant.Tenant.Cell.Schema}', 'platform') AND NOT (c.relrowsecurity AND
                c.relforcerowsecurity)
              AND (n.nspname <> 'platform' OR c.relname NOT IN ('tenants', 'tenant_domains', 'tenant_moves', 'tenant_receipts',
                'feature_switches'))
            """);
        Assert.Equal(string.Empty, bare);
    }

    [Fact]
    public async Task Two_institutions_may_hold_equal_ids()
    {
        var (mine, theirs) = (await app.NewTenant(CellKind.Pooled), await app.NewTenant(CellKind.Pooled));
        foreach (var tenant in new[] { mine, theirs })
        {
            await tenant.Do(async services =>
            {
                var db = (TenantDb)services.GetService(typeof(TenantDb))!;
                await db.Execute($"""
                    INSERT INTO files (tenant_id, file_id, object_key, name, content_type, size_bytes, state, owner_id, purpose, created_at)
                    VALUES ({db.Tenant}, 7, '', {tenant.Slug}, 'text/plain', 1, 'stored', 1, 'test', {db.Now})
                    """, default);
                return true;
            });
        }

        Assert.Equal([mine.Slug], await mine.Rows<string>(db => $"SELECT name FROM files WHERE file_id = 7"));
        Assert.Equal([theirs.Slug],
            await theirs.Rows<string>(db => $"SELECT name FROM files WHERE tenant_id = {db.Tenant} AND file_id = 7"));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET action = 'nothing'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("UPDATE audit_seals SET entries = 0")]
    [InlineData("DELETE FROM audit_seals")]
    [InlineData("INSERT INTO audit_seals (tenant_id, seal_no) VALUES (1, 1)")]
    public async Task The_audit_log_can_only_grow(string statement)
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => tenant.Do(async services =>
            await ((TenantDb)services.GetService(typeof(TenantDb))!).Execute(Sql.Raw(statement), default)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task The_roles_that_answer_requests_are_neither_owners_nor_above_the_policies()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        var above = await tenant.Admin<string>(
            """
            SELECT COALESCE(string_agg(r.rolname, ', '), '') FROM pg_roles r
            WHERE (r.rolname LIKE 'lectern_cell%' OR r.rolname IN ('lectern_app', 'lectern_schemas', 'lectern_worker', 'lectern_sealer'))
              AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR pg_has_role(r.oid, 'lectern_owner', 'MEMBER')
                   OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))
            """);
        Assert.Equal(string.Empty, above);
    }
}
