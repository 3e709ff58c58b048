using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Late and missing, and what they take off.</summary>
public class LatenessTests
{
    private static readonly LatePolicy TenADay = new(10, TimeSpan.FromDays(1), MinimumPercent: 30);
    private static readonly DateTimeOffset Later = Due.AddDays(1);
    private static readonly GradeItem Online = Work(1, null, 10).As(a => a with { HandedInOnline = true }) with { DueAt = Due };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 10)]
    [InlineData(86_400, 10)]
    [InlineData(86_401, 20)]
    public void Every_interval_begun_takes_its_part(int seconds, int deducted) =>
        Assert.Equal(deducted, Score(Work(1, 90, 100).HandedIn(TimeSpan.FromSeconds(seconds)), TenADay).Deducted);

    [Fact]
    public void Grace_comes_off_the_lateness()
    {
        var policy = TenADay with { Grace = TimeSpan.FromHours(2) };

        Assert.Equal(0, Score(Work(1, 90, 100).HandedIn(TimeSpan.FromHours(2)), policy).Deducted);
        Assert.Equal(10, Score(Work(1, 90, 100).HandedIn(TimeSpan.FromHours(25)), policy).Deducted);
    }

    [Fact]
    public void Entered_deducted_and_resulting_score_stay_apart() =>
        Assert.Equal(new WorkScore(90, 20, 70, ScoreOrigin.Entered), Score(Work(1, 90, 100).HandedIn(TimeSpan.FromHours(30)), TenADay));

    [Fact]
    public void A_score_is_not_brought_below_the_minimum_nor_raised_to_it()
    {
        Assert.Equal(30, Score(Work(1, 45, 100).HandedIn(TimeSpan.FromDays(6)), TenADay).Score);
        Assert.Equal(20, Score(Work(1, 20, 100).HandedIn(TimeSpan.FromDays(6)), TenADay).Score);
    }

    [Theory]
    [InlineData(24, 10)]
    [InlineData(47, 10)]
    [InlineData(48, 0)]
    [InlineData(72, 0)]
    public void Late_passes_come_off_the_lateness_before_grace(int hours, int deducted)
    {
        var work = Work(1, 90, 100).HandedIn(TimeSpan.FromHours(50)) with { LatePassTime = TimeSpan.FromHours(hours) };

        Assert.Equal(deducted, Score(work, TenADay with { Grace = TimeSpan.FromHours(2), Interval = TimeSpan.FromDays(2) }).Deducted);
        Assert.Equal(hours < 50, Lateness.IsLate(work));
    }

    [Fact]
    public void An_exempt_learner_is_late_and_loses_nothing()
    {
        var work = Work(1, 90, 100).HandedIn(TimeSpan.FromDays(3)) with { LateExempt = true };

        Assert.Equal(90, Score(work, TenADay).Score);
        Assert.True(Lateness.IsLate(work));
    }

    [Fact]
    public void The_first_calculator_knows_neither_passes_nor_exemptions()
    {
        var policy = Policy(Weighting.Points) with { Late = TenADay };
        var late = Work(1, 90, 100).HandedIn(TimeSpan.FromDays(2));
        foreach (var more in new[] { late with { LateExempt = true }, late with { LatePassTime = TimeSpan.FromDays(2) } })
        {
            Assert.Equal(70, GradeCalculator.For(1).Totals(policy.With(more)).Final.Percent);
            Assert.Equal(90, GradeCalculator.For(2).Totals(policy.With(more)).Final.Percent);
        }
    }

    [Fact]
    public void Moving_the_due_date_recomputes_from_the_entered_score()
    {
        var late = Work(1, 90, 100).HandedIn(TimeSpan.FromDays(1));

        Assert.Equal(80, Score(late, TenADay).Score);
        Assert.Equal(90, Score(late with { DueAt = late.SubmittedAt }, TenADay).Score);
    }

    [Theory]
    [InlineData(nameof(WorkStatus.OnTime))]
    [InlineData(nameof(WorkStatus.Extended))]
    [InlineData(nameof(WorkStatus.Missing))]
    public void A_graders_status_wins_over_the_dates(string status)
    {
        var late = Work(1, 90, 100).HandedIn(TimeSpan.FromDays(3));

        Assert.Equal(90, Score(late with { Status = Enum.Parse<WorkStatus>(status) }, TenADay).Score);
    }

    [Fact]
    public void A_grader_may_say_how_late_it_is()
    {
        var handedInOnTime = Work(1, 90, 100).HandedIn(-TimeSpan.FromDays(1));

        Assert.Equal(70, Score(handedInOnTime with { Status = WorkStatus.Late, LateFor = TimeSpan.FromDays(2) }, TenADay).Score);
        Assert.True(Lateness.IsLate(handedInOnTime with { Status = WorkStatus.Late }));
    }

    [Fact]
    public void Pass_fail_work_is_not_reduced() => Assert.Equal(
        10, Score(Work(1, 10, 10).HandedIn(TimeSpan.FromDays(3)).As(a => a with { GradingType = GradingType.PassFail }), TenADay).Score);

    [Fact]
    public void Work_without_a_due_date_or_without_a_submission_is_never_late()
    {
        Assert.Equal(TimeSpan.Zero, Lateness.LateBy(Work(1, 5, 10) with { SubmittedAt = Due }));
        Assert.Equal(TimeSpan.Zero, Lateness.LateBy(Work(1, 5, 10) with { DueAt = Due }));
    }

    [Fact]
    public void Online_work_past_due_and_not_handed_in_is_missing()
    {
        Assert.True(Lateness.IsMissing(Online, Later));
        Assert.False(Lateness.IsMissing(Online, Due));
        Assert.False(Lateness.IsMissing(Online with { SubmittedAt = Later }, Later));
    }

    [Fact]
    public void Paper_optional_excused_and_graded_work_is_not_missing()
    {
        Assert.False(Lateness.IsMissing(Online.As(a => a with { HandedInOnline = false }), Later));
        Assert.False(Lateness.IsMissing(Online.As(a => a with { Optional = true }), Later));
        Assert.False(Lateness.IsMissing(Online with { Status = WorkStatus.Excused }, Later));
        Assert.False(Lateness.IsMissing(Online with { EnteredScore = 0 }, Later));
    }

    [Fact]
    public void An_automatic_zero_leaves_work_missing() =>
        Assert.True(Lateness.IsMissing(Online with { EnteredScore = 0, ScoreIsAutomatic = true }, Later));

    [Fact]
    public void Missing_work_earns_what_the_policy_leaves()
    {
        var policy = Policy(Weighting.Points) with { Missing = new MissingPolicy(75) };
        var missing = Online with { Status = WorkStatus.Missing };

        Assert.Equal(new WorkScore(null, 7.5m, 2.5m, ScoreOrigin.MissingPolicy), WorkScore.Of(missing, policy));
        Assert.Equal(6, WorkScore.Of(missing with { EnteredScore = 6 }, policy).Score);
        Assert.Equal(0, policy.Missing.Score(10, GradingType.PassFail));
    }

    [Fact]
    public void Work_handed_in_replaces_an_automatic_score()
    {
        var automatic = Work(1, 0, 10) with { ScoreIsAutomatic = true, DueAt = Due };

        Assert.Equal(0, Course(automatic).Totals().Current.Percent);
        Assert.Null(Course(automatic with { SubmittedAt = Later }).Totals().Current.Percent);
    }

    private static WorkScore Score(GradeItem item, LatePolicy policy) =>
        WorkScore.Of(item, Policy(Weighting.Points) with { Late = policy });
}
