using System.Globalization;

namespace Lectern.Platform.Sites;

/// <summary>What is missing in a standby whose primary is gone: at most the writes of so many seconds. Null: nobody can say.</summary>
internal sealed record Loss(TimeSpan? AtMost, string Because)
{
    public static Loss None { get; } = new(TimeSpan.Zero, "nothing");

    /// <param name="standby">How the standby is now.</param>
    /// <param name="seen">What was last seen of the primary, if anything.</param>
    /// <param name="gone">When the primary first did not answer, or now if nobody watched.</param>
    public static Loss Of(ServerState standby, Sighting? seen, DateTimeOffset gone)
    {
        // The latest moment of which it is known that everything before it is here.
        var whole = standby.LastCommit;
        if (seen is not null && standby.Has >= seen.Position && (whole is null || seen.At > whole)) whole = seen.At;
        if (whole is not { } moment) return new Loss(null, "it has replayed nothing since it was started, and nobody watched the primary");
        var most = gone > moment ? gone - moment : TimeSpan.Zero;
        var until = seen is null ? "it is not known when the primary ended" : $"the primary did not answer at {Time(gone)}";
        return new Loss(most, $"it has everything up to {Time(moment)}, and {until}");
    }

    public override string ToString() => AtMost is not { } most ? "nobody can say how much"
        : most == TimeSpan.Zero ? "nothing"
        : string.Create(CultureInfo.InvariantCulture, $"at most {most.TotalSeconds:0.0} s of writes");

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("HH:mm:ss.f", CultureInfo.InvariantCulture) + " UTC";
}

/// <summary>A primary as it was when it last answered.</summary>
internal sealed record Sighting(DateTimeOffset At, long Position);
