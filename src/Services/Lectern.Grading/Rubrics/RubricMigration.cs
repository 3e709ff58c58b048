using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Rubrics;

/// <summary>A carrying over of assessments to a newer version of their rubric.</summary>
/// <param name="KeptCount">What undoing left alone, because somebody graded it since.</param>
internal sealed record RubricMigration(
    RubricMigrationId RubricMigrationId, CourseId CourseId, RubricId RubricId, int ToVersion, MigrationStatus Status, int ChangedCount,
    int KeptCount, UserId? ActorId, string? ActorName, DateTimeOffset At);

internal enum MigrationStatus { Applying, Applied, Undoing, Undone }

/// <summary>Take the next learners of a carrying over, forth or back as it stands, after the named one.</summary>
internal sealed record MigrateRubric(RubricMigrationId RubricMigrationId, UserId? After = null) : IJob
{
    public static JobOptions Options(TenantId tenant, RubricId rubric) =>
        new() { Priority = JobPriority.Now, OrderKey = $"rubric/{tenant}/{rubric.Value}" };
}

/// <summary>What a newer version would make of one assessment.</summary>
/// <param name="ScoreAfter">As before where the total is not the score, or where a new criterion is still open.</param>
/// <param name="FallsAway">Criteria that were assessed and are no longer there.</param>
internal sealed record MigrationLine(
    AssignmentId AssignmentId, UserId UserId, string? Name, int FromVersion, decimal? TotalBefore, decimal? TotalAfter,
    decimal? ScoreBefore, decimal? ScoreAfter, IReadOnlyList<string> FallsAway, bool Complete)
{
    public MigrationLine Under(IReadOnlyDictionary<AssignmentId, Pseudonyms> hidden) =>
        hidden.TryGetValue(AssignmentId, out var pseudonyms) && pseudonyms.Hidden
            ? this with { UserId = pseudonyms.Of(UserId), Name = pseudonyms.NameOf(UserId) }
            : this;

    public static MigrationLine Of(AssessedGrade grade, Assessment after, Rubric was, Rubric rubric)
    {
        var complete = after.IsComplete(rubric);
        return new(
            grade.AssignmentId, grade.UserId, grade.Name, grade.Assessment.RubricVersion, grade.Assessment.Total, after.Total,
            grade.EnteredScore, grade.TotalIsScore && after.GivesScore(rubric, grade.EnteredScore) ? after.Total : grade.EnteredScore,
            [.. grade.Assessment.Criteria
                .Where(score => score is not { Points: null, RatingId: null, Comment: null } && rubric.Find(score.CriterionId) is null)
                .Select(score => was.Find(score.CriterionId)?.Description ?? score.CriterionId)],
            complete);
    }
}
