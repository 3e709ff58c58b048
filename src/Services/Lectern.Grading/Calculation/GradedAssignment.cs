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

/// <summary>Which of several scored attempts counts.</summary>
internal enum AttemptsKept
{
    /// <summary>The one a grader graded last.</summary>
    Latest,

    /// <summary>The one worth most after late policy; of equals the later.</summary>
    Highest,

    /// <summary>The mean of all of them after late policy, rounded once, half up, to four decimals.</summary>
    Average,
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

    /// <summary>Which score stands when more than one attempt has one. Heeded from version 3 of the calculator on.</summary>
    public AttemptsKept Kept { get; init; }

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
