using System.Text.Json.Serialization;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
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

/// <param name="Arrived">Whether the store has this part already; it may be sent again.</param>
public sealed record UploadPart(int Number, string Url, bool Arrived = false);

/// <summary>A file that was put together where we did not see its bytes: reads it once, for its hash and its kind.</summary>
internal sealed record CheckFile(FileId FileId, string Name) : IJob;

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
        // Where there is no room, nobody waits for the row below and the store is not troubled.
        if ((Check(name, sizeBytes) ?? await NoRoom(sizeBytes, alone: false, ct)) is { } refusal) return (null, refusal);
        var id = await Insert(name.Trim(), contentType, sizeBytes, purpose, ct);
        var upload = new ObjectUpload(KeyOf(id), await store.Begin(KeyOf(id), ct));
        if (upload.Id.Length > 0)
            await db.Execute($"UPDATE files SET upload_id = {upload.Id} WHERE tenant_id = {db.Tenant} AND file_id = {id}", ct);
        // Last, because it holds a row that all announcements of the institution want.
        if (await NoRoom(0, alone: true, ct) is { } full)
        {
            await store.Remove(upload, ct);
            return (null, full);
        }

        return (PlanOf(id, upload, sizeBytes, new Dictionary<int, long>()), null);
    }

    /// <summary>An upload of one's own as it stands, to go on with; null when there is none under way.</summary>
    public async Task<UploadPlan?> Resume(FileId id, CancellationToken ct)
    {
        if (await Mine(id, locked: false, ct) is not { State: "uploading" } row) return null;
        return PlanOf(id, Upload(row), row.SizeBytes, await store.Parts(Upload(row), ct));
    }

    /// <summary>Stores a small file that came with the request itself.</summary>
    public async Task<(FileLink? File, Refusal? Refusal)> Store(
        string name, string contentType, Stream content, string purpose, CancellationToken ct)
    {
        if (Check(name, Math.Max(1, content.CanSeek ? content.Length : 1)) is { } refusal) return (null, refusal);
        var id = await Insert(name.Trim(), contentType, 0, purpose, ct);
        try
        {
            var stored = await store.Write(KeyOf(id), content, limits.LargestFileBytes, ct);
            if (stored.SizeBytes == 0) return (null, await Refuse((await Read(id, ct))!, Empty(name), ct));
            return await Finish((await Read(id, ct))!, stored, await StartOf(id, ct), ct);
        }
        catch (TooLargeException)
        {
            return (null, TooLarge);
        }
    }

    /// <summary>
    /// Joins the parts and checks size, type and quota. Neither file nor refusal: it is being read. Calling it again answers the same.
    /// </summary>
    public async Task<(FileLink? File, Refusal? Refusal)> Complete(FileId id, CancellationToken ct)
    {
        if (await Mine(id, locked: true, ct) is not { } row)
            return (null, new Refusal("unknown_file", "There is no such upload of yours.", "file_id"));
        if (row.State == "stored") return (Link(row), null);
        if (row.State == "checking") return (null, null);
        if (row.State == "deleted") return (null, Refused(row));
        StoredObject? joined;
        try
        {
            joined = await store.Join(Upload(row), row.SizeBytes, ct);
        }
        catch (TooLargeException)
        {
            return (null, await Refuse(row, new Refusal("file_too_large", "More was sent than was announced.", "file"), ct));
        }
        catch (PartsChangedException)
        {
            return (null, new Refusal(
                "upload_changed", "A part was sent again while the file was being put together. Nothing is lost; complete it once more.",
                "file"));
        }

        if (joined is null) return (null, new Refusal(
            "upload_incomplete", "Some parts of this file have not arrived. Send the missing ones and try again.", "file"));
        if (joined.Sha256 is not null) return await Finish(row, joined, await StartOf(id, ct), ct);
        await db.Execute($"UPDATE files SET state = 'checking' WHERE tenant_id = {db.Tenant} AND file_id = {id}", ct);
        db.Enqueue(new CheckFile(id, row.Name), new JobOptions { Priority = JobPriority.Now, MaxAttempts = 1000 });
        return (null, null);
    }

    /// <summary>Ends what <see cref="Complete"/> left to a job: the file is stored, or gone and its owner is told why.</summary>
    internal async Task Checked(FileId id, StoredObject seen, byte[] start, CancellationToken ct)
    {
        await db.Begin(ct);
        if (await db.Find<Row>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = {id} FOR UPDATE", ct)
            is not { State: "checking" } row) return;
        var (_, refusal) = await Finish(row, seen, start, ct);
        if (refusal is null) return;
        await db.Execute($"""
            UPDATE files SET state = 'deleted', refusal = {refusal.Code} WHERE tenant_id = {db.Tenant} AND file_id = {id}
            """, ct);
    }

    /// <summary>Gives up a stored file that nothing shows any more. Its bytes go with the next sweep.</summary>
    public async Task Forget(FileId id, CancellationToken ct) => await db.Execute(
        $"UPDATE files SET state = 'deleted' WHERE tenant_id = {db.Tenant} AND file_id = {id} AND state = 'stored'", ct);

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

    /// <summary>The same file under another name, which is also the one it is fetched by.</summary>
    public FileLink Called(FileLink file, string name) =>
        file with { Name = name, Url = links.Download(db.Tenant, file.FileId.Value, name) };

    /// <summary>What is stored, to be read in any order; null when there is nothing.</summary>
    public async Task<Stream?> Open(FileId id, CancellationToken ct)
    {
        var content = await store.Open(KeyOf(id), ct);
        if (content is null or { CanSeek: true }) return content;
        await using (content)
        {
            var kept = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await content.CopyToAsync(kept, ct);
            kept.Position = 0;
            return kept;
        }
    }

    internal async Task<Row?> Read(FileId id, CancellationToken ct) =>
        await db.Find<Row>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = {id}", ct);

    internal string KeyOf(FileId id) => KeyOf(db.Tenant, id);

    /// <summary>Where the store keeps a file: the institution first, as every key must.</summary>
    internal static string KeyOf(TenantId tenant, FileId id) => $"{tenant}/files/{id.Value}";

    private ObjectUpload Upload(Row row) => new(KeyOf(row.FileId), row.UploadId ?? string.Empty);

    private async Task<Row?> Mine(FileId id, bool locked, CancellationToken ct) => await db.Find<Row>($"""
        {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND file_id = {id} AND owner_id = {actor.Person}
        {Sql.When(locked, $"FOR UPDATE")}
        """, ct);

    private UploadPlan PlanOf(FileId id, ObjectUpload upload, long sizeBytes, IReadOnlyDictionary<int, long> arrived)
    {
        var parts = (int)Math.Max(1, (sizeBytes + PartBytes - 1) / PartBytes);
        return new UploadPlan(id, PartBytes, [.. Enumerable.Range(1, parts).Select(part => new UploadPart(
            part, store.PartAddress(upload, part, SizeOfPart(sizeBytes, part)) ?? links.Upload(db.Tenant, id.Value, part),
            arrived.GetValueOrDefault(part) == SizeOfPart(sizeBytes, part)))]);
    }

    /// <summary>How many bytes a part has: no address takes more.</summary>
    internal static long SizeOfPart(long sizeBytes, int part) => Math.Min(PartBytes, sizeBytes - ((part - 1L) * PartBytes));

    /// <summary>
    /// Why so many bytes more than are announced already are too much. All that is under way counts as if it had arrived, until it is
    /// complete or swept; and no one person may take up the room of all by announcing.
    /// </summary>
    /// <param name="alone">Until this unit of work ends, nobody else is told that there is room.</param>
    private async Task<Refusal?> NoRoom(long more, bool alone, CancellationToken ct)
    {
        Sql read = $"SELECT size_bytes FROM storage_use WHERE tenant_id = {db.Tenant}";
        Sql hold = $"""
            INSERT INTO storage_use (tenant_id, size_bytes) VALUES ({db.Tenant}, 0)
            ON CONFLICT (tenant_id) DO UPDATE SET size_bytes = storage_use.size_bytes RETURNING size_bytes
            """;
        var used = await db.Value<long?>(alone ? hold : read, ct) ?? 0;
        // Chosen by the state alone: files_open has all of it.
        var open = await db.Get<UnderWay>($"""
            SELECT COALESCE(sum(size_bytes), 0)::bigint AS everybodys,
                COALESCE(sum(size_bytes) FILTER (WHERE owner_id = {actor.Person}), 0)::bigint AS own
            FROM files WHERE tenant_id = {db.Tenant} AND state IN ('uploading', 'checking')
            """, ct);
        if (used + open.Everybodys + more > limits.StorageQuotaBytes) return OverQuota;
        return open.Own + more > Math.Max(limits.LargestFileBytes, limits.StorageQuotaBytes / 10)
            ? new Refusal("too_many_uploads", "You have too many unfinished uploads. Finish those, or try again tomorrow.", "file")
            : null;
    }

    private sealed record UnderWay(long Everybodys, long Own);

    private async Task<byte[]> StartOf(FileId id, CancellationToken ct)
    {
        await using var content = await store.Open(KeyOf(id), ct);
        var start = new byte[FileType.StartBytes];
        var read = content is null ? 0 : await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        return start[..read];
    }

    private async Task<(FileLink? File, Refusal? Refusal)> Finish(Row row, StoredObject stored, byte[] start, CancellationToken ct)
    {
        if (FileType.Lies(row.Name, start) is { } lie)
            return (null, await Refuse(row, new Refusal("file_type_mismatch", lie, "file"), ct));
        await db.Execute($"""
            UPDATE files SET state = 'stored', size_bytes = {stored.SizeBytes}, sha256 = {stored.Sha256}, completed_at = {db.Now}
            WHERE tenant_id = {db.Tenant} AND file_id = {row.FileId}
            """, ct);
        var used = await db.Get<long>($"""
            INSERT INTO storage_use (tenant_id, size_bytes) VALUES ({db.Tenant}, {stored.SizeBytes})
            ON CONFLICT (tenant_id) DO UPDATE SET size_bytes = storage_use.size_bytes + excluded.size_bytes RETURNING size_bytes
            """, ct);
        if (used > limits.StorageQuotaBytes) return (null, await Refuse(row, OverQuota, ct));
        return (Link(row with { SizeBytes = stored.SizeBytes, Sha256 = stored.Sha256 }), null);
    }

    /// <summary>The row goes with the unit of work or with the next sweep; its bytes go now.</summary>
    private async Task<Refusal> Refuse(Row row, Refusal refusal, CancellationToken ct)
    {
        await store.Remove(Upload(row), ct);
        return refusal;
    }

    private static Refusal Refused(Row row) => row.Refusal switch
    {
        "quota_exceeded" => OverQuota,
        "file_type_mismatch" => new Refusal("file_type_mismatch", FileType.Mismatch(row.Name), "file"),
        _ => new Refusal("unknown_file", "There is no such upload of yours.", "file_id"),
    };

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

    private async Task<FileId> Insert(string name, string contentType, long size, string purpose, CancellationToken ct)
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

    private const string Columns =
        "SELECT file_id, name, content_type, size_bytes, sha256, state, owner_id, purpose, upload_id, refusal FROM files";

    internal sealed record Row(
        FileId FileId, string Name, string ContentType, long SizeBytes, byte[]? Sha256, string State, UserId OwnerId, string Purpose,
        string? UploadId, string? Refusal);
}
