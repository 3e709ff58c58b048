namespace Lectern.Platform.Caching;

/// <summary>
/// Reading what is about to be kept for everybody. It is read where it is current, also by whoever may read what lags; what only a standby
/// could say, because there is no primary, is answered and not kept: no write would outdate it.
/// </summary>
internal sealed class CacheLoad
{
    private static readonly AsyncLocal<CacheLoad?> Ambient = new();

    public static CacheLoad? Current => Ambient.Value;

    /// <summary>Whether a standby answered.</summary>
    public bool Lagged { get; set; }

    /// <summary>Marks what is read from here on in this flow.</summary>
    public static CacheLoad Begin() => Ambient.Value = new CacheLoad();
}
