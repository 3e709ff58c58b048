using System.Globalization;
using System.Text.Json;
using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Caching.Memory;

namespace Lectern.Platform.Access;

/// <summary>
/// Sessions as the nodes share them, beside the rows that are the truth. A session is written here when it begins or is first read, and
/// never over something that is there: an ended one leaves a mark that outlives all that may still be on its way.
/// <para>What a person may do is not kept here; roles are read from the database with each request.</para>
/// </summary>
internal sealed class SharedSessions(ISharedStore shared, CacheNews news, IMemoryCache memory, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan MarkLife = Life * 2;

    internal sealed record Known(
        Guid SessionId, UserId UserId, SessionKind Kind, string[] Rights, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

    /// <summary>The session of a secret, or null: then the database is asked.</summary>
    public async ValueTask<Known?> Find(TenantId tenant, byte[] hash)
    {
        // Deaf to what other nodes end, this one believes only the database.
        if (!shared.IsThere || !news.Hears) return null;
        var name = Convert.ToHexStringLower(hash);
        if (memory.TryGetValue(Ended(tenant, name), out _)) return null;
        if (await shared.Read(Key(tenant, name)) is not [{ Length: > 0 } json]) return null;
        var known = JsonSerializer.Deserialize<Known>(json, LecternJson.Options);
        return known is not null && known.ExpiresAt > clock.GetUtcNow() ? known : null;
    }

    /// <summary>Keeps what is in the database, unless something is kept already.</summary>
    public async Task Keep(TenantId tenant, byte[] hash, Known session)
    {
        var left = session.ExpiresAt - clock.GetUtcNow();
        if (!shared.IsThere || left <= TimeSpan.FromSeconds(1)) return;
        var json = JsonSerializer.SerializeToUtf8Bytes(session, LecternJson.Options);
        await shared.Write(Key(tenant, Convert.ToHexStringLower(hash)), json, left < Life ? left : Life, unlessKept: true);
    }

    /// <summary>
    /// Ends sessions with the commit of their deletion: here, in the shared store, and for nodes that cannot be reached by it.
    /// </summary>
    public void End(TenantDb db, IReadOnlyList<byte[]> hashes)
    {
        if (!shared.IsThere) return;
        // As many as a notification has room for.
        foreach (var some in hashes.Select(Convert.ToHexStringLower).Chunk(100))
        {
            db.Tell(string.Create(CultureInfo.InvariantCulture, $"session {db.Tenant}:{string.Join(',', some)}"));
            db.AfterCommit(() => Mark(db.Tenant, some));
        }
    }

    /// <summary>A node has ended sessions.</summary>
    public Task Hear(string news)
    {
        var colon = news.IndexOf(':', StringComparison.Ordinal);
        return Mark(new TenantId(int.Parse(news.AsSpan(0, colon), CultureInfo.InvariantCulture)), news[(colon + 1)..].Split(','));
    }

    private Task Mark(TenantId tenant, string[] names)
    {
        foreach (var name in names)
            memory.Set(Ended(tenant, name), true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = MarkLife, Size = 1 });
        return Task.WhenAll(names.Select(name => news.Insist(Key(tenant, name), () => [], MarkLife)));
    }

    private static SharedKey Key(TenantId tenant, string name) => new(tenant, KeySpace.Session, name);

    private static (string, int, string) Ended(TenantId tenant, string name) => ("ended", tenant.Value, name);
}
