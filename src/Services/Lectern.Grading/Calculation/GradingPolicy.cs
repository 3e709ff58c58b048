namespace Lectern.Grading.Calculation;

/// <summary>How groups make the total.</summary>
internal enum Weighting
{
    /// <summary>The course gives no total; items and groups stand for themselves.</summary>
    None,

    /// <summary>All points earned of all points possible.</summary>
    Points,

    /// <summary>Each group's share counts by its weight.</summary>
    Percent,
}

/// <summary>The rules of one course, the same for all its learners; built once and used for each of them.</summary>
internal sealed record GradingPolicy
{
    public required Weighting Weighting { get; init; }
    public required IReadOnlyList<GradeGroup> Groups { get; init; }

    /// <summary>In time order; work without a due date falls into the last.</summary>
    public IReadOnlyList<GradingPeriod> Periods { get; init; } = [];

    /// <summary>True: the course total is made of the period totals. False: periods only have totals of their own.</summary>
    public bool WeightPeriods { get; init; }

    public LetterScheme? Scheme { get; init; }
    public LatePolicy? Late { get; init; }
    public MissingPolicy? Missing { get; init; }

    /// <summary>Where work with such a due date belongs; null: to none.</summary>
    public GradingPeriod? PeriodOf(DateTimeOffset? dueAt) => dueAt is { } instant
        ? Periods.FirstOrDefault(period => period.Holds(instant))
        : Periods is [.., var last] ? last : null;
}

/// <summary>Assignments that are dropped and weighted together.</summary>
internal sealed record GradeGroup(long GroupId, decimal WeightPercent)
{
    public int DropLowest { get; init; }
    public int DropHighest { get; init; }
    public IReadOnlySet<long> NeverDrop { get; init; } = EmptySet;

    /// <summary>Adds to the total without adding to what is possible, neither points nor weight.</summary>
    public bool ExtraCredit { get; init; }

    private static readonly IReadOnlySet<long> EmptySet = new HashSet<long>();
}

/// <summary>A stretch of the term; work belongs to it by the learner's own due date, the start excluded and the end included.</summary>
internal sealed record GradingPeriod(long PeriodId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal WeightPercent)
{
    internal bool Holds(DateTimeOffset dueAt) => dueAt > StartsAt && dueAt <= EndsAt;
}
