using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>One institution is saved whole and comes back beside itself with every number it had; nobody else is touched.</summary>
public sealed class TenantBackupTests(LecternApp app)
{
    [Theory]
    [InlineData("Pooled", "Pooled")]
    [InlineData("Pooled", "Schema")]
    [InlineData("Schema", "Pooled")]
    public async Task Everything_comes_back_under_another_name(string from, string to)
    {
        var tenant = await app.NewTenant(Enum.Parse<CellKind>(from));
        var admin = await tenant.NewAdministrator("Ada Admin");
        var file = await StoreFile(tenant, admin.Id, "handed in");
        (await admin.Post("/probes", new { name = "saved" })).Expect(201);
        using var saved = new MemoryStream();
        var manifest = await Backup.Write(tenant.Tenant, saved, default);
        Assert.DoesNotContain(manifest.Tables, table => table.Name is "sessions" or "password_resets");

        var slug = $"back-{Guid.NewGuid():N}"[..20];
        var report = await Restore.Restore(saved, new NewTenant(slug, string.Empty, Enum.Parse<CellKind>(to)), default);
        var back = new TestTenant(app.Host, report.Tenant);
        Assert.Equal((TenantState.Active, tenant.Tenant.Name, Enum.Parse<CellKind>(to)), (report.Tenant.State, report.Tenant.Name,
            report.Tenant.Cell.Kind));
        foreach (var table in manifest.Tables.Where(table => table.Name is not "audit_seals"))
            Assert.Contains(report.Tables, arrived => arrived == new TableSum(table.Name, table.Rows, table.Checksum));

        // The same people with the same numbers, and nobody signed in.
        Assert.Equal("Ada Admin", (await back.Rows<string>(
            db => $"SELECT name FROM users WHERE tenant_id = {db.Tenant} AND user_id = {admin.Id}")).Single());
        (await admin.At(back).Get("/probes")).Expect(401);
        Assert.Equal("handed in", await ReadFile(back, file));
        // What is made now has numbers of its own.
        var late = await back.NewPerson("Late Comer");
        Assert.DoesNotContain(late.Id.Value, await tenant.Rows<long>(db => $"SELECT user_id FROM users WHERE tenant_id = {db.Tenant}"));

        Assert.Equal(1L, await back.Count("probe:saved:%"));
        Assert.Single(await back.Rows<string>(
            db => $"SELECT action FROM audit_entries WHERE tenant_id = {db.Tenant} AND action = 'institution.restored'"));
        await app.Host.Services.GetRequiredService<AuditSealer>().SealCell(back.DatabaseOf(), back.Tenant.Cell, default);
        var verdict = await app.Host.Services.GetRequiredService<AuditVerifier>().Verify(back.Tenant, default);
        Assert.Empty(verdict.Faults);
        Assert.True(verdict.Entries > 0, "The log came along.");
        (await admin.Get("/probes")).Expect(200);
    }

    [Fact]
    public async Task Neighbours_rows_are_not_even_written_anew()
    {
        var (tenant, neighbour) = (await app.NewTenant(CellKind.Pooled), await app.NewTenant(CellKind.Pooled));
        await neighbour.NewAdministrator();
        var before = await Versions();
        using var saved = new MemoryStream();
        await Backup.Write(tenant.Tenant, saved, default);
        await Restore.Restore(saved, new NewTenant($"back-{Guid.NewGuid():N}"[..20], "x"), default);
        Assert.Equal(before, await Versions());

        Task<string> Versions() => neighbour.Admin<string>(
            $"SELECT string_agg(xmin::text || ':' || xmax::text, ' ' ORDER BY user_id) FROM {neighbour.Tenant.Cell.Schema}.users "
            + $"WHERE tenant_id = {neighbour.Id}");
    }

    [Fact]
    public async Task What_was_promised_is_done_once_in_the_copy_too()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewNumber();
        var mark = Guid.NewGuid().ToString("N");
        var job = await tenant.Enqueue(new ProbeJob("ok", mark), new JobOptions { RunAt = Tomorrow });
        (await person.Post("/probes", new { name = "heard before" })).Expect(201);
        await TestTenant.Eventually(async () => await tenant.Count("heard:%") == 1, "the first was heard");
        var slug = $"back-{Guid.NewGuid():N}"[..20];
        using var saved = new MemoryStream();
        BackupManifest manifest;
        await using (await NothingIsRelayed(tenant))
        {
            (await person.Post("/probes", new { name = "told by nobody yet" })).Expect(201);
            (await person.Post("/probes", new { name = "nor this" })).Expect(201);
            manifest = await Backup.Write(tenant.Tenant, saved, default);
        }

