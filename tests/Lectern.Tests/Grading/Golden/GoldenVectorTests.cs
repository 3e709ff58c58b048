using Lectern.Grading.Calculation;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Golden;

/// <summary>The rules of how grades are worked out, as cases with numbers, for every version of the calculator that knows them.</summary>
public sealed class GoldenVectorTests(LecternApp app)
{
    private static readonly DateTimeOffset LongAgo = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Sums => [.. GoldenRule.All.SelectMany(rule => rule.Cases)
        .Where(one => one.Expect is not null).Select(one => one.Name)];

    public static TheoryData<string> Scripts => [.. GoldenRule.All.SelectMany(rule => rule.Cases)
        .Where(one => one.Steps.Count > 0).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Sums))]
    public void Comes_to_what_the_rule_says(string name)
    {
        var one = GoldenRule.Find(name);
        var first = one.Work.Any(work => work.Kept is not AttemptsKept.Latest) ? GradeCalculator.KnowsAttempts
            : one.Work.Any(work => work.LateExempt || work.PassTime > TimeSpan.Zero) ? GradeCalculator.KnowsAllowances : 1;
        foreach (var version in GradeCalculator.Versions.Where(version => version >= first)) Check(one, GradeCalculator.For(version));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Is_so_through_the_api(string name)
    {
        var one = GoldenRule.Find(name);
        var script = await GoldenScript.Begin(app, one.Learners);
        foreach (var step in one.Steps) await script.Take(step);
        Assert.Empty(await script.Differences());
    }

    [Fact]
    public void All_rules_have_cases_and_every_case_is_run_under_a_name_of_its_own()
    {
        Assert.Equal(Enumerable.Range(1, 14), GoldenRule.All.Select(rule => rule.Rule));
        Assert.All(GoldenRule.All, rule => Assert.True(rule.Cases.Count >= 2, $"Rule {rule.Rule} has too few cases."));
        var cases = GoldenRule.All.SelectMany(rule => rule.Cases).ToList();
        Assert.Equal(cases.Count, cases.Select(one => one.Name).Distinct().Count());
        Assert.All(cases, one => Assert.True((one.Expect is null) != (one.Steps.Count == 0), $"'{one.Name}' expects one kind of thing."));
    }

    [Fact]
    public void The_reference_page_names_every_rule_and_every_case()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "reference", "calculation.md"));
        foreach (var rule in GoldenRule.All)
        {
            Assert.Contains($"## {rule.Rule}. {rule.Title}", page, StringComparison.Ordinal);
            foreach (var one in rule.Cases) Assert.Contains($"- {one.Name}", page, StringComparison.Ordinal);
        }
    }

    private static void Check(GoldenCase one, GradeCalculator calculator)
    {
        var (grade, expected) = (calculator.Calculate(one.Input), one.Expect!);
        var totals = grade.Totals;
        Same(expected.Current, totals.Current.Percent, "current");
        Same(expected.Final, totals.Final.Percent, "final");
        Same(expected.FinalBeforeOverride, totals.Course.FinalBeforeOverride?.Percent, "final before override");
        if (expected.NoCurrent) Assert.Null(totals.Current.Percent);
        if (expected.CurrentLetter is { } current) Assert.Equal(current, totals.Current.Letter);
        if (expected.FinalLetter is { } final) Assert.Equal(final, totals.Final.Letter);
        foreach (var (id, percent) in expected.Periods)
            Same(percent, totals.Periods.Single(period => period.PeriodId == id).Totals.Final.Percent, $"period {id}");
        if (expected.DroppedFromCurrent is { } now) Assert.Equal(now, Dropped(grade, item => item.InCurrent));
        if (expected.DroppedFromFinal is { } then) Assert.Equal(then, Dropped(grade, item => item.InFinal));
        var reasons = Nodes(grade.Course.Current).SelectMany(node => node.Reasons).ToHashSet();
        Assert.All(expected.Because, reason => Assert.Contains(reason, reasons));
        foreach (var (id, item) in expected.Work)
            Check(item, grade.Items.Single(of => of.AssignmentId == id), one.Work.Single(work => work.Id == id).Item, one.Now);
        // The learner sees how the number came about, and it comes to the same.
        Assert.Equal(totals.Final.Percent, Derivation.Evaluate(grade.Course.Final));
    }

    private static void Check(GoldenItem expected, ItemGrade item, GradeItem given, DateTimeOffset now)
    {
        if (expected.Late is { } late) Assert.Equal(late, item.IsLate);
        if (expected.Missing is { } missing) Assert.Equal(missing, Lateness.IsMissing(given, now == default ? LongAgo : now));
        Same(expected.Entered, item.Entered, "entered");
        if (expected.Deducted is not null) Assert.Equal(expected.Deducted, item.Deducted);
        Same(expected.Score, item.Score, "score");
        Same(expected.Attempt, item.Attempt, "attempt");
        if (expected.NoScore) Assert.Null(item.Score);
        if (expected.InCurrent is { } current) Assert.Equal(current, item.InCurrent);
        if (expected.InFinal is { } final) Assert.Equal(final, item.InFinal);
    }

    private static void Same(decimal? expected, decimal? actual, string what)
    {
        if (expected is not null) Assert.True(expected == actual, $"{what}: {expected} by the rule, {actual} by the calculator");
    }

    private static IEnumerable<long> Dropped(CourseGrade grade, Func<ItemGrade, Inclusion> on) =>
        grade.Items.Where(item => on(item) is Inclusion.DroppedLowest or Inclusion.DroppedHighest).Select(item => item.AssignmentId);

    private static IEnumerable<DerivationNode> Nodes(DerivationNode node) => node.Inputs.SelectMany(Nodes).Prepend(node);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lectern.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
