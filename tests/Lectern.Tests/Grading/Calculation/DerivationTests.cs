using System.Text.Json;
using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>The explanation names what happened.</summary>
public class DerivationTests
{
    [Fact]
    public void A_late_score_shows_what_was_entered_and_what_was_taken_off()
    {
        var policy = Policy(Weighting.Points) with { Late = new LatePolicy(10, TimeSpan.FromDays(1), MinimumPercent: 50) };
        var item = policy.With(Work(1, 90, 100).HandedIn(TimeSpan.FromHours(30))).Explained().Course.Final.Item(1);

        Assert.Equal((70m, DerivationReason.LatePenalty), (item.Value, item.Reasons.Single()));
        Assert.Equal([90m, 20m], item.Inputs.Select(input => input.Value!.Value));
        Assert.Contains(item.Nodes(), node =>
            node is { Kind: DerivationKind.LateIntervals, Operation: DerivationOperation.RoundUpToWhole, Value: 2 });
    }

    [Theory]
    [InlineData(24, 80, DerivationReason.LatePenalty)]
    [InlineData(48, 90, DerivationReason.LatePassUsed)]
    internal void A_late_pass_is_a_step_of_its_own(int hours, int score, DerivationReason reason)
    {
        var policy = Policy(Weighting.Points) with { Late = new LatePolicy(10, TimeSpan.FromDays(1)) };
        var work = Work(1, 90, 100).HandedIn(TimeSpan.FromHours(30)) with { LatePassTime = TimeSpan.FromHours(hours) };
        var item = policy.With(work).Explained().Course.Final.Item(1);

        Assert.Equal((score, reason), (item.Value, item.Reasons.Single()));
        Assert.Contains(item.Nodes(), node => node is { Kind: DerivationKind.LatePassTime } && node.Value == hours * 3600);
        Assert.Equal(item.Value, Derivation.Evaluate(item));
    }

    [Fact]
    public void An_exemption_is_said()
    {
        var policy = Policy(Weighting.Points) with { Late = new LatePolicy(10, TimeSpan.FromDays(1)) };
        var work = Work(1, 90, 100).HandedIn(TimeSpan.FromHours(30)) with { LateExempt = true };
        var item = policy.With(work).Explained().Course.Final.Item(1);

        Assert.Equal((90m, DerivationReason.LateExempt), (item.Value, item.Reasons.Single()));
    }

    [Fact]
    public void Reaching_the_minimum_is_said()
    {
        var policy = Policy(Weighting.Points) with { Late = new LatePolicy(10, TimeSpan.FromDays(1), MinimumPercent: 50) };
        var item = policy.With(Work(1, 60, 100).HandedIn(TimeSpan.FromDays(5))).Explained().Course.Final.Item(1);

        Assert.Equal(50, item.Value);
        Assert.Contains(item.Nodes(), node => node.Reasons.Contains(DerivationReason.LateMinimumReached));
    }

    [Fact]
    public void Scaled_up_weights_are_said()
    {
        var total = Policy(Weighting.Percent, Group(1, 60), Group(2, 40)).With(Work(1, 8, 10, group: 1)).Explained().Course.Current;

        Assert.Contains(total.Nodes(), node => node.Reasons.Contains(DerivationReason.WeightsRenormalised));
        Assert.Contains(total.Nodes(), node => node is { SubjectId: 2, Counts: false } && node.Reasons.Contains(DerivationReason.NoPoints));
    }

    [Fact]
    public void Weights_over_a_hundred_are_said() => Assert.Contains(
        Policy(Weighting.Percent, Group(1, 120)).With(Work(1, 8, 10)).Explained().Course.Current.Nodes(),
        node => node.Reasons.Contains(DerivationReason.WeightsNotHundred));

