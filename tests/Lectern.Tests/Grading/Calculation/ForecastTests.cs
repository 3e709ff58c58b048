using FsCheck;
using FsCheck.Fluent;
using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Guesses and what it takes are answered by the calculator itself.</summary>
public class ForecastTests
{
    private static readonly GradeCalculator Calculator = GradeCalculator.For(GradeCalculator.CurrentVersion);

    [Fact]
    public void What_is_needed_is_shared_by_all_open_work()
    {
        var needed = Forecast.Need(Calculator, Course(Work(1, 6, 10), Work(2, null, 20), Work(3, null, 10)), 70);
        Assert.Equal((73.34m, 15m, 90m), (needed.Percent, needed.Least, needed.Most));
        Assert.Equal([(2L, (decimal?)14.67m), (3L, 7.34m)], needed.Items.Select(item => (item.AssignmentId, item.Score)));
    }

    [Fact]
    public void A_target_may_be_out_of_reach_or_reached_already()
    {
        var course = Course(Work(1, 2, 10), Work(2, null, 10));
        Assert.Equal((null, 60m), (Forecast.Need(Calculator, course, 61).Percent, Forecast.Need(Calculator, course, 61).Most));
        Assert.Equal(0, Forecast.Need(Calculator, course, 10).Percent);
        Assert.Null(Forecast.Need(Calculator, Course(Work(1, 2, 10)), 20).Percent);
    }

    [Fact]
    public void Open_work_that_would_be_dropped_is_still_open()
    {
        var course = Policy(Weighting.Points, Group() with { DropLowest = 1 }).With(Work(1, 5, 10), Work(2, null, 10));
        Assert.Equal((80m, 50m), (Forecast.Need(Calculator, course, 80).Percent, Forecast.Need(Calculator, course, 80).Least));
    }

    [Fact]
    public void A_guess_counts_whatever_was_said_of_the_work()
    {
        var hidden = Work(1, 3, 10) with { Posted = false };
        var excused = Work(2, null, 10) with { Status = WorkStatus.Excused };
        var seen = Course(hidden, excused) with { View = GradeView.Learner };
        Assert.Equal(85m, Forecast.With(seen, new Dictionary<long, decimal> { [1] = 8, [2] = 9 }).Totals().Current.Percent);
    }

    [Fact]
    public void What_is_hidden_cannot_be_told_from_what_is_needed()
    {
        NeededScores Of(decimal score) =>
            Forecast.Need(
                Calculator, Course(Work(1, score, 10) with { Posted = false }, Work(2, 5, 10)) with { View = GradeView.Learner }, 60);
        Assert.Equal((70m, 25m, 75m), (Of(2).Percent, Of(2).Least, Of(2).Most));
        Assert.Equal(Of(2).Percent, Of(9).Percent);
    }

    [Fact]
    public void The_calculator_agrees_with_every_answer() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true),
        Prop.ForAll(AnyCourse.Arbitrary, Gen.Elements(40m, 66.67m, 90m).ToArbitrary(), (input, target) =>
        {
            var needed = Forecast.Need(Calculator, input, target);
            if (needed.Items.Count == 0) return needed.Percent is null;
            if (needed.Percent is not { } share) return !Reaches(input, needed, target, 100) && !Reaches(input, needed, target, 50);
            // Where the highest is dropped, a little more may be dropped instead of counted.
            var rises = input.Policy.Groups.All(group => group.DropHighest == 0);
            return Reaches(input, needed, target, share) && (share == 0 || !Reaches(input, needed, target, share - 0.01m))
                && (!rises || Reaches(input, target, needed.Items.ToDictionary(item => item.AssignmentId, item => item.Score!.Value)));
        }));

    private static bool Reaches(CourseGradingInput input, NeededScores needed, decimal target, decimal percent)
    {
        var points = input.Items.ToDictionary(item => item.Assignment.AssignmentId, item => item.Assignment.PointsPossible ?? 0);
        var scores = needed.Items.ToDictionary(item => item.AssignmentId, item => points[item.AssignmentId] * percent / 100);
        return Reaches(input, target, scores);
    }

    private static bool Reaches(CourseGradingInput input, decimal target, Dictionary<long, decimal> scores) =>
        Forecast.With(input, scores).Totals().Final.PercentUnrounded >= target;
}
