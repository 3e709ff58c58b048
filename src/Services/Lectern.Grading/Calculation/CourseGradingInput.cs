namespace Lectern.Grading.Calculation;

/// <summary>Whose eyes the totals are for.</summary>
internal enum GradeView
{
    /// <summary>Only what has been posted.</summary>
    Learner,

    /// <summary>Posted or not.</summary>
    Grader,
}

/// <summary>Everything one learner's totals depend on; nothing else does.</summary>
internal sealed record CourseGradingInput(GradingPolicy Policy, IReadOnlyList<GradeItem> Items)
{
    public GradeView View { get; init; }
    public GradeOverride? Override { get; init; }

    /// <summary>By period id. An overridden period enters the weighted course total with the overriding percent.</summary>
    public IReadOnlyDictionary<long, GradeOverride>? PeriodOverrides { get; init; }
}

/// <summary>A final grade set by a person in place of the computed one.</summary>
/// <param name="Letter">Set when the letter was chosen rather than the percent; otherwise the scheme names it.</param>
/// <param name="StatusCode">A status shown with it, such as incomplete.</param>
internal sealed record GradeOverride(decimal Percent, string? Letter = null, string? StatusCode = null);
