namespace Lectern.Platform.Storage;

/// <summary>
/// Where bytes live. A key begins with the institution. Parts of a large file arrive by presigned address, in any order, and can
/// be sent again after a break; nothing is visible under the key until <see cref="Complete"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>Writes one part, numbered from 1, and answers its size. A repeated part replaces the earlier one.</summary>
    Task<long> WritePart(string key, int part, Stream content, long mostBytes, CancellationToken ct);

    /// <summary>The parts that have arrived, with their sizes in bytes.</summary>
    Task<IReadOnlyDictionary<int, long>> Parts(string key, CancellationToken ct);

    /// <summary>Joins the parts under the key and answers size and SHA-256 of the whole. Calling it again answers the same.</summary>
    Task<(long SizeBytes, byte[] Sha256)> Complete(string key, CancellationToken ct);

    /// <summary>Opens what is stored under the key for reading, seekable; null when there is nothing.</summary>
    Task<Stream?> Open(string key, CancellationToken ct);

    /// <summary>Removes the object and any parts of it.</summary>
    Task Remove(string key, CancellationToken ct);
}
