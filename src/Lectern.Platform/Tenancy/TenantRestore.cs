using System.IO.Compression;
using System.Text.Json;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Makes a new institution out of a backup, with the numbers its things had. Rows come in one transaction that stands only if every
/// checksum is what the manifest says; until then the institution answers nobody, and the same command begins again.
/// </summary>
internal sealed class TenantRestore(
    DatabaseAccess access, TenantDirectory directory, TenantAdmin admin, TenantScopes scopes, IObjectStore store,
    IEnumerable<JobRegistration> registrations, FeatureSwitches switches)
{
    // Tables of earlier versions that nothing reads any more: calendars are read from courses and assignments.
    private static readonly string[] Gone = ["calendar_events"];

    // Their seals name another institution and another database's log. They stay in the backup, where they prove what it says.
    private static readonly string[] StaysBehind = ["audit_seals", .. Gone];

    public async Task<RestoreReport> Restore(Stream backup, NewTenant wanted, CancellationToken ct)
    {
        using var zip = new ZipArchive(backup, ZipArchiveMode.Read, leaveOpen: true);
        var manifest = await ManifestOf(zip, ct);
        if (await directory.Find(wanted.Slug, ct) is { State: not TenantState.Creating })
            throw new ArgumentException($"There is an institution '{wanted.Slug}' already. A backup is restored under a name of its own.");
        var tenant = await admin.Register(
            wanted with
            {
                Name = wanted.Name.Length > 0 ? wanted.Name : manifest.Name, Plan = manifest.Plan, Locale = manifest.Locale,
            }, ct);
        foreach (var file in manifest.Files.Where(file => file.SizeBytes >= 0)) await PutFile(zip, tenant.Id, file, ct);
        var held = await HoldLetters(manifest, tenant, ct);
        var (tables, work) = await PutRows(zip, manifest, tenant, ct);
        await scopes.Do(tenant.Id, services =>
        {
            services.GetRequiredService<TenantDb>().Audit(
                PlatformAudit.InstitutionRestored, "institution", new
                {
                    from = manifest.Slug, from_tenant_id = manifest.TenantId, taken_at = manifest.TakenAt,
                    chain = "begun anew: the seals before this are in the backup",
                });
            return Task.FromResult(true);
        }, ct);
        await admin.SetState(tenant.Id, TenantState.Active, ct);
        return new RestoreReport(
            (await directory.Find(tenant.Id, ct))!, tables, manifest.Files.Count(file => file.SizeBytes >= 0), work, held);
    }

    /// <summary>
    /// While the first institution goes on, it keeps its promises itself: what leaves the product waits in the copy until an operator
    /// says that the copy takes over. Answers the features that were switched off for that.
    /// </summary>
    private async Task<List<string>> HoldLetters(BackupManifest manifest, Tenant tenant, CancellationToken ct)
    {
        if (await directory.Find(new TenantId(manifest.TenantId), ct) is not { } first || first.Slug != manifest.Slug) return [];
        var outside = registrations.Where(job => job.Lane is JobLane.Outside).Select(job => job.Feature?.Name).OfType<string>()
            .Distinct().ToList();
        foreach (var feature in outside)
            await switches.TurnOff(feature, tenant, $"This is a copy of '{manifest.Slug}', which sends its own.", ct);
        return outside;
    }

    private static async Task<BackupManifest> ManifestOf(ZipArchive zip, CancellationToken ct)
    {
        var entry = zip.GetEntry("manifest.json") ?? throw new ArgumentException("This is not a backup, or not a whole one.");
        await using var reading = entry.Open();
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(reading, LecternJson.Options, ct);
        return manifest is { Format: 1 or TenantBackup.Format, Tables: not null }
            ? manifest
            : throw new ArgumentException("This backup was made by another version, or is not one.");
    }

    private async Task PutFile(ZipArchive zip, TenantId tenant, BackedUpFile file, CancellationToken ct)
    {
        var key = StoredFiles.KeyOf(tenant, new FileId(file.FileId));
        await using var content = Entry(zip, $"files/{file.FileId}").Open();
        var written = await store.Write(key, content, long.MaxValue, ct);
        if (written.SizeBytes != file.SizeBytes || Convert.ToHexStringLower(written.Sha256 ?? []) != file.Sha256)
            throw new InvalidOperationException($"File {file.FileId} of the backup is damaged.");
    }

    private async Task<(List<TableSum> Tables, List<TableSum> Work)> PutRows(
        ZipArchive zip, BackupManifest manifest, Tenant tenant, CancellationToken ct)
    {
        await using var writing = access.Administrator(directory.Database(tenant.Cell.DatabaseId));
        await using var target = await writing.OpenConnectionAsync(ct);
        await using var transaction = await target.BeginTransactionAsync(ct);
        await TenantCopy.AllowAnyOrder(target, ct);
        var known = (await TenantTable.Of(target, tenant.Cell.Schema, ct)).ToDictionary(table => table.Name);
        var sums = new List<TableSum>();
        foreach (var saved in manifest.Tables.Where(table => !StaysBehind.Contains(table.Name)))
        {
            if (!known.TryGetValue(saved.Name, out var table) || saved.Columns.Except(table.Columns).Any())
                throw new ArgumentException($"The backup's {saved.Name} has columns this program does not know. Use the newer program.");
            await table.Delete(target, tenant.Id, ct);
            await PutTable(zip, saved, table, target, tenant, ct);
            await TenantCopy.AdvanceSequences(target, table, tenant.Id, ct);
            var arrived = await (table with { Columns = saved.Columns }).Sum(target, tenant.Id, ct);
            if (arrived != new TableSum(saved.Name, saved.Rows, saved.Checksum)) throw new InvalidOperationException(
                $"Table {saved.Name} arrived differently: {saved.Rows} rows saved, {arrived.Rows} arrived. Nothing was kept.");
            sums.Add(arrived);
        }

        var work = await TenantWork.Put(target, zip, manifest, tenant.Id, known.Values, ct);

        // An upload under way is the first institution's; its person begins anew.
        await TenantCopy.Run(
            target, $"DELETE FROM {known["files"].Qualified} WHERE tenant_id = {tenant.Id} AND state = 'uploading'", ct);
        // Operators are this installation's own, and no file makes one.
        await TenantCopy.Run(
            target, $"DELETE FROM {known["grants"].Qualified} WHERE tenant_id = {tenant.Id} AND role = 'operator'", ct);
        await transaction.CommitAsync(ct);
        return (sums, work);
    }

    private static async Task PutTable(
        ZipArchive zip, BackedUpTable saved, TenantTable table, NpgsqlConnection target, Tenant tenant, CancellationToken ct)
    {
        var columns = (table with { Columns = saved.Columns }).ColumnList;
        await TenantCopy.Run(target, $"CREATE TEMPORARY TABLE incoming AS SELECT {columns} FROM {table.Qualified} WITH NO DATA", ct);
        await using (var writer = await target.BeginRawBinaryCopyAsync($"COPY incoming ({columns}) FROM STDIN (FORMAT BINARY)", ct))
        await using (var rows = Entry(zip, $"tables/{saved.Name}.copy").Open()) await rows.CopyToAsync(writer, ct);
        // Entries of the log join this institution's first era and the database's own order, and are sealed anew.
        var era = saved.Name is "audit_entries" ? (", era", ", 1") : (string.Empty, string.Empty);
        await TenantCopy.Run(
            target,
            $"""
            INSERT INTO {table.Qualified} (tenant_id, {columns}{era.Item1}) OVERRIDING SYSTEM VALUE
            SELECT {tenant.Id}, {columns}{era.Item2} FROM incoming;
            DROP TABLE incoming;
            """, ct);
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string path) =>
        zip.GetEntry(path) ?? throw new ArgumentException($"The backup lacks {path}.");
}

/// <summary>
/// The institution that was made of a backup, what was compared, the work it goes on with, and the features that are held back in it.
/// </summary>
internal sealed record RestoreReport(
    Tenant Tenant, IReadOnlyList<TableSum> Tables, int Files, IReadOnlyList<TableSum> Work, IReadOnlyList<string> Held);
