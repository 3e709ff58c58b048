using System.Globalization;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Caching;

/// <summary>
/// Names what is cached, and the tags it is cached under. A name always begins with the institution, so that no answer of one can be
/// given to another.
/// </summary>
public static class CacheKey
{
    public static string Of(TenantId tenant, KeySpace space, object id) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}:{space.ToString().ToLowerInvariant()}:{id}");

    /// <summary>The same name as the nodes share it; null when it names no institution.</summary>
    internal static SharedKey? Shared(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var second = colon < 0 ? -1 : key.IndexOf(':', colon + 1);
        return second > 0 && int.TryParse(key.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant)
            && Enum.TryParse<KeySpace>(key.AsSpan(colon + 1, second - colon - 1), ignoreCase: true, out var space)
            ? new SharedKey(new TenantId(tenant), space, key[(second + 1)..])
            : null;
    }

    /// <summary>Where the nodes keep the stamp of a tag.</summary>
    internal static SharedKey Stamp(string tag)
    {
        var colon = tag.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(tag.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant)
            ? new SharedKey(new TenantId(tenant), KeySpace.Stamp, tag[(colon + 1)..])
            : throw new ArgumentException($"The tag '{tag}' does not begin with an institution.", nameof(tag));
    }
}
