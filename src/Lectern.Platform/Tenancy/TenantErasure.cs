using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Deleting an institution: at once it answers 404 to everybody, for thirty days it can be restored as it was, then every row and
/// file of it is erased and a receipt says how many there were.
/// </summary>
internal sealed class TenantErasure(
    DatabaseAccess access, CoreDatabase core, TenantAdmin admin, TenantDirectory directory, TenantCopy copy, IObjectStore store,
        TimeProvider clock) : IScheduledTask
{
    public static readonly TimeSpan RestoreWindow = TimeSpan.FromDays(30);

    public string Name => "erase-deleted";

    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <summary>Erases those whose restore window has passed.</summary>
    public async Task Run(ShardDatabase database, CancellationToken ct)
    {
        if (database.Id != core.Database.Id) return;
        var before = clock.GetUtcNow() - RestoreWindow;
        while (await admin.Read<Deleted>($"""
            SELECT tenant_id, slug, cell_id, deleted_at FROM platform.tenants WHERE state = 'deleted' AND deleted_at < {before} ORDER BY
                tenant_id LIMIT 1
            """, ct) is { } due) await Erase(due, ct);
    }

    public Task Delete(Tenant tenant, CancellationToken ct) => admin.SetState(tenant.Id, TenantState.Deleted, ct);

    /// <summary>Brings a deleted institution back; false when there is none of this name that can be.</summary>
    public async Task<bool> Restore(string slug, CancellationToken ct) =>
        await admin.Run($"UPDATE platform.tenants SET state = 'active', deleted_at = NULL WHERE slug = {slug} AND state = 'deleted'",
            ct) == 1;

    /// <summary>Erases a deleted institution now and answers the receipt; null when no deleted institution has this name.</summary>
    public async Task<Receipt?> EraseNow(string slug, CancellationToken ct) =>
        await admin.Read<Deleted>(
            $"SELECT tenant_id, slug, cell_id, deleted_at FROM platform.tenants WHERE slug = {slug} AND state = 'deleted'", ct) is { } due
            ? await Erase(due, ct)
            : null;

    private async Task<Receipt> Erase(Deleted due, CancellationToken ct)
    {
        var cell = (await directory.Cells(ct)).Find(known => known.Id == due.CellId)!;
        // Files before their rows: cut short between the two, the rows still say which files are to go.
        var files = await RemoveFiles(due.TenantId, cell, ct);
        var tables = await copy.Remove(due.TenantId, cell, andWork: true, ct);
        var body = JsonSerializer.Serialize(
            new { tenant_id = due.TenantId.Value, slug = due.Slug, files, tables = tables.ToDictionary(
                table => table.Table, table => table.Rows) }, LecternJson.Options);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        await admin.Run($"""
            WITH receipt AS (
                INSERT INTO platform.tenant_receipts (tenant_id, slug, deleted_at, erased_at, receipt, sha256)
                VALUES ({due.TenantId}, {due.Slug}, {due.DeletedAt}::timestamptz, {clock.GetUtcNow()}, {new JsonValue(body)}, {hash})),
            domains AS (DELETE FROM platform.tenant_domains WHERE tenant_id = {due.TenantId})
            DELETE FROM platform.tenants WHERE tenant_id = {due.TenantId}
            """, ct);
        return new Receipt(due.Slug, tables, files, hash);
    }

    private async Task<int> RemoveFiles(TenantId tenant, Cell cell, CancellationToken ct)
    {
        await using var reading = access.As(DatabaseAccess.Backup, directory.Database(cell.DatabaseId), 1);
        await using var command = reading.CreateCommand(
            $"SELECT file_id, COALESCE(upload_id, '') FROM \"{cell.Schema}\".files WHERE tenant_id = $1");
        command.Parameters.AddWithValue(tenant.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var count = 0;
        while (await reader.ReadAsync(ct))
        {
            var key = StoredFiles.KeyOf(tenant, new FileId(reader.GetInt64(0)));
            await store.Remove(new ObjectUpload(key, reader.GetString(1)), ct);
            count++;
        }

        return count;
    }

    private sealed record Deleted(TenantId TenantId, string Slug, int CellId, DateTimeOffset? DeletedAt);
}

/// <summary>What was erased of an institution, and the hash under which the installation keeps this receipt.</summary>
internal sealed record Receipt(string Slug, IReadOnlyList<TableSum> Tables, int Files, string Sha256);
