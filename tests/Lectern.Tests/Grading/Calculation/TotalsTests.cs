using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>What counts, for whom, and how groups and periods make a total.</summary>
public class TotalsTests
{
    [Fact]
    public void Blanks_are_left_out_of_current_and_zero_in_final()
    {
        var totals = Course(Work(1, 8, 10), Work(2, null, 10)).Totals();

        Assert.Equal((80m, 40m), (totals.Current.Percent, totals.Final.Percent));
        Assert.Equal((8m, 10m, 20m), (totals.Current.Score, totals.Current.Possible, totals.Final.Possible));
    }

    [Fact]
    public void Hidden_scores_leave_the_learners_total_untouched_and_the_graders_differs()
    {
        var course = Course(Work(1, 8, 10), Work(2, 2, 10) with { Posted = false });

        Assert.Equal(80, course.Totals().Current.Percent);
        Assert.Equal(50, (course with { View = GradeView.Grader }).Totals().Current.Percent);
    }

    [Fact]
    public void Work_waiting_for_review_counts_with_its_score_in_final_only()
    {
        var totals = Course(Work(1, 8, 10), Work(2, 2, 10) with { PendingReview = true }).Totals();

        Assert.Equal((80m, 50m), (totals.Current.Percent, totals.Final.Percent));
    }

    [Fact]
    public void Work_that_never_counts_leaves_score_and_possible()
    {
        var totals = Course(
            Work(1, 8, 10),
            Work(2, 1, 10) with { Status = WorkStatus.Excused },
            Work(3, 1, 10).As(a => a with { OmitFromFinal = true }),
            Work(4, 1, 10).As(a => a with { Published = false }),
            Work(5, 1, 10).As(a => a with { GradingType = GradingType.NotGraded }),
            Work(6, 1, 10) with { Assigned = false }).Totals();

        Assert.Equal((8m, 10m), (totals.Current.Score, totals.Current.Possible));
        Assert.Equal((8m, 10m), (totals.Final.Score, totals.Final.Possible));
    }

    [Fact]
    public void Nothing_that_counts_is_no_grade_rather_than_zero()
    {
        var totals = Course().Totals();

        Assert.Null(totals.Final.Percent);
        Assert.Null(totals.Final.Letter);
    }

    [Fact]
    public void A_third_and_two_thirds_make_a_whole()
    {
        var course = Policy(Weighting.Percent, Group(1, 50), Group(2, 50)).With(Work(1, 1, 3, group: 1), Work(2, 2, 3, group: 2));

        Assert.Equal((50m, 50m), (course.Totals().Final.PercentUnrounded, course.Totals().Final.Percent));
    }

    [Fact]
    public void A_half_made_of_repeating_fractions_rounds_up()
    {
        var groups = new[] { Group(1, 10), Group(2, 10), Group(3, 10), Group(4, 50), Group(5, 20) };
        var course = Policy(Weighting.Percent, groups).With(
            Work(1, 1, 3, group: 1), Work(2, 1, 3, group: 2), Work(3, 1, 3, group: 3),
            Work(4, 0.001m, 10, group: 4), Work(5, 0, 10, group: 5));

        Assert.Equal((10.005m, 10.01m), (course.Totals().Final.PercentUnrounded, course.Totals().Final.Percent));
    }

    [Fact]
    public void Weights_of_groups_that_count_are_scaled_up_and_never_down()
    {
        var groups = new[] { Group(1, 60), Group(2, 30) };

        Assert.Equal(80, Policy(Weighting.Percent, groups).With(Work(1, 8, 10, group: 1)).Totals().Current.Percent);
        Assert.Equal(130, Policy(Weighting.Percent, Group(1, 70), Group(2, 60))
            .With(Work(1, 10, 10, group: 1), Work(2, 10, 10, group: 2)).Totals().Current.Percent);
    }

    [Fact]
    public void Extra_credit_adds_without_adding_to_what_is_possible()
    {
        var bonus = Work(2, 2, 5).As(a => a with { ExtraCredit = true });

        Assert.Equal(100, Course(Work(1, 8, 10), bonus).Totals().Final.Percent);
        Assert.Equal(80, Course(Work(1, 8, 10), bonus with { EnteredScore = null }).Totals().Final.Percent);
    }

    [Fact]
    public void An_extra_credit_group_adds_its_weight_without_scaling_the_others()
    {
        var course = Policy(Weighting.Percent, Group(1, 100), Group(2, 10) with { ExtraCredit = true })
            .With(Work(1, 8, 10, group: 1), Work(2, 5, 10, group: 2));

        Assert.Equal(85, course.Totals().Final.Percent);
    }

    [Fact]
    public void A_course_without_weighting_has_groups_but_no_total()
    {
        var totals = Policy(Weighting.None).With(Work(1, 8, 10)).Totals();

        Assert.Null(totals.Current.Percent);
        Assert.Equal(80, totals.Course.Groups.Single().Current.Percent);
    }

