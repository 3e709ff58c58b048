using Lectern.Contracts.Courses;
using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Grading;

/// <summary>What other parts of the program may ask of grading: a demonstration, an import of records from elsewhere.</summary>
public interface IGrading
{
    /// <summary>
    /// Makes assignment groups and published assignments in a course, in the order given; answers the assignments' ids in that order.
    /// </summary>
    Task<IReadOnlyList<AssignmentId>> AddAssignments(CourseId course, IReadOnlyList<NewAssignmentGroup> groups, CancellationToken ct);

    /// <summary>
    /// Records work and scores that came about elsewhere: each a submission, if it was handed in, and one entry of the ledger, if it
    /// was graded. Rows of the gradebook are folded once per learner. Nobody is told.
    /// </summary>
    Task RecordElsewhere(CourseId course, IReadOnlyList<WorkFromElsewhere> work, CancellationToken ct);
}

/// <summary>A group of assignments to be made. <see cref="WeightPercent"/> null: the group is not weighted.</summary>
public sealed record NewAssignmentGroup(string Name, decimal? WeightPercent, IReadOnlyList<NewAssignment> Assignments);

/// <summary>An assignment to be made. Instants are UTC; points are at least 0.</summary>
public sealed record NewAssignment(
    string Title, string Description, decimal PointsPossible, IReadOnlyList<string> SubmissionTypes, DateTimeOffset? DueAt,
    DateTimeOffset? UnlocksAt = null, DateTimeOffset? LocksAt = null, bool OmitFromFinal = false);

/// <summary>One learner's work on one assignment, as another system or a demonstration knows it. A null score is not graded yet.</summary>
public sealed record WorkFromElsewhere(
    AssignmentId AssignmentId, UserId UserId, DateTimeOffset? SubmittedAt, string? BodyText, decimal? Score, DateTimeOffset? GradedAt,
    UserId? GraderId, string? Comment = null);
