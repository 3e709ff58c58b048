using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>A grade as it stands after a change, with what the change did to the learner's totals.</summary>
internal sealed class RecordedGrade
{
    public AssignmentId AssignmentId { get; private set; }

    public UserId UserId { get; private set; }

    // Known when the unit of work has been committed, which is before this is sent.
    public GradeId GradeId { get; set; }

    public long CourseVersion { get; set; }

    public decimal? Score { get; private set; }

    public decimal? EnteredScore { get; private set; }

    public decimal PointsDeducted { get; private set; }

    public WorkStatus Status { get; private set; }

    public int Flags { get; private set; }

    public UserId? GraderId { get; private set; }

    public DateTimeOffset GradedAt { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>What each attempt was scored with, where more than one was.</summary>
    public AttemptScores? AttemptScores { get; private set; }

    /// <summary>The number of a status of the course's own.</summary>
    public short? Label { get; private set; }

    /// <summary>Grades of others that went with it, because they made the work together.</summary>
    public IReadOnlyList<RecordedGrade> Also { get; set; } = [];

    public RowTotals RowTotals { get; private set; } = new(null, null, null, null, null, null, null);

    /// <summary>As graders see it who do not see whose it is: totals would tell, and so would dates and late passes of one's own.</summary>
    public RecordedGrade Under(Pseudonyms? pseudonyms)
    {
        if (pseudonyms is not { Hidden: true }) return this;
        UserId = pseudonyms.Of(UserId);
        Flags &= ~(int)(CellFlags.OwnDates | CellFlags.LatePass | CellFlags.LateExempt);
        RowTotals = new(null, null, null, null, null, null, null);
        return this;
    }

    public RecordedGrade Fill(Grade grade, GradebookRow row, Assignment assignment)
    {
        (AssignmentId, UserId) = (grade.AssignmentId, grade.UserId);
        Score = Scaled.ToDecimal(row.Cell(assignment.Slot));
        (EnteredScore, Status, GraderId, GradedAt, PostedAt, Version) = (grade.EnteredScore, grade.Status, grade.GraderId, grade.GradedAt,
            grade.PostedAt, grade.Version);
        PointsDeducted = grade.PointsDeducted;
        (AttemptScores, Label) = (grade.AttemptScores, grade.Label);
        Flags = (int)row.Flag(assignment.Slot);
        RowTotals = RowTotals.Of(row);
        return this;
    }
}

/// <summary>A learner's totals in percent, as graders see them, and as the learner does.</summary>
internal sealed record RowTotals(
    decimal? Current, decimal? Final, string? CurrentLetter, string? FinalLetter, decimal? LearnerCurrent, decimal? LearnerFinal,
    decimal? FinalBeforeOverride)
{
    public static RowTotals Of(GradebookRow row) => new(
        Scaled.ToDecimal(row.Total(TotalKind.Current)), Scaled.ToDecimal(row.Total(TotalKind.Final)), row.Letter(TotalKind.Current),
        row.Letter(TotalKind.Final), Scaled.ToDecimal(row.Total(TotalKind.LearnerCurrent)),
        Scaled.ToDecimal(row.Total(TotalKind.LearnerFinal)), Scaled.ToDecimal(row.Total(TotalKind.FinalBeforeOverride)));
}
