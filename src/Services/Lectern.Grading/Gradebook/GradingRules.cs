using Lectern.Grading.Calculation;
using Lectern.Platform.Data;

namespace Lectern.Grading.Gradebook;

/// <summary>A course's rules as they are stored and sent: everything but the groups, which are rows of their own.</summary>
[StoredAsJson]
internal sealed record GradingRules
{
    public Weighting Weighting { get; init; } = Weighting.Points;

    public IReadOnlyList<Period> Periods { get; init; } = [];

    public bool WeightPeriods { get; init; }

    public Scheme? LetterScheme { get; init; }

    public Late? LatePolicy { get; init; }

    public Missing? MissingPolicy { get; init; }

    public static GradingRules Default { get; } = new();

    public GradingPolicy ToPolicy(IReadOnlyList<GradeGroup> groups) => new()
    {
        Weighting = Weighting, Groups = groups, WeightPeriods = WeightPeriods,
        Periods = [.. Periods.Select(period => new GradingPeriod(period.PeriodId, period.StartsAt, period.EndsAt, period.WeightPercent))],
        Scheme = LetterScheme is { } scheme
            ? new LetterScheme(scheme.SchemeId, scheme.Version, scheme.Bands.Select(band => new LetterBand(band.Letter, band.LowerPercent)), scheme.Basis)
            : null,
        Late = LatePolicy is { } late
            ? new LatePolicy(late.DeductPercent, TimeSpan.FromSeconds(late.IntervalSeconds), late.MinimumPercent, TimeSpan.FromSeconds(late.GraceSeconds))
            : null,
        Missing = MissingPolicy is { } missing ? new MissingPolicy(missing.DeductPercent) : null,
    };

    internal sealed record Period(long PeriodId, string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal WeightPercent);

    internal sealed record Scheme(long SchemeId, int Version, IReadOnlyList<Band> Bands, LetterBasis Basis = LetterBasis.Unrounded);

    internal sealed record Band(string Letter, decimal LowerPercent);

    internal sealed record Late(decimal DeductPercent, int IntervalSeconds, decimal MinimumPercent = 0, int GraceSeconds = 0);

    internal sealed record Missing(decimal DeductPercent);
}
