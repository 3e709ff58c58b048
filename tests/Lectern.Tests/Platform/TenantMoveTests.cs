using System.IO.Compression;
using System.Text;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>An institution is carried elsewhere whole, read meanwhile, and is never half here and half there.</summary>
public sealed class TenantMoveTests(LecternApp app)
{
    [Theory]
    [InlineData("Pooled", "Database")]
    [InlineData("Schema", "Pooled")]
    [InlineData("Database", "Schema")]
    public async Task Everything_arrives_and_nothing_stays(string source, string target)
    {
        var (from, to) = (Enum.Parse<CellKind>(source), Enum.Parse<CellKind>(target));
        var tenant = await app.NewTenant(from);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "before" })).Expect(201);
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:before") == 1, "the event was heard before the move");
        var later = await tenant.Enqueue(
            new ProbeJob("ok", "moved-" + tenant.Slug), new JobOptions { RunAt = DateTimeOffset.UnixEpoch.AddYears(200) });

        var moving = Mover.Move(tenant.Tenant, new MoveTo(to), default);
        await TestTenant.Eventually(async () =>
            (int)(await person.Post("/probes", new { name = Guid.NewGuid() })).Status == 503, "writes are refused");
        var crossed = 0;
        while (!moving.IsCompleted)
        {
            var read = await person.Get("/audit-entries");
            // Whose reading is recorded in the very moment in which the place changes is asked to come again.
            if (read.Code == "institution_moving") crossed++;
            else read.Expect(200);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.InRange(crossed, 0, 1);
        var report = await moving;
        var moved = await Again(tenant);
        Assert.Equal((to, 2, TenantState.Active), (moved.Tenant.Cell.Kind, moved.Tenant.Era, moved.Tenant.State));
        Assert.Contains(report.Tables, table => table is { Table: "scopes", Rows: >= 2 });
        Assert.True(report.ReadOnly < TimeSpan.FromMinutes(1), $"It could not be changed for {report.ReadOnly}.");
        Assert.Equal("ready", await moved.JobState(later));
        Assert.Equal(1, await moved.Count("probe:before:%"));

        (await person.Post("/probes", new { name = "after" })).Expect(201);
        await TestTenant.Eventually(async () => await moved.Count("heard:%:after") == 1, "events are heard where it lives now");
        await TestTenant.Eventually(async () => await Sealed(moved), "what was written on the way is under a seal");
        var verdict = await moved.Host.Services.GetRequiredService<AuditVerifier>().Verify(moved.Tenant, default);
        Assert.Empty(verdict.Faults);
        var gone = tenant.Tenant.Cell.Schema;
        if (from is CellKind.Schema) Assert.False(
            await tenant.Admin<bool>($"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{gone}')"));
        else Assert.Equal(0L, await tenant.Admin<long>($"SELECT count(*) FROM {gone}.scopes WHERE tenant_id = {tenant.Id}"));
    }

    [Fact]
    public async Task The_last_seal_is_the_one_that_reaches_furthest_and_not_the_one_with_the_greatest_text()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        const int era = 77;
        await tenant.Admin<int>($"""
            INSERT INTO {tenant.Tenant.Cell.Schema}.audit_seals
                (tenant_id, seal_no, era, from_tx, to_tx, entries, root, previous, seal, sealed_at)
            SELECT {tenant.Id}, 900 + n, {era}, '0', (ARRAY['957', '1085'])[n]::xid8, 0, '', '', '', now()
            FROM generate_series(1, 2) n RETURNING 1
            """);
        await using var source = Npgsql.NpgsqlDataSource.Create(app.Options.Postgres);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1085", await TenantCopy.LastSealed(connection, tenant.Tenant.Cell, tenant.Id, era, default));
    }

    [Fact]
    public async Task A_move_that_fails_leaves_the_institution_as_it_was()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "before" })).Expect(201);
        using var stop = new CancellationTokenSource();
        var moving = Mover.Move(tenant.Tenant, new MoveTo(CellKind.Schema), stop.Token);
        await Task.Delay(3_000, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moving);

        var still = await Again(tenant);
        Assert.Equal((tenant.Tenant.Cell.Id, 1, TenantState.Active), (still.Tenant.Cell.Id, still.Tenant.Era, still.Tenant.State));
        (await person.Post("/probes", new { name = "after" })).Expect(201);
    }

    [Fact]
    public async Task Who_was_deleted_since_it_was_looked_up_is_not_moved_back_to_life()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        await app.Host.Services.GetRequiredService<TenantErasure>().Delete(tenant.Tenant, default);

        await Assert.ThrowsAsync<ArgumentException>(() => Mover.Move(tenant.Tenant, new MoveTo(CellKind.Schema), default));

        Assert.Equal("deleted", await Core<string>($"SELECT state FROM platform.tenants WHERE tenant_id = {tenant.Id}"));
        Assert.Equal(0L, await Core<long>($"SELECT count(*) FROM platform.tenant_moves WHERE tenant_id = {tenant.Id}"));
    }

    [Fact]
    public async Task A_deleted_institution_is_unknown_can_be_restored_and_is_erased_with_a_receipt()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        var neighbour = await app.NewTenant(CellKind.Pooled);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "mine" })).Expect(201);
        await neighbour.NewNumber();
        var erasure = app.Host.Services.GetRequiredService<TenantErasure>();

        await erasure.Delete(tenant.Tenant, default);
        (await person.Get("/probes")).Refused(404, "unknown_institution");
        Assert.True(await erasure.Restore(tenant.Slug, default));
        (await person.Get("/probes")).Expect(200);

        await erasure.Delete(tenant.Tenant, default);
        var receipt = (await erasure.EraseNow(tenant.Slug, default))!;
        Assert.Contains(receipt.Tables, table => table is { Table: "sessions", Rows: 1 });
        Assert.Equal(receipt.Sha256, await Core<string>($"SELECT sha256 FROM platform.tenant_receipts WHERE tenant_id = {tenant.Id}"));
        Assert.Equal(0L, await tenant.Admin<long>(
            $"SELECT count(*) FROM {tenant.Tenant.Cell.Schema}.sessions WHERE tenant_id = {tenant.Id}"));
        Assert.Equal(1L, await neighbour.Admin<long>(
            $"SELECT count(*) FROM {neighbour.Tenant.Cell.Schema}.sessions WHERE tenant_id = {neighbour.Id}"));
        Assert.False(await erasure.Restore(tenant.Slug, default));
        Assert.Null(await erasure.EraseNow(tenant.Slug, default));
    }

    [Fact]
    public async Task An_export_holds_every_table_and_names_no_secret()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "exported" })).Expect(201);
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<Contracts.Identity.IPeopleAdmin>()
                .AddWithPassword("Ada", "ada@example.edu", "three words of mine", default);
            return true;
        });
        using var output = new MemoryStream();
        var manifest = await app.Host.Services.GetRequiredService<TenantExport>().Write(tenant.Tenant, output, default);

        using var zip = new ZipArchive(output, ZipArchiveMode.Read);
        foreach (var entry in manifest.Entries.Where(entry => entry.Count >= 0))
        {
            await using var content = await zip.GetEntry(entry.Path)!.OpenAsync(TestContext.Current.CancellationToken);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, TestContext.Current.CancellationToken);
            // Neither a password's hash nor a token's: what proves who somebody is does not belong into a file.
            Assert.DoesNotContain("_hash", Encoding.UTF8.GetString(copy.ToArray()).Replace("request_hash", string.Empty,
                StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(entry.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(copy.ToArray())));
        }

        Assert.NotNull(zip.GetEntry("manifest.json"));
        Assert.Contains(manifest.Entries, entry => entry is { Path: "tables/users.ndjson", Count: >= 1 });
        Assert.Contains(manifest.Entries, entry => entry is { Path: "tables/scopes.ndjson", Count: >= 1 });
        Assert.DoesNotContain(manifest.Entries, entry => entry.Path == "tables/sessions.ndjson");
    }

    [Theory]
    [InlineData("user")]
    [InlineData("42nd")]
    [InlineData("a-very-long-name-of-an-institution-that-fills-all-of-its-63-chars")]
    public async Task Any_slug_may_have_a_schema_of_its_own(string start)
    {
        var slug = (start + Guid.NewGuid().ToString("N"))[..Math.Min(63, start.Length + 20)];
        var admin = app.Host.Services.GetRequiredService<TenantAdmin>();
        var tenant = new TestTenant(app.Host, await admin.Create(new NewTenant(slug, slug, CellKind.Schema), default));
        Assert.Equal(TenantState.Active, tenant.Tenant.State);
        await Assert.ThrowsAsync<ArgumentException>(() => admin.Create(new NewTenant("No; DROP", "x", CellKind.Schema), default));
    }

    private TenantMover Mover => app.Host.Services.GetRequiredService<TenantMover>();

    private static async Task<TestTenant> Again(TestTenant tenant) =>
        new(tenant.Host, (await tenant.Host.Services.GetRequiredService<TenantDirectory>().Find(tenant.Id, default))!);

    /// <summary>Seals this cell and looks; the worker comes by too, but here it has hundreds of cells of other tests to visit.</summary>
    private static async Task<bool> Sealed(TestTenant tenant)
    {
        await tenant.Host.Services.GetRequiredService<AuditSealer>().SealCell(tenant.DatabaseOf(), tenant.Tenant.Cell, default);
        return (await tenant.Rows<bool>(db => $"""
            SELECT (SELECT count(*) FROM audit_entries WHERE tenant_id = {db.Tenant})
                 = (SELECT sum(entries) FROM audit_seals WHERE tenant_id = {db.Tenant})
            """))[0];
    }

    private async Task<T> Core<T>(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(app.Options.Postgres);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
