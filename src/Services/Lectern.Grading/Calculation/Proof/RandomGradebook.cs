namespace Lectern.Grading.Calculation.Proof;

/// <summary>
/// One learner's grades under made-up rules, of every shape and small enough to try all subsets of. The same seed gives the same gradebook
/// for ever: the totals of published calculators are kept by it.
/// </summary>
internal sealed class RandomGradebook(Random random, Func<Random, decimal> points)
{
    internal static readonly DateTimeOffset Due = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static CourseGradingInput Of(int seed) => Of(seed, Few);

    /// <summary>One that says all that a version of the calculator knows of, and nothing that it does not know.</summary>
    internal static CourseGradingInput Of(int version, int seed)
    {
        var input = Of(seed);
        if (version >= GradeCalculator.KnowsAllowances) input = new RandomGradebook(new Random(seed), Few).WithAllowances(input);
        return version < GradeCalculator.KnowsAttempts ? input : new RandomGradebook(new Random(seed), Few).WithAttempts(input);
    }

    private CourseGradingInput WithAttempts(CourseGradingInput input) => input with
    {
        Items = [.. input.Items.Select(item => item.EnteredScore is { } last && OneIn(3) ? WithAttempts(item, last) : item)],
    };

    private GradeItem WithAttempts(GradeItem item, decimal last)
    {
        var count = random.Next(1, 4);
        return item with
        {
            Assignment = item.Assignment with { Kept = OneOf(AttemptsKept.Latest, AttemptsKept.Highest, AttemptsKept.Average) },
            Attempts =
            [
                .. Enumerable.Range(1, count).Select(number =>
                    new ScoredAttempt(number, points(random), Due.AddHours(OneOf(-1, 0, 1, 24, 25, 100)))),
                new(count + 1, last, item.SubmittedAt),
            ],
        };
    }

    private CourseGradingInput WithAllowances(CourseGradingInput input) => input with
    {
        Items = [.. input.Items.Select(item => item with
        {
            LateExempt = OneIn(8), LatePassTime = TimeSpan.FromHours(OneOf(0, 0, 0, 1, 23, 24, 48)),
        })],
    };

    internal static CourseGradingInput Of(int seed, Func<Random, decimal> points) => new RandomGradebook(new Random(seed), points).Course();

    /// <summary>Few and small numbers make many ties, which is where drop rules go wrong.</summary>
    internal static decimal Few(Random random) => random.Next(8) switch
    {
        < 4 => random.Next(11),
        < 6 => random.Next(201) / 4m,
        6 => random.Next(100_001) / 1000m,
        _ => -random.Next(6),
    };

    private CourseGradingInput Course()
    {
        var policy = Policy();
        var count = random.Next(13);
        var groups = policy.Groups.Count;
        return new(policy, [.. Enumerable.Range(0, count).Select(index => Item(count - index, groups))])
        {
            View = OneOf(GradeView.Learner, GradeView.Grader),
            Override = OneIn(4) ? Override() : null,
            PeriodOverrides = OneIn(4) ? new Dictionary<long, GradeOverride> { [2] = Override() } : null,
        };
    }

    private GradingPolicy Policy() => new()
    {
        Weighting = OneOf(Weighting.Points, Weighting.Percent, Weighting.Percent, Weighting.None),
        Groups = [.. Enumerable.Range(0, random.Next(1, 4)).Select(id => Group(id))],
        Late = OneIn(4) ? Late() : null,
        Missing = OneIn(4) ? new MissingPolicy(OneOf(100m, 60m, 33.3m)) : null,
        Periods = OneIn(4) ? Periods() : [],
        WeightPeriods = OneIn(2),
        Scheme = new LetterScheme(1, 1, [new("A", 90), new("B", 66.67m), new("C", 50), new("F", 0)]),
    };

    internal static GradeGroup Group(Random random, long id) => new RandomGradebook(random, _ => 0).Group(id);

    private GradeGroup Group(long id) => new(id, OneOf(0m, 10m, 23.1m, 30m, 33.33m, 50m, 60m, 100m))
    {
        DropLowest = random.Next(5) < 2 ? 0 : random.Next(1, 5),
        DropHighest = random.Next(5) < 3 ? 0 : random.Next(1, 4),
        NeverDrop = Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(1, 13)).ToHashSet(),
        ExtraCredit = OneIn(8),
    };

    private GradingPeriod[] Periods() =>
    [
        new(1, Due.AddDays(-30), Due, OneOf(0m, 25m, 60m, 100m)),
        new(2, Due, Due.AddDays(30), 40m),
    ];

    private GradeItem Item(long id, int groups) => new(Assignment(id, groups), OneIn(6) ? null : points(random))
    {
        Posted = !OneIn(8),
        PendingReview = OneIn(8),
        Assigned = !OneIn(8),
        ScoreIsAutomatic = OneIn(8),
        Status = random.Next(7) < 5 ? WorkStatus.Computed : OneOf(Enum.GetValues<WorkStatus>()),
        DueAt = OneOf<int?>(null, -31, 0, 0, 1, 30, 31) is { } days ? Due.AddDays(days) : null,
        SubmittedAt = OneOf<int?>(null, null, -1, 0, 1, 24, 25, 100) is { } hours ? Due.AddHours(hours) : null,
        LateFor = OneOf<int?>(null, 5, 30) is { } late ? TimeSpan.FromHours(late) : null,
    };

    private GradedAssignment Assignment(long id, int groups) =>
        new(id, random.Next(groups), OneIn(7) ? OneOf<decimal?>(null, 0m) : Math.Abs(points(random)))
        {
            GradingType = OneIn(7) ? OneOf(Enum.GetValues<GradingType>()) : GradingType.Points,
            OmitFromFinal = OneIn(10),
            Published = !OneIn(10),
            ExtraCredit = OneIn(10),
        };

    private LatePolicy Late() =>
        new(OneOf(5m, 10m, 33.3m), TimeSpan.FromHours(OneOf(1, 24)), OneOf(0m, 30m, 62.5m), TimeSpan.FromHours(OneOf(0, 2)));

    private GradeOverride Override() => new(OneOf(0m, 66.665m, 88m));

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private bool OneIn(int times) => random.Next(times) == 0;
}
