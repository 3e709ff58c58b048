using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Grades;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RubricAssessments;

/// <summary>An assessment as it is sent, with the rubric it was made by.</summary>
/// <param name="Rubric">For graders in its newest version, for the learner as the assessment was made.</param>
/// <param name="MadeWithVersion">
/// Another one than the rubric's: the rubric has changed since. What is shown is what the next save makes of it.
/// </param>
/// <param name="GradeVersion">The version of the grade it stands in; null where nobody grades.</param>
internal sealed record AssessmentView(
    Rubric Rubric, bool TotalIsScore, int MadeWithVersion, IReadOnlyList<CriterionView> Criteria, decimal? Total, bool Complete,
    int? GradeVersion);

/// <summary>One criterion of an assessment as it is sent. Who assessed it is for graders.</summary>
internal sealed record CriterionView(
    string CriterionId, decimal? Points, string? RatingId, string? Comment, int Version, UserId? GraderId, string? GraderName,
    DateTimeOffset At);

/// <summary>Puts together what is shown of an assessment.</summary>
internal sealed class AssessmentReader(RubricStore rubrics, AssessmentStore assessments, GradeStore grades)
{
    /// <summary>For a grader: what the assignment is assessed by, with what was said so far; null without a rubric.</summary>
    public async Task<AssessmentView?> ForGrader(
        CourseId course, AssignmentId assignment, UserId learner, int gradeVersion, CancellationToken ct)
    {
        if (await rubrics.Of(assignment, ct) is not { } link) return null;
        var stored = await assessments.Find(course, assignment, learner, ct);
        return await View(link, await Carried(stored, link.Rubric, gradeVersion, ct), gradeVersion, ct);
    }

    /// <summary>What an assessment comes to by the rubric's newest version.</summary>
    /// <param name="gradeVersion">The version of the grade as it stands.</param>
    public async Task<StandingAssessment> Carried(Assessment? stored, Rubric rubric, int gradeVersion, CancellationToken ct)
    {
        if (stored is null || stored.RubricId != rubric.RubricId) return new(Assessment.None(rubric), rubric.Version);
        if (stored.RubricVersion == rubric.Version) return new(stored, rubric.Version);
        var made = await rubrics.Find(stored.RubricId, ct, stored.RubricVersion) ?? rubric;
        return new(stored.CarryTo(rubric, made, gradeVersion), made.Version);
    }

    /// <summary>For the learner, once the grade is posted: the assessment as it was made, and not by whom.</summary>
    public async Task<AssessmentView?> ForLearner(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct)
    {
        return await AsMade(await assessments.Find(course, assignment, learner, ct), ct);
    }

    /// <summary>An assessment by the version of the rubric it was made with.</summary>
    public async Task<AssessmentView?> AsMade(Assessment? stored, CancellationToken ct)
    {
        if (stored is null || await rubrics.Find(stored.RubricId, ct, stored.RubricVersion) is not { } made) return null;
        var views = stored.Criteria.Select(score => Of(score with { GraderId = null }, null)).ToList();
        return new(made, false, made.Version, views, stored.Total, stored.IsComplete(made), null);
    }

    public async Task<AssessmentView> View(AssignmentRubric link, StandingAssessment stands, int gradeVersion, CancellationToken ct)
    {
        var assessment = stands.Assessment;
        var names = await grades.NamesOf(assessment.Criteria.Select(score => score.GraderId), ct);
        return new(
            link.Rubric, link.TotalIsScore, stands.MadeWithVersion,
            [.. assessment.Criteria.Select(score => Of(score, score.GraderId is { } grader ? names.GetValueOrDefault(grader) : null))],
            assessment.Total, assessment.IsComplete(link.Rubric), gradeVersion);
    }

    private static CriterionView Of(CriterionScore score, string? name) => new(
        score.CriterionId, score.Points, score.RatingId, score.Comment, score.Version, score.GraderId, name, score.At);
}

/// <summary>An assessment by the newest version of its rubric, and the version it was made with.</summary>
internal sealed record StandingAssessment(Assessment Assessment, int MadeWithVersion);
