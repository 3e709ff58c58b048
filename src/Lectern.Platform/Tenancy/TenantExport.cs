using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Writes all that is stored of an institution into one zip: a file of JSON lines for each table, the files people handed in, and
/// a manifest with the count and SHA-256 of each. All of it is of one instant.
/// </summary>
internal sealed class TenantExport(DatabaseAccess access, TenantDirectory directory, IObjectStore store, TimeProvider clock)
{
    /// <summary>Secrets of people who are signed in are of no use elsewhere and must not lie about in a file; nor must what proves
    /// others.</summary>
    private static readonly string[] LeftOut = ["sessions", "idempotency_keys", "password_resets", "sign_in_failures"];

    private static readonly string[] ColumnsLeftOut = ["password_hash", "token_hash"];

    public async Task<ExportManifest> Write(Tenant tenant, Stream output, CancellationToken ct)
    {
        await using var source = access.As(DatabaseAccess.Backup, directory.Database(tenant.Cell.DatabaseId), 1);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var entries = new List<ExportedEntry>();
        foreach (var table in (await TenantTable.Of(connection, tenant.Cell.Schema, ct)).Where(table => !LeftOut.Contains(table.Name)))
            entries.Add(await WriteTable(connection, zip, table, tenant.Id, ct));
        foreach (var file in await Files(connection, tenant, ct)) entries.Add(await WriteFile(zip, tenant.Id, file, ct));
        var manifest = new ExportManifest(
            tenant.Id.Value, tenant.Slug, tenant.Name, clock.GetUtcNow(), [.. LeftOut, .. ColumnsLeftOut], entries);
        await using var writing = zip.CreateEntry("manifest.json").Open();
        await JsonSerializer.SerializeAsync(writing, manifest, LecternJson.Options, ct);
        return manifest;
    }

    private static async Task<ExportedEntry> WriteTable(
        NpgsqlConnection connection, ZipArchive zip, TenantTable table, TenantId tenant, CancellationToken ct)
    {
        var path = $"tables/{table.Name}.ndjson";
        await using var writing = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = new NpgsqlCommand(
            $"SELECT (to_jsonb(t) - $2)::text FROM {table.Qualified} t WHERE tenant_id = $1", connection);
        command.Parameters.AddWithValue(tenant.Value);
        command.Parameters.AddWithValue(ColumnsLeftOut);
        await using var reader = await command.ExecuteReaderAsync(ct);
        long rows = 0;
        while (await reader.ReadAsync(ct))
        {
            var line = Encoding.UTF8.GetBytes(reader.GetString(0) + "\n");
            hash.AppendData(line);
            await writing.WriteAsync(line, ct);
            rows++;
        }

        return new ExportedEntry(path, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private async Task<ExportedEntry> WriteFile(ZipArchive zip, TenantId tenant, FileId file, CancellationToken ct)
    {
        var path = $"files/{file.Value}";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // A row without its bytes is said in the manifest (-1) rather than hidden by an empty file.
        await using var content = await store.Open(StoredFiles.KeyOf(tenant, file), ct);
        if (content is null) return new ExportedEntry(path, -1, string.Empty);
        await using var writing = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        var buffer = new byte[1 << 16];
        long size = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await writing.WriteAsync(buffer.AsMemory(0, read), ct);
            size += read;
        }

        return new ExportedEntry(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<List<FileId>> Files(NpgsqlConnection connection, Tenant tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT file_id FROM \"{tenant.Cell.Schema}\".files WHERE tenant_id = $1 AND state = 'stored' ORDER BY file_id", connection);
        command.Parameters.AddWithValue(tenant.Id.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var files = new List<FileId>();
        while (await reader.ReadAsync(ct)) files.Add(new FileId(reader.GetInt64(0)));
        return files;
    }
}

/// <summary>What an export holds.</summary>
internal sealed record ExportManifest(
    int TenantId, string Slug, string Name, DateTimeOffset ExportedAt, IReadOnlyList<string> LeftOut, IReadOnlyList<ExportedEntry> Entries);

/// <summary>One entry: rows of a table or bytes of a file, and the SHA-256 of its content.</summary>
internal sealed record ExportedEntry(string Path, long Count, string Sha256);
