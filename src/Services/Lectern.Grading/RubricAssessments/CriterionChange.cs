using Lectern.Grading.Rubrics;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RubricAssessments;

/// <summary>What a grader says of one criterion: all of it. Nothing at all leaves it open again.</summary>
internal sealed record CriterionChange
{
    public const int LongestComment = 2000;

    public string? CriterionId { get; init; }

    public decimal? Points { get; init; }

    public string? RatingId { get; init; }

    public string? Comment { get; init; }

    /// <summary>The version of this criterion that was seen; 0 where it was open.</summary>
    public int? Version { get; init; }

    public Refusal? RefusedBy(Criterion? criterion) => criterion is null
        ? new("unknown_criterion", $"The rubric has no criterion '{CriterionId}'.", "criterion_id")
        : this switch
        {
            { Comment.Length: > LongestComment } =>
                new("too_long", $"A comment on a criterion can have at most {LongestComment:N0} characters.", "comment"),
            { Comment: { } text } when !criterion.FreeComments && !string.IsNullOrWhiteSpace(text) =>
                new("comment_not_taken", $"'{criterion.Description}' takes no comments.", "comment"),
            { Points: < 0 } => new("points_negative", "Points cannot be less than 0.", "points"),
            { Points: { } points } when points > criterion.Points => new(
                "points_above_criterion", $"'{criterion.Description}' earns at most {criterion.Points:0.####} points.", "points"),
            { Points: { } points } when decimal.Round(points, Scaled.Places) != points =>
                new("points_too_fine", $"Points can have at most {Scaled.Places} decimals.", "points"),
            { RatingId: { } id } when criterion.Ratings.All(rating => rating.RatingId != id) =>
                new("unknown_rating", $"'{criterion.Description}' has no such rating.", "rating_id"),
            { Points: { } points } when criterion.Ratings.Count > 0 && RatingOf(criterion) is null =>
                new("points_between_ratings", $"'{criterion.Description}' has no rating for {points:0.####} points.", "points"),
            _ => null,
        };

    public CriterionScore ToScore(Criterion criterion, int version, UserId? grader, DateTimeOffset now)
    {
        var rating = RatingOf(criterion);
        return new(
            criterion.CriterionId, Points ?? rating?.Points, rating?.RatingId,
            string.IsNullOrWhiteSpace(Comment) ? null : Comment.Trim(), version, grader, now);
    }

    // Two ratings may earn the same: the one that was chosen, when the points are its own.
    private Rating? RatingOf(Criterion criterion)
    {
        var chosen = criterion.Ratings.FirstOrDefault(rating => rating.RatingId == RatingId);
        if (Points is not { } points) return chosen;
        return chosen?.Points == points ? chosen : criterion.RatingFor(points);
    }
}