        Assert.Equal([1, 2, 1], manifest.Work!.Select(work => work.Rows));
        var back = new TestTenant(app.Host, (await Restore.Restore(saved, new NewTenant(slug, "x"), default)).Tenant);
        foreach (var one in new[] { tenant, back })
            await TestTenant.Eventually(async () => await one.Count("heard:%") == 3, "both have heard all three");

        // The job of the copy has a name of its own, and is done when its time comes, there and not in the first.
        var copied = Assert.Single(await back.Rows<Guid>(
            db => $"SELECT job_id FROM platform.jobs WHERE tenant_id = {db.Tenant} AND state = 'ready'"));
        Assert.NotEqual(job.Value, copied);
        await back.AdminRun($"UPDATE platform.jobs SET run_at = now() WHERE tenant_id = {back.Id} AND state = 'ready'");
        await TestTenant.Eventually(async () => await back.JobState(new JobId(copied)) == "done", "the job was done");
        Assert.Equal((1L, 0L), (await back.Count($"job:{mark}:%"), await tenant.Count($"job:{mark}:%")));
        Assert.Equal("ready", await tenant.JobState(job));
        Assert.Empty(await back.Rows<string>(
            db => $"SELECT order_key FROM platform.jobs WHERE tenant_id = {db.Tenant} AND order_key NOT LIKE '%/' || {db.Tenant} || '/%'"));
    }

    [Fact]
    public async Task While_the_first_goes_on_the_letters_of_the_copy_wait_until_it_takes_over()
    {
        var tenant = await app.NewTenant();
        var mark = Guid.NewGuid().ToString("N");
        await tenant.Enqueue(new ProbeLetter(mark), new JobOptions { RunAt = Tomorrow });
        using var saved = new MemoryStream();
        await Backup.Write(tenant.Tenant, saved, default);
        var report = await Restore.Restore(saved, new NewTenant($"back-{Guid.NewGuid():N}"[..20], "x"), default);
        Assert.Contains("probe-mail", report.Held);
        Assert.Contains("mail", report.Held);
        var back = new TestTenant(app.Host, report.Tenant);
        await back.AdminRun($"UPDATE platform.jobs SET run_at = now() WHERE tenant_id = {back.Id}");
        await TestTenant.Eventually(async () => (await back.Rows<bool>(
            db => $"SELECT run_at > {db.Now} FROM platform.jobs WHERE tenant_id = {db.Tenant} AND state = 'ready'")).FirstOrDefault(),
            "it was put off");
        Assert.False(ProbeJobHandler.Runs.ContainsKey(mark), "The letter was sent.");

        var switches = app.Host.Services.GetRequiredService<FeatureSwitches>();
        foreach (var feature in report.Held) await switches.TurnOn(feature, back.Tenant, default);
        await back.AdminRun($"UPDATE platform.jobs SET run_at = now() WHERE tenant_id = {back.Id}");
        await TestTenant.Eventually(() => Task.FromResult(ProbeJobHandler.Runs.ContainsKey(mark)), "the letter is sent");
    }

    [Fact]
    public async Task Where_the_first_is_gone_letters_are_sent_and_no_file_makes_an_operator()
    {
        var tenant = await app.NewTenant();
        var mark = Guid.NewGuid().ToString("N");
        await tenant.Enqueue(new ProbeLetter(mark), new JobOptions { RunAt = Tomorrow });
        await tenant.AdminRun($"""
            INSERT INTO {tenant.Tenant.Cell.Schema}.grants (tenant_id, user_id, scope, role, source)
            VALUES ({tenant.Id}, 7, 'institution', 'operator', 'test'), ({tenant.Id}, 7, 'institution', 'administrator', 'test')
            """);
        using var saved = new MemoryStream();
        await Backup.Write(tenant.Tenant, saved, default);
        await app.Host.Services.GetRequiredService<TenantErasure>().Delete(tenant.Tenant, default);
        app.Host.Services.GetRequiredService<TenantDirectory>().Forget();
        var report = await Restore.Restore(saved, new NewTenant($"back-{Guid.NewGuid():N}"[..20], "x"), default);
        Assert.Empty(report.Held);
        var back = new TestTenant(app.Host, report.Tenant);
        Assert.Equal(["administrator"], await back.Rows<string>(db => $"SELECT role FROM grants WHERE tenant_id = {db.Tenant}"));
        await back.AdminRun($"UPDATE platform.jobs SET run_at = now() WHERE tenant_id = {back.Id}");
        await TestTenant.Eventually(() => Task.FromResult(ProbeJobHandler.Runs.ContainsKey(mark)), "the letter is sent");
    }

    [Fact]
    public async Task A_backup_of_the_first_format_is_restored_without_the_tables_that_are_gone_since()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator("Ada Admin");
        using var saved = new MemoryStream();
        var manifest = await Backup.Write(tenant.Tenant, saved, default);
        using (var zip = new ZipArchive(saved, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("manifest.json")!.Delete();
            await using var writing = zip.CreateEntry("manifest.json").Open();
            await JsonSerializer.SerializeAsync(writing, manifest with
            {
                Format = 1, Work = null,
                Tables = [.. manifest.Tables, new BackedUpTable("calendar_events", ["calendar_event_id", "title"], 3, "17")],
            }, LecternJson.Options, TestContext.Current.CancellationToken);
        }

        var report = await Restore.Restore(saved, new NewTenant($"back-{Guid.NewGuid():N}"[..20], "x"), default);
        Assert.Equal((TenantState.Active, 0), (report.Tenant.State, report.Work.Count));
        Assert.Equal(["Ada Admin"], await new TestTenant(app.Host, report.Tenant).Rows<string>(
            db => $"SELECT name FROM users WHERE tenant_id = {db.Tenant} AND user_id = {admin.Id}"));
    }

    [Fact]
    public async Task A_name_that_is_taken_a_damaged_file_and_a_strange_one_are_refused()
    {
        var tenant = await app.NewTenant(CellKind.Pooled);
        await tenant.NewAdministrator();
        using var saved = new MemoryStream();
        await Backup.Write(tenant.Tenant, saved, default);
        var taken = await Assert.ThrowsAsync<ArgumentException>(() => Restore.Restore(saved, new NewTenant(tenant.Slug, "x"), default));
        Assert.Contains("already", taken.Message, StringComparison.Ordinal);

        var slug = $"hurt-{Guid.NewGuid():N}"[..20];
        using var damaged = await Damaged(saved.ToArray());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Restore.Restore(damaged, new NewTenant(slug, "x"), default));
        var half = (await app.Host.Services.GetRequiredService<TenantDirectory>().Find(slug, default))!;
        Assert.Equal(TenantState.Creating, half.State);
        Assert.Equal(0L, await new TestTenant(app.Host, half).Admin<long>(
            $"SELECT count(*) FROM {half.Cell.Schema}.users WHERE tenant_id = {half.Id}"));
        // The same command with a whole file takes it up.
        Assert.Equal(TenantState.Active, (await Restore.Restore(saved, new NewTenant(slug, "x"), default)).Tenant.State);

        using var strange = new MemoryStream();
        using (var zip = new ZipArchive(strange, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("nothing");
        await Assert.ThrowsAsync<ArgumentException>(() => Restore.Restore(strange, new NewTenant("never", "x"), default));
    }

    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    /// <summary>Until it is given back: whoever holds the cursor's row is the only one to relay.</summary>
    private static async Task<IAsyncDisposable> NothingIsRelayed(TestTenant tenant)
    {
        var source = tenant.AdminSource();
        var connection = await source.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand(
            "BEGIN; SELECT reader FROM platform.outbox_cursors WHERE reader = 'relay' FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync();
        return new Held(source, connection);
    }

    private sealed class Held(NpgsqlDataSource source, NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.DisposeAsync();
            await source.DisposeAsync();
        }
    }

    private TenantBackup Backup => app.Host.Services.GetRequiredService<TenantBackup>();

    private TenantRestore Restore => app.Host.Services.GetRequiredService<TenantRestore>();

    /// <summary>The same backup with another person's rows where its own people were.</summary>
    private async Task<MemoryStream> Damaged(byte[] whole)
    {
        var other = await app.NewTenant(CellKind.Pooled);
        await other.NewPerson();
        await other.NewPerson();
        using var others = new MemoryStream();
        await Backup.Write(other.Tenant, others, default);
        var damaged = new MemoryStream();
        await damaged.WriteAsync(whole);
        using var zip = new ZipArchive(damaged, ZipArchiveMode.Update, leaveOpen: true);
        using var from = new ZipArchive(others, ZipArchiveMode.Read, leaveOpen: true);
        zip.GetEntry("tables/users.copy")!.Delete();
        await using var into = await zip.CreateEntry("tables/users.copy").OpenAsync();
        await using var rows = await from.GetEntry("tables/users.copy")!.OpenAsync();
        await rows.CopyToAsync(into);
        return damaged;
    }

    private static Task<FileId> StoreFile(TestTenant tenant, UserId owner, string text) => tenant.Do(async services =>
    {
        services.GetRequiredService<TenantContext>().Set(tenant.Tenant, new Actor(tenant.Id, owner, ActorKind.Person, []));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var (file, _) = await services.GetRequiredService<StoredFiles>().Store("work.txt", "text/plain", content, "probe", default);
        return file!.FileId;
    });

    private static async Task<string> ReadFile(TestTenant tenant, FileId file)
    {
        await using var content = await tenant.Host.Services.GetRequiredService<IObjectStore>()
            .Open(StoredFiles.KeyOf(tenant.Id, file), default);
        using var reader = new StreamReader(content!);
        return await reader.ReadToEndAsync();
    }
}
