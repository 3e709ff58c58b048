using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Grading.Calculation;
using Lectern.Grading.Calculation.Proof;
using static Lectern.Grading.Calculation.Proof.CalculatorProof;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>What holds for every course that can be made up.</summary>
public class CalculatorPropertyTests
{
    private const int Runs = 400;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void Totals_equal_those_of_the_slow_calculator() => Check(AnyCourse.Arbitrary, AgreesWithSlow);

    [Fact]
    public void Long_numbers_give_the_totals_of_the_slow_calculator() => Check(AnyCourse.LongNumbers, AgreesWithSlow);

    [Fact]
    public void Large_sums_give_the_totals_of_the_slow_calculator() => Check(AnyCourse.LargeSums, AgreesWithSlow);

    [Fact]
    public void Drops_are_those_of_trying_every_subset() => Check(AnyCourse.Drops, AgreesWithSlow);

    [Fact]
    public void Totals_alone_equal_the_explained_totals() => Check(AnyCourse.Arbitrary, input =>
        Same(input.Totals().Course, input.Explained().Totals.Course)
        && input.Totals().Periods.Zip(input.Explained().Totals.Periods).All(pair => Same(pair.First.Totals, pair.Second.Totals)));

    [Fact]
    public void Derivations_work_out_to_the_numbers_shown() => Check(AnyCourse.Arbitrary, input => Shown(input.Explained()).All(pair =>
        Derivation.Evaluate(pair.Node) == pair.Standing.Percent && pair.Node.Letter == pair.Standing.Letter));

    [Fact]
    public void Every_step_of_a_derivation_has_its_own_value() => Check(AnyCourse.Arbitrary, input =>
        Shown(input.Explained()).SelectMany(pair => pair.Node.Nodes()).All(node => Derivation.Evaluate(node) == node.Value));

    [Fact]
    public void A_derivation_survives_being_written_as_json() => Check(AnyCourse.Arbitrary, input => Shown(input.Explained()).All(pair =>
        Derivation.Evaluate(JsonSerializer.Deserialize<DerivationNode>(JsonSerializer.Serialize(pair.Node, Json), Json)!)
            == pair.Standing.Percent));

    [Fact]
    public void Order_of_the_items_does_not_matter() => Check(AnyCourse.Arbitrary, input =>
        Same(input.Totals().Course, (input with { Items = [.. input.Items.Reverse()] }).Totals().Course));

    [Fact]
    public void What_is_hidden_cannot_be_told_from_the_learners_explanation() => Check(AnyCourse.Arbitrary, input =>
    {
        var seen = input with { View = GradeView.Learner };
        var changed = seen with { Items = [.. input.Items.Select(item => item.Posted ? item : item with { EnteredScore = 7.77m })] };
        return Written(seen) == Written(changed);
    });

    [Fact]
    public void Items_that_count_add_up_to_the_score() => Check(AnyCourse.Arbitrary, input =>
        input.Explained().Items.Where(item => item.InCurrent == Inclusion.Counted).Sum(item => item.Score) == input.Totals().Current.Score);

    private static string Written(CourseGradingInput input) =>
        JsonSerializer.Serialize(Shown(input.Explained()).Select(pair => pair.Node), Json);

    private static bool AgreesWithSlow(CourseGradingInput input)
    {
        var totals = input.Totals();
        return totals.Current.Percent == SlowCalculator.Percent(input, final: false)?.Rounded()
            && totals.Final.Percent == SlowCalculator.Percent(input, final: true)?.Rounded();
    }

    private static bool Same(ScopeTotals a, ScopeTotals b) =>
        (a.Current, a.Final, a.FinalBeforeOverride) == (b.Current, b.Final, b.FinalBeforeOverride) && a.Groups.SequenceEqual(b.Groups);

    private static void Check(Arbitrary<CourseGradingInput> courses, Func<CourseGradingInput, bool> holds) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs).WithQuietOnSuccess(true),
            Prop.ForAll(courses, input => Prop.Label(holds(input), JsonSerializer.Serialize(input))));
}
