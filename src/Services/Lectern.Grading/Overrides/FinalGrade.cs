using System.Text.RegularExpressions;
using Lectern.Grading.Calculation;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Overrides;

/// <summary>What somebody says a learner's final grade is. Without percent, letter and status it is taken back.</summary>
internal sealed record FinalGradeFields
{
    /// <summary>The whole course.</summary>
    public const long WholeCourse = 0;

    private const int LongestReason = 500;

    /// <summary>In the place of the computed final percent; from 0 to 1000.</summary>
    public decimal? Percent { get; init; }

    /// <summary>A letter of the course's scheme, chosen instead of the percent or beside it.</summary>
    public string? Letter { get; init; }

    /// <summary>Such as <c>incomplete</c>; shown beside the grade, which it does not change.</summary>
    public string? StatusCode { get; init; }

    /// <summary>A grading period; the whole course when left out.</summary>
    public long? PeriodId { get; init; }

    public string? Reason { get; init; }

    /// <summary>The version this was made upon; 0 where nobody has set a final grade yet.</summary>
    public int? Version { get; init; }

    public bool TakesBack => Percent is null && Letter is null && StatusCode is null;

    /// <summary>Why this cannot be somebody's final grade under these rules; null when it can.</summary>
    public Refusal? RefusedBy(Gradebook.GradingRules rules) => this switch
    {
        { Version: null } => new("version_required", "Say which version you saw; 0 when nobody had set a final grade.", "version"),
        _ when !TakesBack && !rules.FinalOverride =>
            new("override_not_allowed", "This course's rules do not let final grades be set by hand.", "percent"),
        _ when !TakesBack && string.IsNullOrWhiteSpace(Reason) => new("reason_required", "Say why.", "reason"),
        { Reason.Length: > LongestReason } => new("too_long", $"A reason can have at most {LongestReason} characters.", "reason"),
        { Percent: < 0 or > 1000 } => new("percent_out_of_range", "A final grade lies between 0 and 1000 percent.", "percent"),
        { Percent: { } percent } when decimal.Round(percent, Scaled.Places) != percent =>
            new("score_too_fine", $"A percent can have at most {Scaled.Places} decimals.", "percent"),
        { Letter: { } letter } when rules.ToPolicy([]).Scheme?.UpperBound(letter) is null =>
            new("unknown_letter", "The course's scheme has no such letter.", "letter"),
        { StatusCode: { } status } when !FinalGradeStatus.IsCode(status) =>
            new(
                "bad_status_code", "A status is a word such as 'incomplete': at most 40 small letters, digits and underscores.",
                "status_code"),
        { PeriodId: { } period } when period != WholeCourse && rules.Periods.All(known => known.PeriodId != period) =>
            new("unknown_period", "This course has no such grading period.", "period_id"),
        _ => null,
    };

    /// <summary>What stands from then on. A letter that was chosen alone stands for the percent that the scheme gives it.</summary>
    public StandingOverride ToStanding(Gradebook.GradingRules rules, int version) => new(
        Percent ?? (Letter is { } letter ? rules.ToPolicy([]).Scheme?.UpperBound(letter) : null), Letter?.Trim(), StatusCode, version);
}

/// <summary>Codes of what may be said beside a final grade. Which there are is the institution's to say.</summary>
internal static partial class FinalGradeStatus
{
    public static bool IsCode(string text) => Code().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Code();
}

/// <summary>A final grade as somebody set it; without percent and status it was taken back, and only its version remains.</summary>
internal sealed record StandingOverride(decimal? Percent, string? Letter, string? StatusCode, int Version)
{
    public static StandingOverride None { get; } = new(null, null, null, 0);

    /// <summary>What the calculator is told; a status alone leaves the computed grade.</summary>
    public GradeOverride? ToCalculator() => Percent is { } percent ? new(percent, Letter, StatusCode) : null;

    public bool SaysTheSame(StandingOverride other) => this with { Version = 0 } == other with { Version = 0 };
}

/// <summary>Final grades of one learner as they stand, of the course and of its periods.</summary>
[StoredAsJson]
internal sealed record StandingOverrides(StandingOverride? Final, IReadOnlyDictionary<long, StandingOverride>? Periods)
{
    /// <summary>From the newest entry of each period; null when nobody ever set one.</summary>
    public static StandingOverrides? Of(IReadOnlyCollection<OverrideEntry> newest)
    {
        if (newest.Count == 0) return null;
        var periods = newest.Where(entry => entry.PeriodId != FinalGradeFields.WholeCourse)
            .ToDictionary(entry => entry.PeriodId, entry => entry.Standing);
        return new(
            newest.FirstOrDefault(entry => entry.PeriodId == FinalGradeFields.WholeCourse)?.Standing, periods.Count > 0 ? periods : null);
    }

    public StandingOverride For(long period) =>
        (period == FinalGradeFields.WholeCourse ? Final : Periods?.GetValueOrDefault(period)) ?? StandingOverride.None;

    /// <summary>These with one of them set anew.</summary>
    public StandingOverrides With(long period, StandingOverride set) => period == FinalGradeFields.WholeCourse
        ? this with { Final = set }
        : this with { Periods = new Dictionary<long, StandingOverride>(Periods ?? Nothing) { [period] = set } };

    private static IReadOnlyDictionary<long, StandingOverride> Nothing { get; } = new Dictionary<long, StandingOverride>();

    public IReadOnlyDictionary<long, GradeOverride> PeriodsForCalculator() => (Periods ?? Nothing)
        .Select(of => (of.Key, Set: of.Value.ToCalculator())).Where(of => of.Set is not null).ToDictionary(of => of.Key, of => of.Set!);

    public static bool Same(StandingOverrides? one, StandingOverrides? other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one is null || other is null || one.Final != other.Final || one.Periods?.Count != other.Periods?.Count) return false;
        return one.Periods is null || one.Periods.All(of => other.Periods!.GetValueOrDefault(of.Key) == of.Value);
    }
}

/// <summary>One entry of what was set, as stored.</summary>
internal sealed record OverrideEntry(
    long PeriodId, int Version, decimal? Percent, string? Letter, string? StatusCode, UserId? ActorId, string? ActorName, string? Reason,
    DateTimeOffset At)
{
    public StandingOverride Standing => new(Percent, Letter, StatusCode, Version);
}
