namespace Lectern.Platform.Sites;

/// <summary>
/// Which site may work. Two copies of the catalogue that both take writes are a split; of those at most one goes on, and when nobody has
/// been told which, none does.
/// </summary>
internal static class SiteRule
{
    /// <summary>Why a process of this site must not work; null when it may.</summary>
    /// <param name="own">What its own catalogue says.</param>
    /// <param name="others">What those of other sites say, as far as they answer.</param>
    public static string? Refuses(string site, SiteSeen own, IEnumerable<(string Site, SiteSeen Seen)> others)
    {
        if (own.Follows) return $"The database of site {site} is a standby. 'lectern failover' would change that.";
        if (own.Writer is { } writer && writer != site) return $"The catalogue says that site {writer} writes, and this is site {site}.";
        foreach (var (name, seen) in others.Where(other => !other.Seen.Follows))
        {
            if (seen.Turn > own.Turn) return
                $"Site {seen.Writer} has taken over (turn {seen.Turn}). This site's databases must become its standbys first.";
            if (seen.Turn == own.Turn) return
                $"The database of site {name} is no standby now, and nobody was told which site writes: 'lectern failover' was cut short.";
        }

        return null;
    }
}
