using Lectern.Platform.Http;

namespace Lectern.Grading.MarkingPlans;

/// <summary>How several people mark an assignment, and how their marks become one.</summary>
/// <param name="Markers">How many mark each piece of work.</param>
/// <param name="Tolerance">How far marks may lie apart for the rule to give the mark.</param>
/// <param name="ShowsComments">Learners read what markers said, and not who, once the grade is posted.</param>
internal sealed record MarkingPlan(
    int Markers, AgreementRule Rule, decimal Tolerance, ToleranceUnit ToleranceUnit, bool ShowsComments, int Version)
{
    public const int MostMarkers = 5;

    public decimal TolerancePoints(decimal pointsPossible) =>
        ToleranceUnit is ToleranceUnit.Percent ? pointsPossible * Tolerance / 100 : Tolerance;

    /// <summary>What the rule makes of all marks; null when it leaves that to a moderator, or when they lie too far apart.</summary>
    public decimal? Agreed(IReadOnlyCollection<decimal> marks, decimal pointsPossible)
    {
        if (marks.Count < Markers || marks.Max() - marks.Min() > TolerancePoints(pointsPossible)) return null;
        return Rule switch
        {
            AgreementRule.Average => decimal.Round(marks.Average(), Scaled.Places, MidpointRounding.AwayFromZero),
            AgreementRule.Median => Median([.. marks.Order()]),
            AgreementRule.Highest => marks.Max(),
            _ => null,
        };
    }

    public static Refusal? Refused(MarkingPlan plan) => plan switch
    {
        { Markers: < 1 or > MostMarkers } => new("markers_out_of_range", $"Between 1 and {MostMarkers} markers.", "markers"),
        { Tolerance: < 0 or > 1_000_000 } => new("tolerance_out_of_range", "A tolerance lies between 0 and 1,000,000.", "tolerance"),
        { ToleranceUnit: ToleranceUnit.Percent, Tolerance: > 100 } =>
            new("tolerance_out_of_range", "A tolerance in percent is at most 100.", "tolerance"),
        _ => null,
    };

    private static decimal Median(decimal[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : decimal.Round((sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2, Scaled.Places, MidpointRounding.AwayFromZero);
}

internal enum AgreementRule { Average, Median, Highest, Moderator }

internal enum ToleranceUnit { Points, Percent }
