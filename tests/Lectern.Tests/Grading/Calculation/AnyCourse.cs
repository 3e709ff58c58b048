using FsCheck;
using FsCheck.Fluent;
using Lectern.Grading.Calculation;
using Lectern.Grading.Calculation.Proof;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Courses of every shape, small enough to try all subsets of; a failing one is shrunk by taking work away.</summary>
internal static class AnyCourse
{
    internal static Arbitrary<CourseGradingInput> Arbitrary { get; } = Arb.From(Courses(), Smaller);

    /// <summary>With so many decimals that the drop rule leaves its fast arithmetic.</summary>
    internal static Arbitrary<CourseGradingInput> LongNumbers { get; } = Arb.From(Courses(Long), Smaller);

    /// <summary>One group with drop rules, everything in it graded: where the choice of what to drop is hardest.</summary>
    internal static Arbitrary<CourseGradingInput> Drops { get; } = Arb.From(
        from rules in Seeds.Select(seed => RandomGradebook.Group(new Random(seed), 1))
        from count in Gen.Choose(3, 9)
        from scores in Gen.ArrayOf(Points(), count)
        from possible in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0m)), (8, Gen.Choose(1, 12).Select(value => (decimal)value))), count)
        select Samples.Policy(Weighting.Points, rules with { ExtraCredit = false })
            .With([.. scores.Zip(possible).Select((one, i) => Samples.Work(i + 1, one.First, one.Second))]),
        Smaller);

    /// <summary>All of one scale, so that only the size of the sum decides.</summary>
    internal static Arbitrary<CourseGradingInput> LargeSums { get; } = Arb.From(
        Courses(random => random.Next(1, 2_000_000_000) * 1.000_000_000_001m), Smaller);

    private static IEnumerable<CourseGradingInput> Smaller(CourseGradingInput input)
    {
        for (var index = 0; index < input.Items.Count; index++)
        {
            yield return input with { Items = [.. input.Items.Where((_, i) => i != index)] };
        }
        if (input.Policy.Late is not null) yield return input with { Policy = input.Policy with { Late = null } };
        if (input.Policy.WeightPeriods) yield return input with { Policy = input.Policy with { WeightPeriods = false } };
    }

    private static Gen<CourseGradingInput> Courses(Func<Random, decimal>? points = null) =>
        Seeds.Select(seed => RandomGradebook.Of(seed, points ?? RandomGradebook.Few));

    private static Gen<int> Seeds => Gen.Choose(0, int.MaxValue);

    // Either too many decimals for the fast arithmetic, or as many as it takes but too large a sum.
    private static decimal Long(Random random) =>
        random.Next() + (random.Next() * (random.Next(2) == 0 ? 0.000_000_000_001m : 0.000_000_000_000_1m));

    private static Gen<decimal> Points() => Seeds.Select(seed => RandomGradebook.Few(new Random(seed)));
}
