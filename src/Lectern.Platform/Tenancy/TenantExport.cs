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
        foreach (var file in await TenantFiles.Of(connection, tenant, ["stored"], ct))
        {
            var (size, sha256) = await TenantFiles.Write(zip, store, tenant.Id, file, ct);
            entries.Add(new ExportedEntry($"files/{file.Value}", size, sha256));
        }

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
}

/// <summary>What an export holds.</summary>
internal sealed record ExportManifest(
    int TenantId, string Slug, string Name, DateTimeOffset ExportedAt, IReadOnlyList<string> LeftOut, IReadOnlyList<ExportedEntry> Entries);

/// <summary>One entry: rows of a table or bytes of a file, and the SHA-256 of its content.</summary>
internal sealed record ExportedEntry(string Path, long Count, string Sha256);
