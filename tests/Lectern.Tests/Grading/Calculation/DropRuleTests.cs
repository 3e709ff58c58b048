using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

public class DropRuleTests
{
    [Fact]
    public void What_is_dropped_is_what_helps_most_not_the_lowest_percentage()
    {
        var course = Dropping(lowest: 1, Work(1, 80, 100), Work(2, 20, 100), Work(3, 1, 20));

        Assert.Equal([2], Dropped(course));
        Assert.Equal(67.5m, course.Totals().Final.Percent);
    }

    [Fact]
    public void Current_and_final_choose_separately()
    {
        var course = Dropping(lowest: 1, Work(1, 9, 10), Work(2, 5, 10), Work(3, null, 10)).Explained();

        Assert.Equal([2], Dropped(course.Course.Current));
        Assert.Equal([3], Dropped(course.Course.Final));
    }

    [Fact]
    public void The_last_one_is_never_dropped()
    {
        Assert.Equal([1], Dropped(Dropping(lowest: 5, Work(1, 1, 10), Work(2, 9, 10))));
        Assert.Empty(Dropped(Dropping(lowest: 1, Work(1, 1, 10))));
    }

    [Fact]
    public void Both_rules_apply_only_when_something_remains()
    {
        var items = new[] { Work(1, 1, 10), Work(2, 5, 10), Work(3, 9, 10) };

        Assert.Equal([1, 3], Dropped(Policy(Weighting.Points, Group() with { DropLowest = 1, DropHighest = 1 }).With(items)));
        Assert.Equal([1, 2], Dropped(Policy(Weighting.Points, Group() with { DropLowest = 2, DropHighest = 1 }).With(items)));
    }

    [Fact]
    public void Protected_work_and_extra_credit_are_not_dropped()
    {
        var bonus = Work(3, 0, 10).As(a => a with { ExtraCredit = true });
        var course = Policy(Weighting.Points, Group() with { DropLowest = 1, NeverDrop = new HashSet<long> { 1 } })
            .With(Work(1, 1, 10), Work(2, 5, 10), bonus, Work(4, 8, 10));

        Assert.Equal([2], Dropped(course));
    }

    [Fact]
    public void A_group_keeps_its_points_though_a_bonus_without_any_looks_better()
    {
        var course = Dropping(lowest: 1, Work(1, 10, 0), Work(2, 5, 10));

        Assert.Equal([1], Dropped(course));
        Assert.Equal(50, course.Totals().Final.Percent);
    }

    [Fact]
    public void Of_equals_the_first_made_is_kept() =>
        Assert.Equal([2, 3], Dropped(Dropping(lowest: 2, Work(3, 5, 10), Work(2, 5, 10), Work(1, 5, 10))));

    [Fact]
    public void Two_hundred_items_are_chosen_from_at_once()
    {
        var items = Enumerable.Range(1, 200).Select(i => Work(i, i * 37 % 101, 50 + i % 60)).ToArray();

        Assert.Equal(100, Dropped(Dropping(lowest: 100, items)).Count());
    }

    private static CourseGradingInput Dropping(int lowest, params GradeItem[] items) =>
        Policy(Weighting.Points, Group() with { DropLowest = lowest }).With(items);

    private static IEnumerable<long> Dropped(CourseGradingInput course) => Dropped(course.Explained().Course.Final);

    private static IEnumerable<long> Dropped(DerivationNode derivation) => derivation.Nodes()
        .Where(node => node.Reasons.Any(reason => reason is DerivationReason.DroppedLowest or DerivationReason.DroppedHighest))
        .Select(node => node.SubjectId!.Value)
        .Order();
}
