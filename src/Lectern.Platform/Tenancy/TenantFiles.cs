using System.IO.Compression;
using System.Security.Cryptography;
using Lectern.Platform.Storage;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>The files of an institution on their way into a zip.</summary>
internal static class TenantFiles
{
    /// <summary>Which there are in any of these states, in the order of their numbers.</summary>
    public static async Task<List<FileId>> Of(NpgsqlConnection connection, Tenant tenant, string[] states, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT file_id FROM \"{tenant.Cell.Schema}\".files WHERE tenant_id = $1 AND state = ANY ($2) ORDER BY file_id", connection);
        command.Parameters.AddWithValue(tenant.Id.Value);
        command.Parameters.AddWithValue(states);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var files = new List<FileId>();
        while (await reader.ReadAsync(ct)) files.Add(new FileId(reader.GetInt64(0)));
        return files;
    }

    /// <summary>
    /// Puts a file's bytes under <c>files/</c> and answers its size in bytes and SHA-256. Bytes that are missing are said as -1 rather than
    /// hidden by an empty file.
    /// </summary>
    public static async Task<(long Size, string Sha256)> Write(
        ZipArchive zip, IObjectStore store, TenantId tenant, FileId file, CancellationToken ct)
    {
        await using var content = await store.Open(StoredFiles.KeyOf(tenant, file), ct);
        if (content is null) return (-1, string.Empty);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var writing = zip.CreateEntry($"files/{file.Value}", CompressionLevel.Fastest).Open();
        var buffer = new byte[1 << 16];
        long size = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await writing.WriteAsync(buffer.AsMemory(0, read), ct);
            size += read;
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
