using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Grading.Outcomes;

/// <summary>The levels an outcome can be reached at, and from how many points on it counts as mastered.</summary>
/// <param name="Levels">From the lowest to the highest; each begins at its points.</param>
/// <param name="MasteryPoints">A score of so many points is mastery.</param>
[StoredAsJson]
internal sealed record MasteryScale(IReadOnlyList<MasteryLevel> Levels, decimal MasteryPoints)
{
    /// <summary>What new outcomes begin with.</summary>
    public static MasteryScale Usual => new(
        [new("No evidence", 0), new("Below mastery", 1), new("Near mastery", 2), new("Mastery", 3), new("Exceeds mastery", 4)], 3);

    /// <summary>What a result can be worth at most.</summary>
    [JsonIgnore]
    public decimal Top => Levels[^1].Points;

    /// <summary>From where on each level counts, as rows keep scores. The lowest also stands for all below its points.</summary>
    [JsonIgnore]
    public long[] Cuts => [0, .. Levels.Skip(1).Select(level => Scaled.Of(level.Points))];

    /// <summary>The level a score stands at, 1 for the lowest; null where there is none.</summary>
    public int? LevelOf(decimal? score) => score is { } points ? Math.Max(1, Levels.Count(level => level.Points <= points)) : null;

    public bool SaysTheSame(MasteryScale other) => MasteryPoints == other.MasteryPoints && Levels.SequenceEqual(other.Levels);
}

internal sealed record MasteryLevel(string Name, decimal Points);

/// <summary>How results become one score.</summary>
internal enum MasteryMethodKind { DecayingAverage, WeightedAverage, NMastery, Latest, Highest, Average }

/// <param name="Parameter">The weight of the newest result in percent, or how many results at mastery it takes; else none.</param>
[StoredAsJson]
internal sealed record MasteryMethod(MasteryMethodKind Kind, int? Parameter)
{
    [JsonIgnore]
    public bool IsWeighted => Kind is MasteryMethodKind.DecayingAverage or MasteryMethodKind.WeightedAverage;

    [JsonIgnore]
    public bool IsCounted => Kind is MasteryMethodKind.NMastery;
}