    [Fact]
    public void An_override_stands_beside_what_it_replaced()
    {
        var total = (Course(Work(1, 6, 10)) with { Override = new(91) }).Explained().Course.Final;
        var set = total.Inputs.Single(node => node.Kind == DerivationKind.OverrideGrade);

        Assert.Equal(91, total.Value);
        Assert.Contains(DerivationReason.Overridden, total.Reasons);
        Assert.Equal([(91m, true), (60m, false)], set.Inputs.Select(node => (node.Value!.Value, node.Counts)));
    }

    [Fact]
    public void A_dropped_score_is_shown_with_its_reason_and_the_percent_without_dropping()
    {
        var total = Policy(Weighting.Points, Group() with { DropLowest = 1 }).With(Work(1, 9, 10), Work(2, 1, 10)).Explained().Course.Final;

        Assert.Equal((1m, false, DerivationReason.DroppedLowest),
            (total.Item(2).Value, total.Item(2).Counts, total.Item(2).Reasons.Single()));
        Assert.Equal(50, total.Nodes().Single(node => node.Kind == DerivationKind.GroupBeforeDrops).Value);
    }

    [Fact]
    public void A_rule_that_could_not_drop_as_much_as_it_says_tells_so()
    {
        var greedy = Policy(Weighting.Points, Group() with { DropLowest = 3, DropHighest = 1 });
        var total = greedy.With(Work(1, 9, 10), Work(2, 1, 10)).Explained().Course.Final;

        Assert.Contains(total.Nodes(), node =>
            node.Reasons.SequenceEqual([DerivationReason.DropLowestReduced, DerivationReason.DropHighestIgnored]));
    }

    [Fact]
    public void Automatic_and_missing_scores_are_told_from_a_graders()
    {
        var policy = Policy(Weighting.Points) with { Missing = new MissingPolicy(60) };
        var total = policy.With(
            Work(1, 0, 10) with { ScoreIsAutomatic = true },
            Work(2, null, 10) with { Status = WorkStatus.Missing }).Explained().Course.Final;

        Assert.Equal([DerivationReason.AutomaticScore], total.Item(1).Reasons);
        Assert.Equal((4m, DerivationReason.MissingPolicy), (total.Item(2).Value, total.Item(2).Reasons.Single()));
    }

    [Fact]
    public void Work_outside_every_period_is_shown_and_not_counted()
    {
        var total = Course(Work(1, 9, 10) with { DueAt = Due.AddYears(1) }).Ruled(policy => policy with
        {
            WeightPeriods = true,
            Periods = [new(1, Due.AddDays(-30), Due, 100)],
        }).Explained().Course.Final;

        Assert.Null(total.Value);
        Assert.Equal((false, true), (total.Item(1).Counts, total.Item(1).Reasons.Contains(DerivationReason.OutsidePeriods)));
    }

    [Fact]
    public void Evaluating_reads_only_what_was_given()
    {
        var total = Course(Work(1, 8, 10)).Explained().Course.Final;

        Assert.Equal(80, Derivation.Evaluate(WithoutValues(total)));
        Assert.Equal(90, Derivation.Evaluate(With(total, given: 8, instead: 9)));
    }

    [Fact]
    public void Names_are_written_as_the_api_spells_them()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        var json = JsonSerializer.Serialize(Course(Work(7, null, 10)).Explained().Course.Final, options);

        Assert.Contains("\"kind\":\"course_total\"", json, StringComparison.Ordinal);
        Assert.Contains("\"label\":\"derivation.item_score\"", json, StringComparison.Ordinal);
        Assert.Contains("\"reasons\":[\"ungraded_counted_as_zero\"]", json, StringComparison.Ordinal);
    }

    private static DerivationNode WithoutValues(DerivationNode node) => node with
    {
        Value = node.Operation == DerivationOperation.Given ? node.Value : null,
        Inputs = [.. node.Inputs.Select(WithoutValues)],
    };

    private static DerivationNode With(DerivationNode node, decimal given, decimal instead) => node with
    {
        Value = node is { Operation: DerivationOperation.Given, Kind: DerivationKind.ItemScore } && node.Value == given
            ? instead
            : node.Value,
        Inputs = [.. node.Inputs.Select(input => With(input, given, instead))],
    };
}
