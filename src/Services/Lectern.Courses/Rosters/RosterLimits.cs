namespace Lectern.Courses.Rosters;

/// <summary>
/// What an import may cost. The largest known feed (40,000 people, 90,000 enrolments) is 12 MB of CSV, so these are far
/// above real files and far below what would hurt the machine.
/// </summary>
internal sealed record RosterLimits
{
    internal static readonly RosterLimits Default = new();

    public long FileBytes { get; init; } = 256L << 20;
    public long UnpackedBytes { get; init; } = 1L << 30;
    public int Entries { get; init; } = 1000;

    /// <summary>Unpacked size over packed size. Rosters pack 5 to 20 times; a file under 1 MB is too small to be a bomb.</summary>
    public int Ratio { get; init; } = 100;
    public long RatioFromBytes { get; init; } = 1L << 20;
    public int Rows { get; init; } = 2_000_000;
}
