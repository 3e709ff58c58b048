using System.Globalization;

namespace Lectern.Platform.Storage;

/// <summary>
/// Where bytes live. A key begins with the institution. A large file arrives in parts, in any order and again after a break, at addresses
/// the store itself answers where it can; nothing is visible under the key until <see cref="Join"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>Begins an upload in parts and answers the store's own name for it.</summary>
    Task<string> Begin(string key, CancellationToken ct);

    /// <summary>
    /// Where a part, numbered from 1, is to be sent by PUT within an hour, of exactly this size; null where it comes to us.
    /// </summary>
    string? PartAddress(ObjectUpload upload, int part, long sizeBytes);

    /// <summary>The parts that have arrived, with their sizes in bytes; none once they are joined.</summary>
    Task<IReadOnlyDictionary<int, long>> Parts(ObjectUpload upload, CancellationToken ct);

    /// <summary>
    /// Joins the parts under the key. Null, and nothing has changed, when they have less than <paramref name="sizeBytes"/> together.
    /// Calling it again answers the same.
    /// </summary>
    /// <exception cref="TooLargeException">They have more.</exception>
    /// <exception cref="PartsChangedException">A part came anew meanwhile. Nothing has changed; it can be tried again.</exception>
    Task<StoredObject?> Join(ObjectUpload upload, long sizeBytes, CancellationToken ct);

    /// <summary>Stores what came with a request itself.</summary>
    /// <exception cref="TooLargeException">More than <paramref name="mostBytes"/> came; nothing of it is kept.</exception>
    Task<StoredObject> Write(string key, Stream content, long mostBytes, CancellationToken ct);

    /// <summary>Opens what is stored under the key for reading from its beginning; null when there is nothing.</summary>
    Task<Stream?> Open(string key, CancellationToken ct);

    /// <summary>Where the object can be read for an hour; null where it is read through us, or is not there.</summary>
    Task<string?> ReadAddress(string key, string name, string contentType, CancellationToken ct);

    /// <summary>Removes the object and what has arrived of an upload of it.</summary>
    Task Remove(ObjectUpload upload, CancellationToken ct);
}

/// <summary>An upload in parts under a key. <paramref name="Id"/> is empty where the store needs none, or nothing was begun.</summary>
public readonly record struct ObjectUpload(string Key, string Id);

/// <summary>What a store holds. The hash is known only where the bytes came past us; elsewhere they are yet to be read.</summary>
public sealed record StoredObject(long SizeBytes, byte[]? Sha256);

/// <summary>Keys begin with the institution; a store takes no other.</summary>
public static class ObjectKey
{
    /// <summary>The key, or an exception.</summary>
    public static string Checked(string key)
    {
        TenantOf(key);
        return key;
    }

    internal static int TenantOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && int.TryParse(key.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant)
            ? tenant
            : throw new ArgumentException($"The object key '{key}' does not begin with an institution.", nameof(key));
    }
}

/// <summary>More bytes came than were announced or allowed; nothing of them is kept.</summary>
public sealed class TooLargeException(long mostBytes) : Exception($"More than {mostBytes} bytes were sent.")
{
    public long MostBytes => mostBytes;
}

/// <summary>A part was sent again while the parts were being joined.</summary>
public sealed class PartsChangedException(Exception? because = null)
    : Exception("The parts are no longer those that were to be joined.", because);

/// <summary>The store does not answer. Everything that needs no file goes on.</summary>
public sealed class ObjectStoreUnavailableException(Exception? because = null) : Exception("The object store does not answer.", because);
