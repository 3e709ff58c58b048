using Lectern.Grading.Assignments;
using Lectern.Platform.Http;

namespace Lectern.Grading.Rubrics;

/// <summary>What a rubric is to be. A change says all of it; ids of criteria and ratings that go on are repeated.</summary>
internal sealed record RubricFields
{
    public const int MostCriteria = 100;

    public string? Title { get; init; }

    public IReadOnlyList<CriterionFields?>? Criteria { get; init; }

    /// <summary>The version this change was made upon.</summary>
    public int? Version { get; init; }

    public Refusal? Refused() => this switch
    {
        { Title: var title } when string.IsNullOrWhiteSpace(title) => new("title_required", "A rubric needs a title.", "title"),
        { Title.Length: > 255 } => new("too_long", "A title can have at most 255 characters.", "title"),
        { Criteria: null or { Count: 0 } } => new("criteria_required", "A rubric needs at least one criterion.", "criteria"),
        { Criteria.Count: > MostCriteria } => new("too_many", $"A rubric has at most {MostCriteria} criteria.", "criteria"),
        _ when Criteria.Any(criterion => criterion is null) =>
            new("criteria_required", "Say what each criterion looks at.", "criteria"),
        _ when Repeats(Criteria.Select(criterion => criterion!.CriterionId)) =>
            new("ids_repeat", "Each criterion has an id of its own.", "criteria"),
        _ => Criteria.Select((criterion, at) => criterion!.Refused($"criteria[{at}]")).FirstOrDefault(refusal => refusal is not null)
            ?? RefusedTotal(),
    };

    /// <summary>The criteria as they are kept; those without an id get one that was never used.</summary>
    public CriterionList ToCriteria() => [.. Criteria!.Select(criterion => criterion!.ToCriterion())];

    internal static bool Repeats(IEnumerable<string?> ids)
    {
        var named = ids.Where(id => !string.IsNullOrWhiteSpace(id)).Select(id => id!.Trim()).ToList();
        return named.Distinct(StringComparer.Ordinal).Count() < named.Count;
    }

    internal static string NewId() => Guid.NewGuid().ToString("N")[..12];

    // A score follows the total, so no rubric may earn what no score can be.
    private Refusal? RefusedTotal() =>
        Criteria!.Where(criterion => criterion!.Scoring).Sum(criterion => criterion!.MostPoints) > Assignment.LargestScore
            ? new("points_out_of_range", $"All criteria together can earn at most {Assignment.LargestScore:0} points.", "criteria")
            : null;
}

/// <summary>What a criterion is to be.</summary>
internal sealed record CriterionFields
{
    private const int MostRatings = 20;
    private const int LongestId = 40;

    public string? CriterionId { get; init; }

    public string? Description { get; init; }

    public string LongDescription { get; init; } = string.Empty;

    /// <summary>The most it can earn; left out, what its best rating earns.</summary>
    public decimal? Points { get; init; }

    public IReadOnlyList<RatingFields?> Ratings { get; init; } = [];

    public bool Ranges { get; init; }

    public bool FreeComments { get; init; } = true;

    public bool Scoring { get; init; } = true;

    internal decimal MostPoints => Points ?? Ratings.Max(rating => rating?.Points) ?? 0;

    public Refusal? Refused(string at) => this switch
    {
        { CriterionId.Length: > LongestId } => new("too_long", $"An id can have at most {LongestId} characters.", $"{at}.criterion_id"),
        { Description: var text } when string.IsNullOrWhiteSpace(text) =>
            new("description_required", "Say what this criterion looks at.", $"{at}.description"),
        { Description.Length: > 1000 } => new("too_long", "A criterion can have at most 1,000 characters.", $"{at}.description"),
        { LongDescription: null or { Length: > 4000 } } =>
            new("too_long", "A long description can have at most 4,000 characters.", $"{at}.long_description"),
        { Ratings: null or { Count: > MostRatings } } =>
            new("too_many", $"A criterion has at most {MostRatings} ratings.", $"{at}.ratings"),
        { Points: null, Ratings.Count: 0 } =>
            new("points_required", "Say what this criterion earns at most.", $"{at}.points"),
        _ when Ratings.Any(rating => rating is null) =>
            new("points_required", "Say what each rating earns.", $"{at}.ratings"),
        _ when RubricFields.Repeats(Ratings.Select(rating => rating!.RatingId)) =>
            new("ids_repeat", "Each rating has an id of its own.", $"{at}.ratings"),
        _ => RefusedPoints(Points, $"{at}.points")
            ?? Ratings.Select((rating, i) => RefusedRating(rating!, $"{at}.ratings[{i}]")).FirstOrDefault(refusal => refusal is not null),
    };

    public Criterion ToCriterion() => new(
        IdOr(CriterionId), Description!.Trim(), LongDescription.Trim(), MostPoints,
        [.. Ratings.Select(rating => new Rating(
            IdOr(rating!.RatingId), (rating.Description ?? string.Empty).Trim(), rating.Points!.Value))],
        Ranges, FreeComments, Scoring);

    private static string IdOr(string? given) => string.IsNullOrWhiteSpace(given) ? RubricFields.NewId() : given.Trim();

    private Refusal? RefusedRating(RatingFields rating, string at) => rating switch
    {
        { RatingId.Length: > LongestId } => new("too_long", $"An id can have at most {LongestId} characters.", $"{at}.rating_id"),
        { Description.Length: > 1000 } => new("too_long", "A rating can have at most 1,000 characters.", $"{at}.description"),
        { Points: null } => new("points_required", "Say what each rating earns.", $"{at}.points"),
        { Points: var points } when RefusedPoints(points, $"{at}.points") is { } refusal => refusal,
        { Points: var points } when points > Points => new(
            "rating_above_criterion", $"A rating earns {points:0.####} points and its criterion '{Description}' at most {Points:0.####}.",
            $"{at}.points"),
        _ when Ratings.Count(other => other!.Points == rating.Points) > 1 && Ranges =>
            new("ratings_overlap", "With ranges, each rating needs points of its own.", $"{at}.points"),
        _ => null,
    };

    private static Refusal? RefusedPoints(decimal? points, string field) => points switch
    {
        null => null,
        < 0 => new("points_negative", "Points cannot be less than 0.", field),
        > Assignment.LargestScore => new("points_out_of_range", $"Points lie between 0 and {Assignment.LargestScore:0}.", field),
        { } fine when decimal.Round(fine, Scaled.Places) != fine =>
            new("points_too_fine", $"Points can have at most {Scaled.Places} decimals.", field),
        _ => null,
    };
}

/// <summary>What a rating is to be.</summary>
internal sealed record RatingFields(string? RatingId, string? Description, decimal? Points);
