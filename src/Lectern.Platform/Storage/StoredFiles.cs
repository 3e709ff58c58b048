using System.Text.Json.Serialization;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Storage;

[JsonConverter(typeof(IdJson<FileId>))]
public readonly record struct FileId(long Value) : IId<FileId>
{
    public static FileId From(long value) => new(value);

    public static bool TryParse(string? text, out FileId id) => IId<FileId>.TryRead(text, out id);
}

/// <summary>A file as its readers see it. <see cref="Url"/> works for an hour.</summary>
public sealed record FileLink(FileId FileId, string Name, string ContentType, long SizeBytes, string Sha256, string Url);

/// <summary>Where to send the parts of a file; each address takes a PUT within an hour, again and again.</summary>
public sealed record UploadPlan(FileId FileId, int PartSizeBytes, IReadOnlyList<UploadPart> Parts);

public sealed record UploadPart(int Number, string Url);

/// <summary>Files of an institution: planned, sent in parts, checked, stored, and read by signed address.</summary>
public sealed class StoredFiles
{
    private const int PartBytes = 8 << 20;
    private readonly TenantDb db;
    private readonly Actor actor;
    private readonly IObjectStore store;
    private readonly SignedLinks links;
    private readonly PlatformOptions limits;

    internal StoredFiles(TenantDb db, Actor actor, IObjectStore store, SignedLinks links, IOptions<PlatformOptions> options) =>
        (this.db, this.actor, this.store, this.links, limits) = (db, actor, store, links, options.Value);

    /// <summary>Announces a file. Refused before a byte is sent when it is empty, too large, or over the institution's quota.</summary>
    public async Task<(UploadPlan? Plan, Refusal? Refusal)> Plan(
        string name, string contentType, long sizeBytes, string purpose, CancellationToken ct)
    {
        if (Check(name, sizeBytes) is { } refusal) return (null, refusal);
        var used = await db.Value<long?>($"SELECT size_bytes FROM storage_use WHERE tenant_id = {db.Tenant}", ct) ?? 0;
        if (used + sizeBytes > limits.StorageQuotaBytes) return (null, OverQuota);
        var id = await Insert(name, contentType, sizeBytes, purpose, ct);
        var parts = (int)Math.Max(1, (sizeBytes + PartBytes - 1) / PartBytes);
        return (new UploadPlan(id, PartBytes,
            [.. Enumerable.Range(1, parts).Select(part => new UploadPart(part, links.Upload(db.Tenant, id.Value, part)))]), null);
    }

    /// <summary>Stores a small file that came with the request itself.</summary>
    public async Task<(FileLink? File, Refusal? Refusal)> Store(
        string name, string contentType, Stream content, string purpose, CancellationToken ct)
    {
        if (Check(name, Math.Max(1, content.CanSeek ? content.Length : 1)) is { } refusal) return (null, refusal);
        var id = await Insert(name, contentType, 0, purpose, ct);
        try
        {
            await store.WritePart(KeyOf(id), 1, content, limits.LargestFileBytes, ct);
        }
        catch (TooLargeException)
        {
            return (null, TooLarge);
        }

        return await Finish(id, announced: null, ct);
    }

    /// <summary>Joins the parts and checks size, type and quota. Calling it again answers the same.</summary>
    public async Task<(FileLink? File, Refusal? Refusal)> Complete(FileId id, CancellationToken ct)
    {
        var row = await db.Find<Row>(
            $"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = {id} AND owner_id = {actor.Person} FOR UPDATE", ct);
        if (row is null) return (null, new Refusal("unknown_file", "There is no such upload of yours.", "file_id"));
        return row.State == "stored" ? (Link(row), null) : await Finish(id, row.SizeBytes, ct);
    }

    /// <summary>Files by number, as links; only those stored for this purpose by this owner when these are given.</summary>
    public async Task<List<FileLink>> Find(
        IReadOnlyCollection<FileId> ids, CancellationToken ct, string? purpose = null, UserId? owner = null)
    {
        if (ids.Count == 0) return [];
        var rows = await db.Query<Row>($"""
            {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = ANY ({ids.ToArray()}) AND state = 'stored'
            {Sql.When(purpose is not null, $"AND purpose = {purpose}")} {Sql.When(owner is not null, $"AND owner_id = {owner}")}
            """, ct);
        return rows.ConvertAll(Link);
    }

