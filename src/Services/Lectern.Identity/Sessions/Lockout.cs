namespace Lectern.Identity.Sessions;

/// <summary>Ten wrong passwords within fifteen minutes close a name for fifteen minutes.</summary>
internal sealed record Lockout(int Failures, DateTimeOffset SinceAt, DateTimeOffset? LockedUntil)
{
    public const int MostFailures = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>How long the name stays closed; null when it is open.</summary>
    public TimeSpan? Remaining(DateTimeOffset now) => LockedUntil > now ? LockedUntil - now : null;

    /// <summary>What one more wrong password makes of it.</summary>
    public static Lockout AfterFailure(Lockout? before, DateTimeOffset now)
    {
        if (before is null || before.LockedUntil <= now || now - before.SinceAt >= Window) return new Lockout(1, now, null);
        var failures = before.Failures + 1;
        return before with { Failures = failures, LockedUntil = before.LockedUntil ?? (failures >= MostFailures ? now + Length : null) };
    }
}
