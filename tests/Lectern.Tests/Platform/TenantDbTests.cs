using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>One commit around each request, and no institution's name left behind on a connection.</summary>
public sealed class TenantDbTests(LecternApp app)
{
    [Fact]
    public async Task A_request_that_succeeds_leaves_row_event_and_audit_together()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        (await person.Post("/probes", new { name = "kept" })).Expect(201);

        Assert.Equal(1, await tenant.Count("probe:kept:%"));
        Assert.Equal(1, await Audited(tenant, "kept"));
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:kept") == 1, "the listener heard of it");
    }

    [Theory]
    [InlineData("refuse", 422)]
    [InlineData("throw", 500)]
    public async Task A_request_that_fails_leaves_nothing(string how, int status)
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        (await person.Post("/probes", new { name = "gone", then = how })).Expect(status);

        Assert.Equal(0, await tenant.Count("probe:gone:%"));
        Assert.Equal(0, await Audited(tenant, "gone"));
        Assert.Empty(await tenant.Rows<string>(db => $"SELECT type FROM platform.outbox WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task A_statement_that_fails_with_the_commit_takes_everything_with_it_and_one_that_succeeds_is_durable()
    {
        var tenant = await app.NewTenant();
        await Assert.ThrowsAsync<PostgresException>(() => Write("lost", $"SELECT 1 / {0}"));
        await Write("kept", $"SELECT {1}");
        Assert.Equal((0, 1), (await tenant.Count("lost"), await tenant.Count("kept")));

        Task<bool> Write(string name, Sql last) => tenant.Do(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.Execute($"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, {name}, '{{}}')", default);
            db.AtCommit(last);
            await db.Commit(default);
            // Nothing is open any more, and the next statement begins anew.
            Assert.False(db.HasWork);
            return await db.Value<long>($"SELECT count(*) FROM scopes WHERE tenant_id = {db.Tenant} AND scope = {name}", default) == 1;
        });
    }

    [Fact]
    public async Task Answers_of_a_write_belong_to_the_unit_of_work()
    {
        var tenant = await app.NewTenant();
        await using (var scope = await tenant.Host.Services.GetRequiredService<TenantScopes>().Open(tenant.Id, null, default))
        {
            var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
            await db.Query<string>(
                $"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, 'lost', '{{}}') RETURNING scope", default);
            Assert.True(db.HasWork);
        }

        Assert.Equal(0, await tenant.Count("lost"));
    }

    [Fact]
    public async Task Reads_in_one_batch_are_one_round_trip_and_see_what_was_written_before()
    {
        var tenant = await app.NewTenant();
        await tenant.Do(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.Execute($"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, 'a', '{{}}'), ({db.Tenant}, 'b', '{{}}')",
                default);
            var batch = db.Batch();
            var names = batch.Query<string>($"SELECT scope FROM scopes WHERE tenant_id = {db.Tenant} ORDER BY scope");
            var count = batch.Query<long>($"SELECT count(*) FROM scopes WHERE tenant_id = {db.Tenant} AND scope = {"b"}");
            await batch.Run(default);
            Assert.Superset(new HashSet<string> { "a", "b" }, names.ToHashSet());
            Assert.Equal([1L], count);
            return true;
        });
    }

    [Fact]
    public async Task No_connection_of_the_pool_remembers_an_institution()
    {
        var tenants = new[] { await app.NewTenant(CellKind.Pooled), await app.NewTenant(CellKind.Pooled), await app.NewTenant(
            CellKind.Schema) };
        foreach (var tenant in tenants) await tenant.NewNumber();
        await Parallel.ForAsync(0, 60, async (i, _) => await tenants[i % 3].Count("nothing"));

        foreach (var tenant in tenants)
        {
            for (var i = 0; i < 10; i++)
            {
                await using var connection = await tenant.CellSource().OpenConnectionAsync(TestContext.Current.CancellationToken);
                await using var ask = new NpgsqlCommand("SELECT COALESCE(current_setting('lectern.tenant', true), '')", connection);
                Assert.Equal(string.Empty, await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public async Task Nobody_asks_the_server_for_its_list_of_types()
    {
        var tenant = await app.NewTenant();
        var access = tenant.Host.Services.GetRequiredService<DatabaseAccess>();
        await using var administrator = access.Administrator(tenant.DatabaseOf());
        foreach (var source in new[] { administrator, tenant.CellSource() })
        {
            await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
            var known = await connection.GetSchemaAsync("DataTypes", TestContext.Current.CancellationToken);
            var names = known.Rows.Cast<System.Data.DataRow>().Select(row => (string)row["TypeName"]).ToList();
            // With the list comes what stands in the information schema; what Npgsql knows by itself is there without.
            Assert.Contains(names, name => name.Contains("timestamp", StringComparison.Ordinal));
            Assert.DoesNotContain(names, name => name.Contains("yes_or_no", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_statement_that_comes_again_is_planned_once()
    {
        Assert.SkipWhen(app.Options.Pooler is not null, "A pooler in transaction mode keeps no prepared statements.");
        var tenant = await app.NewTenant(CellKind.Pooled);
        await using var node = await app.Node(options => options.CellPoolSize = 1);
        for (var i = 0; i < 20; i++) await tenant.On(node).Count("planned:%");

        var plans = await tenant.On(node).Rows<long>(db => $"""
            SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT count(*) FROM scopes%'
            """);
        // Prepared with its second use; from then on the server only runs it.
        Assert.InRange(Assert.Single(plans), 10, 20);
    }

    [Fact]
    public async Task A_schema_is_always_served_by_the_same_of_a_few_pools()
    {
        var tenant = await app.NewTenant(CellKind.Schema);
        var (cell, sources) = (tenant.Tenant.Cell, tenant.Host.Services.GetRequiredService<CellSources>());
        var pools = Enumerable.Range(0, 40).Select(i => sources.For(cell with { Id = cell.Id + i, Name = $"other-{i}" })).ToList();

        Assert.Equal(app.Options.SchemaPools, pools.Distinct().Count());
        Assert.Same(pools[0], sources.For(cell));
    }

    [Fact]
    public async Task Ids_enums_instants_and_lists_travel_both_ways()
    {
        var tenant = await app.NewTenant();
        var at = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.FromHours(2));
        var row = await tenant.Do(services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            UserId[] ids = [new(3), new(4)];
            return db.Get<Travelled>($"""
                SELECT {new UserId(7)} AS user_id, {ids} AS others, {Role.TeachingAssistant} AS role, {at} AS at, {12.50m} AS points,
                    {(string?)null}::text AS note
                """, default);
        });
        Assert.Equal((new UserId(7), Role.TeachingAssistant, at.ToUniversalTime(), 12.50m, null),
            (row.UserId, row.Role, row.At, row.Points, row.Note));
        Assert.Equal([new UserId(3), new UserId(4)], row.Others);
    }

    [Fact]
    public async Task Arrays_are_read_in_their_place_as_the_server_sends_them()
    {
        var tenant = await app.NewTenant();
        long[] wide = [1, -2, long.MinValue, long.MaxValue];
        var row = await tenant.Do(services => services.GetRequiredService<TenantDb>().Get<Packed>($"""
            SELECT array_send({wide}) AS wide, array_send(ARRAY[3, -4]) AS narrow, array_send(ARRAY[]::int[]) AS none
            """, default));
        Assert.Equal(wide, Enumerable.Range(0, row.Wide.Length).Select(i => row.Wide[i]));
        Assert.Equal([3, -4], Enumerable.Range(0, row.Narrow.Length).Select(i => row.Narrow[i]));
        Assert.Equal(0, row.None.Length);
    }

    [Fact]
    public void Spliced_fragments_keep_their_parameters_in_order()
    {
        Sql inner = $"b = {2} AND c = {"x"}";
        Sql outer = $"a = {1} AND {inner} AND d = {3} {Sql.When(false, $"AND e = {4}")}";
        Assert.Equal("a = $1 AND b = $2 AND c = $3 AND d = $4 ", outer.ToString());
        Assert.Equal([1, 2, "x", 3], outer.ToCommand().Parameters.Select(parameter => parameter.Value));
    }

    private static async Task<int> Audited(TestTenant tenant, string subject) =>
        (await tenant.Rows<string>(db =>
            $"SELECT action FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = 'probe.created' AND subject = {subject}")).Count;

    private sealed record Packed(PackedArray<long> Wide, PackedArray<int> Narrow, PackedArray<int> None);

    private sealed record Travelled(UserId UserId, UserId[] Others, Role Role, DateTimeOffset At, decimal Points, string? Note);
}