    public Task<Stream?> Open(FileId id, CancellationToken ct) => store.Open(KeyOf(id), ct);

    internal async Task<Row?> Read(FileId id, CancellationToken ct) =>
        await db.Find<Row>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = {id}", ct);

    internal string KeyOf(FileId id) => KeyOf(db.Tenant, id);

    /// <summary>Where the store keeps a file: the institution first, as every key must.</summary>
    internal static string KeyOf(TenantId tenant, FileId id) => $"{tenant}/files/{id.Value}";

    private async Task<(FileLink? File, Refusal? Refusal)> Finish(FileId id, long? announced, CancellationToken ct)
    {
        var (size, hash) = await store.Complete(KeyOf(id), ct);
        var row = (await Read(id, ct))!;
        if (await Judge(row, size, announced, ct) is { } refusal)
        {
            await store.Remove(KeyOf(id), ct);
            return (null, refusal);
        }

        await db.Execute($"""
            UPDATE files SET state = 'stored', size_bytes = {size}, sha256 = {hash}, completed_at = {db.Now}
            WHERE tenant_id = {db.Tenant} AND file_id = {id}
            """, ct);
        var used = await db.Get<long>($"""
            INSERT INTO storage_use (tenant_id, size_bytes) VALUES ({db.Tenant}, {size})
            ON CONFLICT (tenant_id) DO UPDATE SET size_bytes = storage_use.size_bytes + excluded.size_bytes RETURNING size_bytes
            """, ct);
        if (used > limits.StorageQuotaBytes) return (null, OverQuota);
        return (Link(row with { SizeBytes = size, Sha256 = hash }), null);
    }

    private async Task<Refusal?> Judge(Row row, long size, long? announced, CancellationToken ct)
    {
        if (size == 0) return Empty(row.Name);
        if (announced is { } promised && promised != size)
            return new Refusal(
                "upload_incomplete", "Some parts of this file have not arrived. Send the missing ones and try again.", "file");
        await using var content = await store.Open(KeyOf(row.FileId), ct);
        var start = new byte[16];
        var read = content is null ? 0 : await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        return FileType.Lies(row.Name, start.AsSpan(0, read)) is { } lie ? new Refusal("file_type_mismatch", lie, "file") : null;
    }

    private Refusal? Check(string name, long size)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 255 || name.AsSpan().IndexOfAny("/\\\0\n\r") >= 0)
            return new Refusal("bad_file_name", "A file needs a plain name of at most 255 characters.", "name");
        if (size <= 0) return Empty(name);
        return size > limits.LargestFileBytes ? TooLarge : null;
    }

    private static Refusal Empty(string name) => new("file_empty", $"'{name}' is empty. Choose the file with your work in it.", "file");

    private Refusal TooLarge => new("file_too_large", $"A file may have at most {limits.LargestFileBytes >> 20} MiB.", "file");

    private static Refusal OverQuota =>
        new("quota_exceeded", "Your institution's storage is full. Its administrator can make room.", "file");

    private Task<FileId> Insert(string name, string contentType, long size, string purpose, CancellationToken ct) =>
        InsertRow(name.Trim(), contentType, size, purpose, ct);

    private async Task<FileId> InsertRow(string name, string contentType, long size, string purpose, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<FileId>($"""
            INSERT INTO files (tenant_id, object_key, name, content_type, size_bytes, state, owner_id, purpose, created_at)
            VALUES ({db.Tenant}, '', {name}, {contentType}, {size}, 'uploading', {actor.Person}, {purpose}, {db.Now}) RETURNING file_id
            """, ct);
    }

    private FileLink Link(Row row) =>
        new(row.FileId, row.Name, row.ContentType, row.SizeBytes, Convert.ToHexStringLower(row.Sha256 ?? []),
            links.Download(db.Tenant, row.FileId.Value));

    private const string Columns = "SELECT file_id, name, content_type, size_bytes, sha256, state, owner_id, purpose FROM files";

    internal sealed record Row(
        FileId FileId, string Name, string ContentType, long SizeBytes, byte[]? Sha256, string State, UserId OwnerId, string Purpose);
}