    [Fact]
    public void Work_belongs_to_the_period_of_the_learners_own_due_date()
    {
        var totals = InTwoPeriods(Work(1, 5, 10) with { DueAt = Due }, Work(2, 10, 10) with { DueAt = Due.AddSeconds(1) }).Totals();

        Assert.Equal([50m, 100m], totals.Periods.Select(period => period.Totals.Final.Percent!.Value));
        Assert.Equal(87.5m, totals.Final.Percent);
    }

    [Fact]
    public void Work_without_a_due_date_is_in_the_last_period_and_work_outside_all_in_none()
    {
        var totals = InTwoPeriods(Work(1, 6, 10), Work(2, 0, 10) with { DueAt = Due.AddYears(1) }).Totals();

        Assert.Equal((null, 60m), (totals.Periods[0].Totals.Final.Percent, totals.Periods[1].Totals.Final.Percent));
        Assert.Equal(60, totals.Final.Percent);
    }

    [Fact]
    public void Periods_enter_the_course_as_shown_that_is_rounded()
    {
        var totals = InTwoPeriods(Work(1, 1, 3) with { DueAt = Due }, Work(2, 1, 3)).Totals();

        Assert.Equal(33.33m, totals.Final.PercentUnrounded);
    }

    [Fact]
    public void An_override_replaces_final_and_keeps_what_was_computed()
    {
        var totals = (Course(Work(1, 6, 10)) with { Override = new(91) }).Ruled(Lettered).Totals();

        Assert.Equal((91m, "A"), (totals.Final.Percent, totals.Final.Letter));
        Assert.Equal((60m, "C"), (totals.Course.FinalBeforeOverride!.Percent, totals.Course.FinalBeforeOverride.Letter));
        Assert.Equal(60, totals.Current.Percent);
    }

    [Fact]
    public void An_override_may_name_its_letter() => Assert.Equal(
        "I", (Course(Work(1, 6, 10)) with { Override = new(60, "I", "incomplete") }).Ruled(Lettered).Totals().Final.Letter);

    [Fact]
    public void An_overridden_period_enters_the_course()
    {
        var course = InTwoPeriods(Work(1, 5, 10) with { DueAt = Due }, Work(2, 5, 10)) with
        {
            PeriodOverrides = new Dictionary<long, GradeOverride> { [1] = new(90) },
        };

        Assert.Equal((50m, 60m), (course.Totals().Current.Percent, course.Totals().Final.Percent));
        Assert.Equal(50, course.Totals().Periods[0].Totals.FinalBeforeOverride!.Percent);
    }

    [Fact]
    public void Impossible_points_and_unknown_groups_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Course(Work(1, 1, -1)).Totals());
        Assert.Throws<ArgumentOutOfRangeException>(() => Course(Work(1, decimal.MaxValue, 1)).Totals());
        Assert.Throws<ArgumentException>(() => Course(Work(1, 1, 1, group: 9)).Totals());
    }

    [Fact]
    public void Each_item_says_how_it_entered_either_total()
    {
        var policy = Policy(Weighting.Points, Group() with { DropLowest = 1 }) with { Late = new LatePolicy(10, TimeSpan.FromDays(1)) };
        var items = policy.With(Work(1, 9, 10).HandedIn(TimeSpan.FromHours(1)), Work(2, 5, 10), Work(3, null, 10)).Explained().Items;

        Assert.Equal(new ItemGrade(1, 9, 1, 8, IsLate: true, Inclusion.Counted, Inclusion.Counted, null), items[0]);
        Assert.Equal(new ItemGrade(2, 5, 0, 5, IsLate: false, Inclusion.DroppedLowest, Inclusion.Counted, null), items[1]);
        Assert.Equal(new ItemGrade(3, null, 0, null, IsLate: false, Inclusion.Ungraded, Inclusion.DroppedLowest, null), items[2]);
    }

    [Fact]
    public void Versions_are_asked_for_by_number()
    {
        Assert.Contains(GradeCalculator.CurrentVersion, GradeCalculator.Versions);
        Assert.All(GradeCalculator.Versions, version =>
            Assert.Equal(version, GradeCalculator.For(version).Totals(Course()).CalculatorVersion));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradeCalculator.For(0));
    }

    private static GradingPolicy Lettered(GradingPolicy policy) =>
        policy with { Scheme = new LetterScheme(1, 1, [new("A", 90), new("C", 60), new("F", 0)]) };

    private static CourseGradingInput InTwoPeriods(params GradeItem[] items) => Course(items).Ruled(policy => policy with
    {
        WeightPeriods = true,
        Periods = [new(1, Due.AddDays(-30), Due, 25), new(2, Due, Due.AddDays(30), 75)],
    });
}
