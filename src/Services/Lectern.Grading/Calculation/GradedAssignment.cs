namespace Lectern.Grading.Calculation;

/// <summary>How a score is shown and whether it can be reduced.</summary>
internal enum GradingType
{
    Points,
    Percent,
    Letter,
    PassFail,
    NotGraded,
}

/// <summary>What the calculator knows of an assignment; the same object serves every learner of the course.</summary>
internal sealed record GradedAssignment(long AssignmentId, long GroupId, decimal? PointsPossible)
{
    public GradingType GradingType { get; init; }
    public bool OmitFromFinal { get; init; }
    public bool Published { get; init; } = true;

    /// <summary>Its score is added, its points are not; it is never dropped and takes no place in a drop rule.</summary>
    public bool ExtraCredit { get; init; }

    /// <summary>Handed in online, so that its absence can be seen.</summary>
    public bool HandedInOnline { get; init; }

    /// <summary>Optional work never goes missing.</summary>
    public bool Optional { get; init; }

    /// <summary>Larger numbers are refused: beyond them sums of decimals would no longer be exact.</summary>
    internal const decimal LargestPoints = 1_000_000_000_000_000m;

    internal decimal Points => PointsPossible is null ? 0 : Checked(PointsPossible.Value, 0);

    internal static decimal Checked(decimal points, decimal least = -LargestPoints) =>
        points >= least && points <= LargestPoints
            ? points
            : throw new ArgumentOutOfRangeException(nameof(points), points, "Points lie outside what can be added exactly.");
}
