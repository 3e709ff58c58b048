using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Storage;

/// <summary>
/// Removes what nobody will read: uploads begun and not ended within a day, files that were replaced, files that were refused. The bytes
/// go before the row, so that a sweep cut short knows what is left.
/// </summary>
internal sealed class FileSweep(
    DatabaseAccess access, TenantDirectory directory, TenantScopes scopes, IObjectStore store, TimeProvider clock) : IScheduledTask
{
    /// <summary>How long an interrupted upload can be gone on with.</summary>
    public static readonly TimeSpan KeepUnfinished = TimeSpan.FromDays(1);

    public string Name => "sweep-files";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task Run(ShardDatabase database, CancellationToken ct) => Sweep(database, ct);

    /// <summary>Answers how many files it removed.</summary>
    internal async Task<int> Sweep(ShardDatabase database, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - KeepUnfinished;
        var swept = 0;
        await using var reading = access.As(DatabaseAccess.Backup, database, 1);
        foreach (var cell in (await directory.Cells(ct)).Where(cell => cell.DatabaseId == database.Id))
        {
            foreach (var (tenant, file) in await Due(reading, cell, before, ct))
                if (await Remove(tenant, file, before, ct)) swept++;
        }

        return swept;
    }

    private static async Task<List<(TenantId, FileId)>> Due(
        Npgsql.NpgsqlDataSource source, Cell cell, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            SELECT tenant_id, file_id FROM "{cell.Schema}".files WHERE state = 'uploading' AND created_at < $1
            UNION ALL SELECT tenant_id, file_id FROM "{cell.Schema}".files WHERE state = 'deleted'
            """);
        command.Parameters.AddWithValue(before.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<(TenantId, FileId)>();
        while (await reader.ReadAsync(ct)) due.Add((new TenantId(reader.GetInt32(0)), new FileId(reader.GetInt64(1))));
        return due;
    }

    private Task<bool> Remove(TenantId tenant, FileId file, DateTimeOffset before, CancellationToken ct) => scopes.Do(
        tenant,
        async services =>
        {
            // What is written while an institution is carried elsewhere would stay behind; the next sweep finds it in its new place.
            if (!services.GetRequiredService<TenantContext>().Tenant.Serves) return false;
            var db = services.GetRequiredService<TenantDb>();
            await db.Begin(ct);
            if (await db.Find<Gone>($"""
                SELECT upload_id, completed_at, size_bytes FROM files WHERE tenant_id = {db.Tenant} AND file_id = {file}
                AND (state = 'deleted' OR (state = 'uploading' AND created_at < {before})) FOR UPDATE
                """, ct) is not { } gone) return false;
            await store.Remove(new ObjectUpload(StoredFiles.KeyOf(db.Tenant, file), gone.UploadId ?? string.Empty), ct);
            await db.Execute($"DELETE FROM files WHERE tenant_id = {db.Tenant} AND file_id = {file}", ct);
            if (gone.CompletedAt is not null)
                await db.Execute($"UPDATE storage_use SET size_bytes = size_bytes - {gone.SizeBytes} WHERE tenant_id = {db.Tenant}", ct);
            return true;
        },
        ct);

    private sealed record Gone(string? UploadId, DateTimeOffset? CompletedAt, long SizeBytes);
}
