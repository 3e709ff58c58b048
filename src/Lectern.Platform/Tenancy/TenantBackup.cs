using System.IO.Compression;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Writes all of an institution into one file from which it can be restored: every table and the work that waits as binary COPY of one
/// snapshot, the files, and a manifest with rows, checksums and hashes. Only reads, so nobody else's rows are touched.
/// </summary>
internal sealed class TenantBackup(DatabaseAccess access, TenantDirectory directory, IObjectStore store, TimeProvider clock)
{
    public const int Format = 2;

    /// <summary>Who is signed in, and answers to requests that are over: of no use in another place.</summary>
    internal static readonly string[] LeftOut = ["sessions", "idempotency_keys", "password_resets", "sign_in_failures"];

    /// <summary>Columns that are another's in another place: whose the row is, and where in which database's log it was written.</summary>
    internal static IReadOnlyList<string> Carried(TenantTable table) =>
        [.. table.Columns.Except(table.Name is "audit_entries" ? ["tenant_id", "era", "tx"] : ["tenant_id"])];

    public async Task<BackupManifest> Write(Tenant tenant, Stream output, CancellationToken ct)
    {
        await using var source = access.As(DatabaseAccess.Backup, directory.Database(tenant.Cell.DatabaseId), 1);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var tables = new List<BackedUpTable>();
        foreach (var table in (await TenantTable.Of(connection, tenant.Cell.Schema, ct)).Where(table => !LeftOut.Contains(table.Name)))
        {
            var columns = Carried(table);
            await WriteTable(connection, zip, table with { Columns = columns }, tenant.Id, ct);
            var sum = await (table with { Columns = columns }).Sum(connection, tenant.Id, ct);
            tables.Add(new BackedUpTable(table.Name, columns, sum.Rows, sum.Checksum));
        }

        var work = await TenantWork.Save(connection, zip, tenant.Id, ct);
        var files = new List<BackedUpFile>();
        foreach (var file in await TenantFiles.Of(connection, tenant, ["checking", "stored"], ct))
        {
            var (size, sha256) = await TenantFiles.Write(zip, store, tenant.Id, file, ct);
            files.Add(new BackedUpFile(file.Value, size, sha256));
        }

        var manifest = new BackupManifest(
            Format, tenant.Id.Value, tenant.Slug, tenant.Name, tenant.Plan, tenant.Locale, clock.GetUtcNow(), LeftOut, tables, files)
        {
            Work = work,
        };
        await using var writing = zip.CreateEntry("manifest.json").Open();
        await JsonSerializer.SerializeAsync(writing, manifest, LecternJson.Options, ct);
        return manifest;
    }

    private static async Task WriteTable(
        NpgsqlConnection connection, ZipArchive zip, TenantTable table, TenantId tenant, CancellationToken ct)
    {
        await using var writing = zip.CreateEntry($"tables/{table.Name}.copy", CompressionLevel.Fastest).Open();
        await using var reading = await connection.BeginRawBinaryCopyAsync(
            $"COPY (SELECT {table.ColumnList} FROM {table.Qualified} WHERE tenant_id = {tenant}) TO STDOUT (FORMAT BINARY)", ct);
        await reading.CopyToAsync(writing, ct);
    }
}

/// <summary>What a backup holds, and how to see that all of it arrived.</summary>
internal sealed record BackupManifest(
    int Format, int TenantId, string Slug, string Name, string Plan, string Locale, DateTimeOffset TakenAt, IReadOnlyList<string> LeftOut,
    IReadOnlyList<BackedUpTable> Tables, IReadOnlyList<BackedUpFile> Files)
{
    /// <summary>What was promised and not done yet; backups of the first format have none.</summary>
    public IReadOnlyList<BackedUpTable>? Work { get; init; }
}

/// <summary>One table: its columns in the order of the copy, its rows, and the sum of their hashes.</summary>
internal sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, long Rows, string Checksum);

/// <summary>One file: its number, size in bytes (-1: its bytes were missing already) and SHA-256.</summary>
internal sealed record BackedUpFile(long FileId, long SizeBytes, string Sha256);
