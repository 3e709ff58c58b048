using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lectern.Grading.Calculation;

/// <summary>What a step of a derivation stands for; pages name and draw it by this.</summary>
[JsonConverter(typeof(SnakeCaseEnum<DerivationKind>))]
internal enum DerivationKind
{
    CourseTotal,
    PeriodTotal,
    GroupTotal,
    Percent,
    WeightedTotal,
    WeightedSum,
    WeightSum,
    GroupShare,
    PeriodShare,
    Weight,
    ShareOfPoints,
    TotalScore,
    TotalPossible,
    GroupScore,
    GroupPossible,
    GroupBeforeDrops,
    ItemScore,
    ItemPossible,
    AttemptScore,
    AttemptSum,
    AttemptCount,
    AttemptMean,
    EnteredScore,
    LateDeduction,
    LateLimit,
    LateByIntervals,
    LateAboveMinimum,
    LateMinimum,
    LateIntervals,
    LateTime,
    LatePassTime,
    LateInterval,
    LatePerInterval,
    DeductPercent,
    MinimumPercent,
    MissingDeduction,
    PointsPossible,
    OverrideGrade,
    OverridePercent,
    LetterCut,
    Zero,
    GradePointAverage,
    GradePointMean,
    GradePointSum,
    CourseGradePoints,
    GradePoints,
    CreditSum,
    Credits,
}

/// <summary>How a node's value follows from the inputs that count.</summary>
[JsonConverter(typeof(SnakeCaseEnum<DerivationOperation>))]
internal enum DerivationOperation
{
    /// <summary>A recorded fact: its own value.</summary>
    Given,

    /// <summary>No value: nothing to count.</summary>
    Absent,

    Sum,
    Difference,
    Product,
    Quotient,

    /// <summary>a ÷ b × 100.</summary>
    PercentOfWhole,

    /// <summary>a percent of b: a × b ÷ 100.</summary>
    PercentOf,

    Least,
    Greatest,
    RoundUpToWhole,

    /// <summary>Half up, to 2 decimals.</summary>
    Round,

    /// <summary>Half up, to 4 decimals.</summary>
    RoundToScore,

    /// <summary>The one input that counts, unchanged.</summary>
    Same,
}

[JsonConverter(typeof(SnakeCaseEnum<DerivationUnit>))]
internal enum DerivationUnit
{
    Points,
    Percent,
    Share,
    Seconds,
    Count,
}

/// <summary>Why a node is what it is, or is not counted.</summary>
[JsonConverter(typeof(SnakeCaseEnum<DerivationReason>))]
internal enum DerivationReason
{
    UngradedCountedAsZero,
    NotPostedCountedAsZero,
    Ungraded,
    NotPosted,
    PendingReview,
    Excused,
    OmittedFromFinal,
    Unpublished,
    NotAssigned,
    NotGraded,
    DroppedLowest,
    DroppedHighest,
    NeverDropped,
    DropLowestReduced,
    DropHighestIgnored,
    LatePenalty,
    LateMinimumReached,
    LatePassUsed,
    LateExempt,
    MissingPolicy,
    AutomaticScore,
    AutomaticScoreReplaced,
    ExtraCredit,
    NoPoints,
    NoGrade,
    WeightsRenormalised,
    WeightsNotHundred,
    OutsidePeriods,
    Overridden,
    RoundedHalfUp,
    HighestAttemptKept,
    AttemptsAveraged,

    /// <summary>The course has not been concluded, or not all of the learner's grades in it are shown to them.</summary>
    CourseInProgress,
    NoCredits,

    /// <summary>The course's letters are worth nothing in an average: it is passed or failed.</summary>
    NoGradePoints,
    StatusKeepsOut,
    Repeated,
    LetterAssumed,
}

/// <summary>One step of how a number came about: a value, the operation that made it and what it was made from.</summary>
/// <param name="Value">The nearest decimal of the exact value; null only where there is no grade.</param>
/// <param name="Inputs">In the order the operation takes them; those with <see cref="Counts"/> false are shown but not used.</param>
internal sealed record DerivationNode(
    DerivationKind Kind, DerivationUnit Unit, DerivationOperation Operation, decimal? Value, IReadOnlyList<DerivationNode> Inputs)
{
    /// <summary>The key pages translate.</summary>
    public string Label => "derivation." + JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    /// <summary>The assignment, group or period it speaks of; of an attempt its number.</summary>
    public long? SubjectId { get; init; }

    /// <summary>The letter of a total or a letter's lower bound.</summary>
    public string? Letter { get; init; }

    public IReadOnlyList<DerivationReason> Reasons { get; init; } = [];
    public bool Counts { get; init; } = true;
}

/// <summary>Writes an enum's names as the API spells names.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower) where T : struct, Enum;
