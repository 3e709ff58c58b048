using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;

namespace Lectern.Grading.Rubrics;

/// <summary>A rubric as one of its versions says it.</summary>
/// <param name="NewestVersion">The version new assessments are made with, and the one a change must have seen.</param>
/// <param name="PointsPossible">What the criteria that count add up to.</param>
internal sealed record Rubric(
    RubricId RubricId, CourseId CourseId, string Title, int Version, int NewestVersion, decimal PointsPossible, CriterionList Criteria)
{
    public const string Columns =
        "r.rubric_id, r.course_id, v.title, v.version, r.version AS newest_version, v.points_possible, v.criteria";

    public Criterion? Find(string id) => Criteria.Find(criterion => criterion.CriterionId == id);
}

/// <summary>What one rubric looks at, in the order people see it.</summary>
[StoredAsJson]
internal sealed class CriterionList : List<Criterion>;

/// <summary>One thing that is looked at.</summary>
/// <param name="CriterionId">Stays the same from version to version.</param>
/// <param name="Points">The most it can earn.</param>
/// <param name="Ratings">In any order; none where points are simply typed.</param>
/// <param name="Ranges">A rating also stands for the points below it, down to the next one.</param>
/// <param name="FreeComments">A grader may add words of their own.</param>
/// <param name="Scoring">False: it is assessed and does not count.</param>
internal sealed record Criterion(
    string CriterionId, string Description, string LongDescription, decimal Points, IReadOnlyList<Rating> Ratings, bool Ranges,
    bool FreeComments, bool Scoring)
{
    /// <summary>The rating these points stand for: one that has exactly them or, with ranges, the next one above.</summary>
    public Rating? RatingFor(decimal points) =>
        Ratings.FirstOrDefault(rating => rating.Points == points)
        ?? (Ranges ? Ratings.Where(rating => rating.Points > points).MinBy(rating => rating.Points) : null);
}

/// <summary>A level of a criterion.</summary>
internal sealed record Rating(string RatingId, string Description, decimal Points);
