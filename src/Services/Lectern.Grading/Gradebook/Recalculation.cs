namespace Lectern.Grading.Gradebook;

/// <summary>Why the totals of a whole course were worked out anew. A single grade's cause is its entry in the ledger.</summary>
internal enum RecalculationCause
{
    RulesChanged,
    GroupAdded,
    GroupChanged,
    GroupDeleted,
    AssignmentAdded,
    AssignmentChanged,
    AssignmentDeleted,
    AssignmentStatusChanged,
    DatesChanged,
    PostingChanged,
    AnonymityChanged,
    AssignmentsImported,
    OutcomesChanged,
}

/// <param name="SubjectId">The assignment or the assignment group that was changed, if it was one.</param>
internal sealed record Recalculation(RecalculationCause Cause, long? SubjectId = null);
