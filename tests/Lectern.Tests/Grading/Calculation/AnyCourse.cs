using FsCheck;
using FsCheck.Fluent;
using Lectern.Grading.Calculation;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Courses of every shape, small enough to try all subsets of; a failing one is shrunk by taking work away.</summary>
internal static class AnyCourse
{
    internal static Arbitrary<CourseGradingInput> Arbitrary { get; } = Arb.From(Courses(Points()), Smaller);

    /// <summary>With so many decimals that the drop rule leaves its fast arithmetic.</summary>
    internal static Arbitrary<CourseGradingInput> LongNumbers { get; } = Arb.From(Courses(LongPoints()), Smaller);

    /// <summary>One group with drop rules, everything in it graded: where the choice of what to drop is hardest.</summary>
    internal static Arbitrary<CourseGradingInput> Drops { get; } = Arb.From(
        from rules in Groups()
        from count in Gen.Choose(3, 9)
        from scores in Gen.ArrayOf(Points(), count)
        from possible in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0m)), (8, Gen.Choose(1, 12).Select(value => (decimal)value))), count)
        select Samples.Policy(Weighting.Points, rules with { GroupId = 1, ExtraCredit = false })
            .With([.. scores.Zip(possible).Select((one, i) => Samples.Work(i + 1, one.First, one.Second))]),
        Smaller);

    /// <summary>All of one scale, so that only the size of the sum decides.</summary>
    internal static Arbitrary<CourseGradingInput> LargeSums { get; } = Arb.From(
        Courses(Gen.Choose(1, 2_000_000_000).Select(value => value * 1.000_000_000_001m)), Smaller);

    private static IEnumerable<CourseGradingInput> Smaller(CourseGradingInput input)
    {
        for (var index = 0; index < input.Items.Count; index++)
        {
            yield return input with { Items = [.. input.Items.Where((_, i) => i != index)] };
        }
        if (input.Policy.Late is not null) yield return input with { Policy = input.Policy with { Late = null } };
        if (input.Policy.WeightPeriods) yield return input with { Policy = input.Policy with { WeightPeriods = false } };
    }

    private static Gen<CourseGradingInput> Courses(Gen<decimal> points) =>
        from policy in Policies()
        from count in Gen.Choose(0, 12)
        from items in Gen.ArrayOf(Items(points, policy.Groups.Count), count)
        from view in Gen.Elements(GradeView.Learner, GradeView.Grader)
        from set in Rarely(OverrideGrades())
        from period in Rarely(OverrideGrades())
        select new CourseGradingInput(policy, [.. items.Select((item, index) => Numbered(item, index, items.Length))])
        {
            View = view,
            Override = set,
            PeriodOverrides = period is null ? null : new Dictionary<long, GradeOverride> { [2] = period },
        };

    // Ids run against the order of the items, so that order and tie rule cannot be mistaken for each other.
    private static GradeItem Numbered(GradeItem item, int index, int count) =>
        item.As(assignment => assignment with { AssignmentId = count - index });

    private static Gen<GradingPolicy> Policies() =>
        from weighting in Gen.Elements(Weighting.Points, Weighting.Percent, Weighting.Percent, Weighting.None)
        from count in Gen.Choose(1, 3)
        from groups in Gen.ArrayOf(Groups(), count)
        from late in Rarely(LatePolicies())
        from missing in Rarely(Gen.Elements(100m, 60m, 33.3m).Select(percent => new MissingPolicy(percent)))
        from periods in Periods()
        from weightPeriods in Gen.Elements(true, false)
        select new GradingPolicy
        {
            Weighting = weighting,
            Groups = [.. groups.Select((one, index) => one with { GroupId = index })],
            Late = late,
            Missing = missing,
            Periods = periods,
            WeightPeriods = weightPeriods,
            Scheme = new LetterScheme(1, 1, [new("A", 90), new("B", 66.67m), new("C", 50), new("F", 0)]),
        };

    private static Gen<GradeGroup> Groups() =>
        from weight in Gen.Elements(0m, 10m, 23.1m, 30m, 33.33m, 50m, 60m, 100m)
        from lowest in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 4)))
        from highest in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
        from never in Gen.ArrayOf(Gen.Choose(1, 12))
        from extra in OneIn(8)
        select new GradeGroup(0, weight)
        {
            DropLowest = lowest,
            DropHighest = highest,
            NeverDrop = never.Take(3).Select(id => (long)id).ToHashSet(),
            ExtraCredit = extra,
        };

    private static Gen<IReadOnlyList<GradingPeriod>> Periods() =>
        from some in OneIn(4)
        from weight in Gen.Elements(0m, 25m, 60m, 100m)
        select some
            ? (IReadOnlyList<GradingPeriod>)
            [
                new(1, Samples.Due.AddDays(-30), Samples.Due, weight),
                new(2, Samples.Due, Samples.Due.AddDays(30), 40m),
            ]
            : [];

    private static Gen<GradeItem> Items(Gen<decimal> points, int groups) =>
        from assignment in Assignments(points, groups)
        from score in Gen.Frequency((1, Gen.Constant((decimal?)null)), (5, points.Select(value => (decimal?)value)))
        from flags in Gen.Four(OneIn(8))
        from status in Gen.Frequency((5, Gen.Constant(WorkStatus.Computed)), (2, Gen.Elements(Enum.GetValues<WorkStatus>())))
        from dueInDays in Gen.Elements<int?>(null, -31, 0, 0, 1, 30, 31)
        from hours in Gen.Elements<int?>(null, null, -1, 0, 1, 24, 25, 100)
        from lateFor in Gen.Elements<int?>(null, 5, 30)
        select new GradeItem(assignment, score)
        {
            Posted = !flags.Item1,
            PendingReview = flags.Item2,
            Assigned = !flags.Item3,
            ScoreIsAutomatic = flags.Item4,
            Status = status,
            DueAt = dueInDays is null ? null : Samples.Due.AddDays(dueInDays.Value),
            SubmittedAt = hours is null ? null : Samples.Due.AddHours(hours.Value),
            LateFor = lateFor is null ? null : TimeSpan.FromHours(lateFor.Value),
        };

    private static Gen<GradedAssignment> Assignments(Gen<decimal> points, int groups) =>
        from possible in Gen.Frequency((1, Gen.Elements<decimal?>(null, 0m)), (6, points.Select(value => (decimal?)Math.Abs(value))))
        from type in Gen.Frequency((6, Gen.Constant(GradingType.Points)), (1, Gen.Elements(Enum.GetValues<GradingType>())))
        from flags in Gen.Three(OneIn(10))
        from groupId in Gen.Choose(0, groups - 1)
        select new GradedAssignment(0, groupId, possible)
        {
            GradingType = type,
            OmitFromFinal = flags.Item1,
            Published = !flags.Item2,
            ExtraCredit = flags.Item3,
        };

    private static Gen<LatePolicy> LatePolicies() =>
        from percent in Gen.Elements(5m, 10m, 33.3m)
        from hours in Gen.Elements(1, 24)
        from minimum in Gen.Elements(0m, 30m, 62.5m)
        from grace in Gen.Elements(0, 2)
        select new LatePolicy(percent, TimeSpan.FromHours(hours), minimum, TimeSpan.FromHours(grace));

    private static Gen<GradeOverride> OverrideGrades() => Gen.Elements(0m, 66.665m, 88m).Select(percent => new GradeOverride(percent));

    // Few and small numbers make many ties, which is where drop rules go wrong.
    private static Gen<decimal> Points() => Gen.Frequency(
        (4, Gen.Choose(0, 10).Select(value => (decimal)value)),
        (2, Gen.Choose(0, 200).Select(value => value / 4m)),
        (1, Gen.Choose(0, 100_000).Select(value => value / 1000m)),
        (1, Gen.Choose(-5, 0).Select(value => (decimal)value)));

    // Either too many decimals for the fast arithmetic, or as many as it takes but too large a sum.
    private static Gen<decimal> LongPoints() =>
        from whole in Gen.Choose(0, 2_000_000_000)
        from fraction in Gen.Choose(0, 2_000_000_000)
        from unit in Gen.Elements(0.000_000_000_001m, 0.000_000_000_000_1m)
        select whole + fraction * unit;

    private static Gen<T?> Rarely<T>(Gen<T> gen) where T : class =>
        Gen.Frequency((3, Gen.Constant((T?)null)), (1, gen.Select(value => (T?)value)));

    private static Gen<bool> OneIn(int times) => Gen.Frequency((times - 1, Gen.Constant(false)), (1, Gen.Constant(true)));
}
