using System.Text.Json;
using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.GradeCaseReader;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Every grade case found passes.</summary>
public class GradeCaseTests
{
    private const string NoData = "No grade cases: set LECTERN_TEST_DATA to a folder that holds grade-cases.json.";

    /// <summary>Kinds of case the calculator does not cover. Empty, and meant to stay so.</summary>
    private static readonly string[] UncoveredKinds = [];

    private static readonly Dictionary<string, Action<JsonElement>> Checks = new()
    {
        ["course"] = CheckCourse,
        ["group"] = CheckGroup,
        ["periods"] = CheckPeriods,
        ["letter"] = CheckLetter,
        ["letter_bounds"] = CheckLetterBounds,
        ["late"] = CheckLate,
        ["missing"] = CheckMissing,
    };

    public static TheoryData<string> Ids => GradeCases.All.Count == 0 ? [NoData] : [.. GradeCases.All.Select(one => one.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Case_passes(string id)
    {
        if (id == NoData) Assert.Skip(NoData);
        var one = GradeCases.Get(id);
        RefuseUnknown(
            one, "id", "kind", "title", "source", "note", "weighting", "groups", "group", "periods", "scheme", "percent", "letter",
            "policy", "score", "possible", "late_hours", "grading_type", "expect");
        Checks[one.GetProperty("kind").GetString()!](one);
    }

    [Fact]
    public void Every_kind_is_covered_or_listed()
    {
        if (GradeCases.All.Count == 0) Assert.Skip(NoData);
        var kinds = GradeCases.All.Select(one => one.Case.GetProperty("kind").GetString()!).Distinct();
        Assert.Equal(UncoveredKinds, kinds.Except(Checks.Keys));
    }

    private static void CheckCourse(JsonElement one)
    {
        var groups = one.GetProperty("groups").EnumerateArray().ToArray();
        var input = PolicyOf(groups, Text(one, "weighting")!).With(ItemsOf(groups));
        foreach (var expected in one.GetProperty("expect").EnumerateObject())
        {
            var unposted = expected.Name.StartsWith("unposted_", StringComparison.Ordinal);
            var totals = (input with { View = unposted ? GradeView.Grader : GradeView.Learner }).Totals();
            decimal? actual = expected.Name.Replace("unposted_", "", StringComparison.Ordinal) switch
            {
                "current_percent" => totals.Current.Percent,
                "final_percent" => totals.Final.Percent,
                "current_points" => totals.Current.Score,
                "final_points" => totals.Final.Score,
                "current_possible" => totals.Current.Possible,
                "final_possible" => totals.Final.Possible,
                _ => throw new NotSupportedException(expected.Name),
            };
            Assert.Equal((expected.Name, Number(one.GetProperty("expect"), expected.Name)), (expected.Name, actual));
        }
    }

    private static void CheckGroup(JsonElement one)
    {
        JsonElement[] groups = [one.GetProperty("group")];
        var explained = PolicyOf(groups, "points").With(ItemsOf(groups)).Explained();
        var expect = one.GetProperty("expect");
        RefuseUnknown(expect, "current", "final");
        var totals = explained.Totals.Course.Groups.Single();
        CheckStanding(expect, "current", totals.Current, explained.Groups.Single().Current);
        CheckStanding(expect, "final", totals.Final, explained.Groups.Single().Final);
    }

    // A group expectation that is null was not stated in the source.
    private static void CheckStanding(JsonElement expect, string basis, Standing actual, DerivationNode derivation)
    {
        if (!expect.TryGetProperty(basis, out var stated) || stated.ValueKind == JsonValueKind.Null) return;
        RefuseUnknown(stated, "score", "possible", "dropped");
        Assert.Equal((Number(stated, "score"), Number(stated, "possible")), (actual.Score, actual.Possible));
        if (!stated.TryGetProperty("dropped", out var ids)) return;
        var dropped = derivation.Nodes().Where(IsDropped).Select(node => node.SubjectId!.Value).Order();
        Assert.Equal(ids.EnumerateArray().Select(id => id.GetInt64()).Order(), dropped);
    }

    private static bool IsDropped(DerivationNode node) =>
        node.Reasons.Any(reason => reason is DerivationReason.DroppedLowest or DerivationReason.DroppedHighest);

    private static void CheckPeriods(JsonElement one)
    {
        foreach (var expected in one.GetProperty("expect").EnumerateObject())
        {
            var periods = one.GetProperty("periods").EnumerateArray()
                .Select(period => (Number(period, "weight") ?? 0, Number(period, expected.Name)));
            var percent = PeriodFold.Combine(periods).Percent;
            Assert.Equal(Number(one.GetProperty("expect"), expected.Name), percent?.Round(Standing.Places));
        }
    }

    private static void CheckLetter(JsonElement one)
    {
        var letter = SchemeOf(one.GetProperty("scheme")).BandOf(one.GetProperty("percent").GetDecimal()).Letter;
        Assert.Equal(Text(one.GetProperty("expect"), "letter"), letter);
    }

    private static void CheckLetterBounds(JsonElement one)
    {
        var scheme = SchemeOf(one.GetProperty("scheme"));
        var letter = Text(one, "letter")!;
        var expect = one.GetProperty("expect");
        RefuseUnknown(expect, "upper", "lower");
        if (expect.TryGetProperty("upper", out _)) Assert.Equal(Number(expect, "upper"), scheme.UpperBound(letter));
        if (expect.TryGetProperty("lower", out _)) Assert.Equal(Number(expect, "lower"), scheme.LowerBound(letter));
    }

    private static void CheckLate(JsonElement one)
    {
        var item = new GradeItem(new GradedAssignment(1, 0, Number(one, "possible")) { GradingType = TypeOf(one) }, Number(one, "score"))
        {
            DueAt = Samples.Due,
            SubmittedAt = Samples.Due + TimeSpan.FromSeconds((double)(Number(one, "late_hours") ?? 0) * 3600),
        };
        var policy = Samples.Policy(Weighting.Points) with { Late = LateOf(one.GetProperty("policy")) };
        var expect = one.GetProperty("expect");
        RefuseUnknown(expect, "points_deducted");
        Assert.Equal(Number(expect, "points_deducted"), WorkScore.Of(item, policy).Deducted);
    }

    private static LatePolicy? LateOf(JsonElement policy)
    {
        RefuseUnknown(policy, "deduct_percent", "every", "minimum_percent");
        if (Number(policy, "deduct_percent") is not { } percent) return null;
        var interval = Text(policy, "every") switch
        {
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            var other => throw new NotSupportedException($"every {other}"),
        };
        return new(percent, interval, Number(policy, "minimum_percent") ?? 0);
    }

    private static void CheckMissing(JsonElement one)
    {
        var policy = one.GetProperty("policy");
        RefuseUnknown(policy, "missing_deduct_percent");
        var missing = new MissingPolicy(Number(policy, "missing_deduct_percent")!.Value);
        var expect = one.GetProperty("expect");
        RefuseUnknown(expect, "points_awarded", "points_deducted");
        var possible = Number(one, "possible") ?? 0;
        foreach (var expected in expect.EnumerateObject())
        {
            var actual = expected.Name == "points_awarded"
                ? missing.Score(possible, TypeOf(one))
                : missing.Deduction(possible, TypeOf(one));
            Assert.Equal((expected.Name, Number(expect, expected.Name)), (expected.Name, (decimal?)actual));
        }
    }
}
