namespace Lectern.Grading.Calculation;

/// <summary>What a grader said of the work; <see cref="Computed"/> leaves it to the dates.</summary>
internal enum WorkStatus
{
    Computed,
    OnTime,
    Late,
    Missing,
    Excused,
    Extended,
}

/// <summary>One learner's standing on one assignment, as recorded: before late and missing policy.</summary>
internal sealed record GradeItem(GradedAssignment Assignment, decimal? EnteredScore = null)
{
    /// <summary>The score was written by the missing policy, not by a person or a quiz; work handed in later replaces it.</summary>
    public bool ScoreIsAutomatic { get; init; }

    public bool Posted { get; init; } = true;

    /// <summary>Part of the work still waits for a grader, as an essay in a quiz does.</summary>
    public bool PendingReview { get; init; }

    public bool Assigned { get; init; } = true;

    /// <summary>The learner's own due date, after overrides and accommodations.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }
    public WorkStatus Status { get; init; }

    /// <summary>How late the grader says it is; asked only when the status is <see cref="WorkStatus.Late"/>.</summary>
    public TimeSpan? LateFor { get; init; }

    /// <summary>Nothing is taken off for lateness. Heeded from version 2 of the calculator on.</summary>
    public bool LateExempt { get; init; }

    /// <summary>How much later than due it may be handed in, by late passes. Heeded from version 2 of the calculator on.</summary>
    public TimeSpan LatePassTime { get; init; }

    /// <summary>
    /// In their order, all attempts that were scored, where more than one was. Heeded from version 3 of the calculator on.
    /// </summary>
    public IReadOnlyList<ScoredAttempt> Attempts { get; init; } = [];

    /// <summary>As if this attempt were the only one.</summary>
    internal GradeItem On(ScoredAttempt attempt) =>
        this with { EnteredScore = attempt.Entered, SubmittedAt = attempt.SubmittedAt, Attempts = [] };
}

/// <summary>What one attempt was scored with, before late policy.</summary>
internal sealed record ScoredAttempt(int Attempt, decimal Entered, DateTimeOffset? SubmittedAt);
