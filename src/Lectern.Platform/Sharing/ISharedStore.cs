using System.Globalization;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Sharing;

/// <summary>
/// What the nodes of an installation remember together, beside the database. It may be away or have forgotten at any moment: an
/// answer of null or false means "ask the database", never "there is none". All keys of one call belong to one institution.
/// </summary>
public interface ISharedStore
{
    /// <summary>Whether the installation has one at all.</summary>
    bool IsThere { get; }

    /// <summary>The values of these keys, null where there is none; null altogether when it is away.</summary>
    ValueTask<byte[]?[]?> Read(params IReadOnlyList<SharedKey> keys);

    /// <summary>Keeps a value for a while; false when it is away, or when something is kept and <paramref name="unlessKept"/>.</summary>
    ValueTask<bool> Write(SharedKey key, ReadOnlyMemory<byte> value, TimeSpan life, bool unlessKept = false);

    /// <summary>Takes one token of every bucket, or of none when one is empty; null when it is away.</summary>
    ValueTask<BucketAnswer?> Take(params IReadOnlyList<Bucket> buckets);
}

/// <summary>What a shared value is about. Each is a space of keys of its own.</summary>
public enum KeySpace { Session, Course, Cache, Stamp, Limit }

/// <summary>
/// <c>{institution}:space:id</c>. A cluster places keys by what stands in the braces, so everything of one institution is on one
/// server and can be read, or taken from, in one step.
/// </summary>
public readonly record struct SharedKey(TenantId Tenant, KeySpace Space, string Id)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{{{Tenant.Value}}}:{Space.ToString().ToLowerInvariant()}:{Id}");
}

/// <summary>
/// A bucket of tokens: it holds <paramref name="Most"/> and gains <paramref name="PerSecond"/> a second.
/// </summary>
public readonly record struct Bucket(SharedKey Key, double PerSecond, int Most)
{
    public double MillisecondsPerToken => 1_000 / PerSecond;
}

/// <summary>
/// What came of taking from several buckets: <see cref="Tightest"/> is the place of the one that refused or has the least left,
/// <see cref="Wait"/> how long until it has a token again; zero when all gave one.
/// </summary>
public readonly record struct BucketAnswer(int Tightest, int Left, TimeSpan Wait)
{
    public bool Refused => Wait > TimeSpan.Zero;
}

/// <summary>An installation without a shared store: every node asks the database.</summary>
internal sealed class NothingShared : ISharedStore
{
    public bool IsThere => false;

    public ValueTask<byte[]?[]?> Read(params IReadOnlyList<SharedKey> keys) => default;

    public ValueTask<bool> Write(SharedKey key, ReadOnlyMemory<byte> value, TimeSpan life, bool unlessKept) => default;

    public ValueTask<BucketAnswer?> Take(params IReadOnlyList<Bucket> buckets) => default;
}
