namespace Lectern.Grading.Gradebook;

/// <summary>What a gradebook cell says beside its score. Stored and sent as the sum; a bit never changes its meaning.</summary>
[Flags]
internal enum CellFlags
{
    None = 0,

    /// <summary>Something was handed in.</summary>
    Submitted = 1,

    Late = 2,

    /// <summary>Past due with nothing handed in. By the dates it is worked out when read; a grader's word is stored.</summary>
    Missing = 4,

    Excused = 8,

    /// <summary>The learner may see the grade.</summary>
    Posted = 16,

    /// <summary>Handed in, or handed in again, since it was last graded.</summary>
    NeedsGrading = 32,

    /// <summary>Another attempt came after the graded one.</summary>
    Resubmitted = 64,

    /// <summary>Late policy took points off.</summary>
    Deducted = 128,

    /// <summary>The score was written by policy, not by a person or a quiz.</summary>
    Automatic = 256,

    /// <summary>This learner has other dates than the assignment's.</summary>
    OwnDates = 512,

    /// <summary>This learner does not have the assignment.</summary>
    NotAssigned = 1024,

    /// <summary>Part of it still waits for a grader.</summary>
    PendingReview = 2048,

    /// <summary>A grader said: not late, whatever the dates.</summary>
    Extended = 4096,

    /// <summary>Late passes moved its due date.</summary>
    LatePass = 8192,

    /// <summary>Lateness takes nothing off.</summary>
    LateExempt = 16384,

    /// <summary>Never stored: whoever asks has yet to assess the work in a calibration and is not told what it was graded.</summary>
    Withheld = 32768,
}

/// <summary>Above the flags stands the number of a status of the course's own; 0 for none.</summary>
internal static class CellLabel
{
    public const int Bits = 24;
}
