using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Storage;

/// <summary>Files on local disk. Objects are named by a hash of their key, so no key, however odd, can leave the folder.</summary>
internal sealed class LocalObjectStore(IOptions<PlatformOptions> options) : IObjectStore
{
    private const int BufferBytes = 1 << 17;

    private string Root => Path.Combine(options.Value.DataFolder, "objects");

    /// <summary>Writes one part, numbered from 1, and answers its size. A repeated part replaces the earlier one.</summary>
    public async Task<long> WritePart(string key, int part, Stream content, long mostBytes, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(PathOf(key) + ".parts").FullName;
        var arriving = Path.Combine(folder, $"{part:00000}.{Guid.NewGuid():N}.tmp");
        try
        {
            var size = await WriteLimited(arriving, content, mostBytes, ct);
            File.Move(arriving, Path.Combine(folder, $"{part:00000}"), overwrite: true);
            return size;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    public Task<string> Begin(string key, CancellationToken ct) => Task.FromResult(string.Empty);

    public string? PartAddress(ObjectUpload upload, int part, long sizeBytes) => null;

    public Task<IReadOnlyDictionary<int, long>> Parts(ObjectUpload upload, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<int, long>>(PartFiles(upload.Key).ToDictionary(
            file => int.Parse(file.Name, System.Globalization.CultureInfo.InvariantCulture), file => file.Length));

    public async Task<StoredObject?> Join(ObjectUpload upload, long sizeBytes, CancellationToken ct)
    {
        var path = PathOf(upload.Key);
        var parts = PartFiles(upload.Key).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        if (parts.Count == 0 && File.Exists(path))
        {
            await using var whole = File.OpenRead(path);
            return new StoredObject(whole.Length, await SHA256.HashDataAsync(whole, ct));
        }

        var sent = parts.Sum(part => part.Length);
        if (sent > sizeBytes) throw new TooLargeException(sizeBytes);
        if (sent < sizeBytes) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var joined = path + ".joining";
        await using (var output = new FileStream(joined, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
        {
            foreach (var part in parts) await Append(part.FullName, output, hash, ct);
            // The receipt that follows must not outlive the bytes it speaks of.
            output.Flush(flushToDisk: true);
        }

        File.Move(joined, path, overwrite: true);
        if (Directory.Exists(path + ".parts")) Directory.Delete(path + ".parts", recursive: true);
        return new StoredObject(sizeBytes, hash.GetHashAndReset());
    }

    public async Task<StoredObject> Write(string key, Stream content, long mostBytes, CancellationToken ct)
    {
        var size = await WritePart(key, 1, content, mostBytes, ct);
        return (await Join(new ObjectUpload(key, string.Empty), size, ct))!;
    }

    public Task<Stream?> Open(string key, CancellationToken ct)
    {
        var path = PathOf(key);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, useAsync: true)
            : null);
    }

    public Task<string?> ReadAddress(string key, string name, string contentType, CancellationToken ct) => Task.FromResult<string?>(null);

    public Task Remove(ObjectUpload upload, CancellationToken ct)
    {
        var path = PathOf(upload.Key);
        File.Delete(path);
        if (Directory.Exists(path + ".parts")) Directory.Delete(path + ".parts", recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<long> WriteLimited(string path, Stream content, long mostBytes, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        long size = 0;
        await using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            size += read;
            if (size > mostBytes) throw new TooLargeException(mostBytes);
            await output.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return size;
    }

    private static async Task Append(string part, Stream output, IncrementalHash hash, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        await using var input = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);
        int read;
        while ((read = await input.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private IEnumerable<FileInfo> PartFiles(string key)
    {
        var folder = new DirectoryInfo(PathOf(key) + ".parts");
        return folder.Exists ? folder.EnumerateFiles().Where(file => !file.Name.EndsWith(".tmp", StringComparison.Ordinal)) : [];
    }

    private string PathOf(string key)
    {
        var tenant = ObjectKey.TenantOf(key);
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
        var folder = Path.Combine(Root, tenant.ToString(System.Globalization.CultureInfo.InvariantCulture), name[..2]);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
