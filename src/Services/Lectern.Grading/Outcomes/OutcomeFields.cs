using System.Text.Json.Serialization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;

namespace Lectern.Grading.Outcomes;

/// <summary>What an outcome is to be. A change says all of it.</summary>
internal sealed record OutcomeFields
{
    private const int MostLevels = 20;
    private const decimal MostPoints = 1000;

    /// <summary>Short, without spaces; one of its kind at its owner.</summary>
    public string? Code { get; init; }

    public string? Title { get; init; }

    /// <summary>What learners read in place of the title.</summary>
    public string? DisplayName { get; init; }

    public string Description { get; init; } = string.Empty;

    /// <summary>What it means, said to learners.</summary>
    public string LearnerDescription { get; init; } = string.Empty;

    public OutcomeGroupId? OutcomeGroupId { get; init; }

    /// <summary>In any order.</summary>
    public IReadOnlyList<LevelFields?>? Levels { get; init; }

    public decimal? MasteryPoints { get; init; }

    public MasteryMethodKind Method { get; init; } = MasteryMethodKind.DecayingAverage;

    /// <summary>The weight of the newest result in percent, or how many results at mastery it takes.</summary>
    public int? Parameter { get; init; }

    /// <summary>Why; needed where scores change by it.</summary>
    public string? Reason { get; init; }

    /// <summary>The version this change was made upon.</summary>
    public int? Version { get; init; }

    [JsonIgnore]
    public MasteryScale Scale => new(
        [.. Levels!.OrderBy(level => level!.Points).Select(level => new MasteryLevel(level!.Name!.Trim(), level.Points!.Value))],
        MasteryPoints!.Value);

    /// <summary>A parameter that this way of calculating has no use for is left out.</summary>
    [JsonIgnore]
    public MasteryMethod Calculation
    {
        get
        {
            var method = new MasteryMethod(Method, Parameter);
            return method.IsWeighted || method.IsCounted ? method : method with { Parameter = null };
        }
    }

    public Refusal? Refused() => OutcomeGroupFields.RefusedCode(Code) ?? this switch
    {
        { Title: var title } when string.IsNullOrWhiteSpace(title) => new("title_required", "An outcome needs a title.", "title"),
        { Title.Length: > 255 } => new("too_long", "A title can have at most 255 characters.", "title"),
        { DisplayName.Length: > 255 } => new("too_long", "A name for learners can have at most 255 characters.", "display_name"),
        { Description: null or { Length: > 4000 } } =>
            new("too_long", "A description can have at most 4,000 characters.", "description"),
        { LearnerDescription: null or { Length: > 4000 } } =>
            new("too_long", "A description can have at most 4,000 characters.", "learner_description"),
        { Reason.Length: > 1000 } => new("too_long", "A reason can have at most 1,000 characters.", "reason"),
        _ => RefusedScale() ?? RefusedMethod(),
    };

    private Refusal? RefusedScale()
    {
        if (Levels is not { Count: > 1 }) return new("levels_required", "A scale has at least two levels.", "levels");
        if (Levels.Count > MostLevels) return new("too_many", $"A scale has at most {MostLevels} levels.", "levels");
        foreach (var (level, at) in Levels.Select((level, at) => (level, at)))
        {
            if (string.IsNullOrWhiteSpace(level?.Name) || level.Name.Length > 100)
                return new("level_name_required", "Each level has a name of at most 100 characters.", $"levels[{at}].name");
            if (level.Points is not (>= 0 and <= MostPoints) || decimal.Round(level.Points.Value, MasteryCalculator.Places) != level.Points)
                return new("level_points", $"A level begins between 0 and {MostPoints:0} points, with two decimals at most.",
                    $"levels[{at}].points");
        }

        if (Levels.DistinctBy(level => level!.Points).Count() < Levels.Count)
            return new("levels_repeat", "Each level begins at points of its own.", "levels");
        return MasteryPoints > 0 && MasteryPoints <= Levels.Max(level => level!.Points)
            && decimal.Round(MasteryPoints.Value, MasteryCalculator.Places) == MasteryPoints
            ? null
            : new("mastery_out_of_scale", "Mastery begins above 0 and not above the highest level.", "mastery_points");
    }

    private Refusal? RefusedMethod() => new MasteryMethod(Method, Parameter) switch
    {
        { IsWeighted: true, Parameter: not (>= 1 and <= 99) } =>
            new("weight_out_of_range", "The newest result weighs between 1 and 99 percent.", "parameter"),
        { IsCounted: true, Parameter: not (>= 1 and <= 10) } =>
            new("count_out_of_range", "Between 1 and 10 results at mastery.", "parameter"),
        _ => null,
    };
}

/// <summary>What a level is to be.</summary>
internal sealed record LevelFields(string? Name, decimal? Points);

/// <summary>What a group of outcomes is to be.</summary>
internal sealed record OutcomeGroupFields
{
    public string? Code { get; init; }

    public string? Title { get; init; }

    public string Description { get; init; } = string.Empty;

    public OutcomeGroupId? ParentId { get; init; }

    /// <summary>The version this change was made upon.</summary>
    public int? Version { get; init; }

    public Refusal? Refused() => RefusedCode(Code) ?? this switch
    {
        { Title: var title } when string.IsNullOrWhiteSpace(title) => new("title_required", "A group needs a title.", "title"),
        { Title.Length: > 255 } => new("too_long", "A title can have at most 255 characters.", "title"),
        { Description: null or { Length: > 4000 } } =>
            new("too_long", "A description can have at most 4,000 characters.", "description"),
        _ => null,
    };

    internal static Refusal? RefusedCode(string? code) =>
        string.IsNullOrEmpty(code) || code.Length > 100 || code.Any(char.IsWhiteSpace)
            ? new("bad_code", "A code has between 1 and 100 characters and no spaces.", "code")
            : null;
}
