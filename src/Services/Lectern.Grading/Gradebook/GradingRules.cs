using Lectern.Grading.Calculation;
using Lectern.Grading.LateAllowances;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

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

    /// <summary>None: learners have no late passes to spend.</summary>
    public LatePasses? LatePasses { get; init; }

    /// <summary>Final grades may be set by hand.</summary>
    public bool FinalOverride { get; init; }

    public static GradingRules Default { get; } = new();

    /// <summary>Why these rules cannot be followed; null when they can.</summary>
    public Refusal? Refused() => this switch
    {
        { Periods: null } => new("bad_period", "A period has a name, a start and an end.", "policy.periods"),
        _ when Periods.Contains(null!) => new("bad_period", "A period has a name, a start and an end.", "policy.periods"),
        { LatePolicy.IntervalSeconds: <= 0 } =>
            new("late_policy_interval", "An interval lasts at least a second.", "policy.late_policy.interval_seconds"),
        { LatePolicy.GraceSeconds: < 0 } =>
            new("late_policy_interval", "Grace is no less than nothing.", "policy.late_policy.grace_seconds"),
        { LatePolicy.DeductPercent: < 0 or > 100 } => PercentOutOfRange("late_policy.deduct_percent"),
        { LatePolicy.MinimumPercent: < 0 or > 100 } => PercentOutOfRange("late_policy.minimum_percent"),
        { MissingPolicy.DeductPercent: < 0 or > 100 } => PercentOutOfRange("missing_policy.deduct_percent"),
        { LatePasses: { } passes } when passes.Refused() is { } refusal => refusal,
        { LetterScheme: { } scheme } when scheme.Refused() is { } refusal => refusal,
        { Periods.Count: > 100 } => new("bad_period", "A course has at most 100 periods.", "policy.periods"),
        _ when Periods.Where(period => period.PeriodId > 0).CountBy(period => period.PeriodId).Any(same => same.Value > 1) =>
            new("periods_overlap", "Each period stands once.", "policy.periods"),
        _ => Periods.Select((period, at) => period.Refused($"policy.periods[{at}]", at > 0 ? Periods[at - 1] : null))
            .FirstOrDefault(refusal => refusal is not null),
    };

    private static Refusal PercentOutOfRange(string field) =>
        new("percent_out_of_range", "A percent taken off or left lies between 0 and 100.", $"policy.{field}");

    /// <summary>The same rules with numbers for what is new: periods after every one there ever was, letters as a new version.</summary>
    public GradingRules Numbered(GradingRules before, long lastPeriod) => this with
    {
        Periods = [.. Periods.Select(period => period.PeriodId > 0 ? period : period with { PeriodId = ++lastPeriod })],
        LetterScheme = LetterScheme?.Numbered(before.LetterScheme),
    };

    public GradingPolicy ToPolicy(IReadOnlyList<GradeGroup> groups) => new()
    {
        Weighting = Weighting, Groups = groups, WeightPeriods = WeightPeriods,
        Periods = [.. Periods.Select(period => new GradingPeriod(period.PeriodId, period.StartsAt, period.EndsAt, period.WeightPercent))],
        Scheme = LetterScheme is { } scheme
            ? new LetterScheme(
                scheme.SchemeId, scheme.Version, scheme.Bands.Select(band => new LetterBand(band.Letter, band.LowerPercent)), scheme.Basis)
            : null,
        Late = LatePolicy is { } late
            ? new LatePolicy(late.DeductPercent, TimeSpan.FromSeconds(late.IntervalSeconds), late.MinimumPercent,
                TimeSpan.FromSeconds(late.GraceSeconds))
            : null,
        Missing = MissingPolicy is { } missing ? new MissingPolicy(missing.DeductPercent) : null,
    };

    /// <param name="ClosesAt">From when on only an administrator changes what belongs to it; null: never.</param>
    internal sealed record Period(
        long PeriodId, string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal WeightPercent, DateTimeOffset? ClosesAt = null)
    {
        public bool IsClosed(DateTimeOffset now) => ClosesAt <= now;

        /// <summary>Says it of this period and beside the field: a form may hold a dozen of them.</summary>
        public Refusal? Refused(string field, Period? before) => this switch
        {
            _ when string.IsNullOrWhiteSpace(Name) || Name.Length > 255 =>
                new("period_name", "A period needs a name of at most 255 characters.", $"{field}.name"),
            { WeightPercent: < 0 or > 1000 } =>
                new("bad_period", $"'{Name}' weighs between 0 and 1000 percent.", $"{field}.weight_percent"),
            _ when EndsAt <= StartsAt => new("bad_period", $"'{Name}' ends before it starts.", $"{field}.ends_at"),
            _ when ClosesAt < EndsAt => new("bad_period", $"'{Name}' closes before it has ended.", $"{field}.closes_at"),
            _ when StartsAt < before?.EndsAt =>
                new("periods_overlap", $"'{Name}' starts before '{before.Name}' has ended.", $"{field}.starts_at"),
            _ => null,
        };
    }

    /// <param name="Version">Of these letters; what is sent is not read, a change makes the next one.</param>
    internal sealed record Scheme(long SchemeId, int Version, IReadOnlyList<Band> Bands, LetterBasis Basis = LetterBasis.Unrounded)
    {
        public Refusal? Refused() => Bands switch
        {
            null or { Count: 0 or > 100 } => Wrong("letter_scheme_bands", "A scheme has between 1 and 100 letters."),
            _ when Bands.Contains(null!) => Wrong("letter_scheme_bands", "Each letter has a name and where it begins."),
            _ when Bands.Any(band => string.IsNullOrWhiteSpace(band.Letter) || band.Letter.Length > 20) =>
                Wrong("letter_scheme_bands", "Each letter has between 1 and 20 characters."),
            _ when Bands.DistinctBy(band => band.Letter.Trim()).Count() < Bands.Count
                || Bands.DistinctBy(band => band.LowerPercent).Count() < Bands.Count =>
                Wrong("letter_scheme_bands", "Each letter stands once, and each begins at another percent."),
            _ when Bands.Any(band => band.LowerPercent is < 0 or > 1000
                || decimal.Round(band.LowerPercent, Scaled.Places) != band.LowerPercent) =>
                Wrong("letter_scheme_bands", $"A letter begins between 0 and 1000 percent, with at most {Scaled.Places} decimals."),
            _ when Bands.Min(band => band.LowerPercent) is > 0 and var lowest =>
                Wrong("letter_scheme_gap", $"Below {lowest:0.####} percent there is no letter. Let the last one begin at 0."),
            _ => RefusedPoints(),
        };

        private Refusal? RefusedPoints()
        {
            var worth = Bands.OrderByDescending(band => band.LowerPercent).ToList();
            if (worth.TrueForAll(band => band.GradePoints is null)) return null;
            if (worth.Find(band => band.GradePoints is null) is { } without)
                return Wrong("letter_scheme_points", $"'{without.Letter}' has no grade points. Give every letter some, or none.");
            if (worth.Exists(band => band.GradePoints is < 0 or > 100 || decimal.Round(band.GradePoints!.Value, 2) != band.GradePoints))
                return Wrong("letter_scheme_points", "Grade points lie between 0 and 100, with at most 2 decimals.");
            var wrong = worth.Zip(worth.Skip(1)).FirstOrDefault(pair => pair.Second.GradePoints > pair.First.GradePoints).Second;
            return wrong is null
                ? null
                : Wrong("letter_scheme_points", $"'{wrong.Letter}' is worth more grade points than the better letter before it.");
        }

        public Scheme Numbered(Scheme? before) => this with
        {
            SchemeId = before?.SchemeId ?? 1,
            Version = before is null ? 1 : before.Basis == Basis && before.Bands.SequenceEqual(Bands) ? before.Version : before.Version + 1,
        };

        public bool HasGradePoints() => Bands[0].GradePoints is not null;

        /// <summary>What a letter is worth; null without a letter, and where letters are worth nothing.</summary>
        public decimal? PointsOf(string? letter) =>
            Bands.FirstOrDefault(band => band.Letter.Equals(letter, StringComparison.OrdinalIgnoreCase))?.GradePoints;

        private static Refusal Wrong(string code, string because) => new(code, because, "policy.letter_scheme");
    }

    /// <param name="GradePoints">What the letter is worth in a grade point average; all letters of a scheme have some, or none has.</param>
    internal sealed record Band(string Letter, decimal LowerPercent, decimal? GradePoints = null);

    internal sealed record Late(decimal DeductPercent, int IntervalSeconds, decimal MinimumPercent = 0, int GraceSeconds = 0);

    /// <param name="ByDates">
    /// Work is called missing by itself once its learner's due date has passed; otherwise only a grader's word earns such a score.
    /// </param>
    internal sealed record Missing(decimal DeductPercent, bool ByDates = false);
}
