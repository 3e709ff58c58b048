using System.Security.Cryptography;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Platform.Storage;

/// <summary>
/// Reads a file that went past us into the store, so that its receipt speaks of the bytes that are there and not of what was said about
/// them. Nothing is asked of the database before it has been read.
/// </summary>
internal sealed class CheckFileHandler(IObjectStore store, StoredFiles files, TenantDb db) : IJobHandler<CheckFile>
{
    private const int BufferBytes = 1 << 17;

    public async Task<object?> Run(CheckFile job, JobProgress progress, CancellationToken ct)
    {
        await using var content = await store.Open(StoredFiles.KeyOf(db.Tenant, job.FileId), ct)
            ?? throw new InvalidOperationException("The store has joined this file and does not have it.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        byte[]? start = null;
        long size = 0;
        int read;
        while ((read = await content.ReadAtLeastAsync(buffer, FileType.StartBytes, throwOnEndOfStream: false, ct)) > 0)
        {
            start ??= buffer[..Math.Min(read, FileType.StartBytes)];
            hash.AppendData(buffer, 0, read);
            size += read;
        }

        await files.Checked(job.FileId, new StoredObject(size, hash.GetHashAndReset()), start ?? [], ct);
        return null;
    }
}
