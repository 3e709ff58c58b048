using Lectern.Grading.Calculation;
using Lectern.Grading.Calculation.Proof;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Short words for the courses of these tests: one group of points unless something else is said.</summary>
internal static class Samples
{
    internal static readonly DateTimeOffset Due = RandomGradebook.Due;

    internal static GradeItem Work(long id, decimal? score, decimal? possible, long group = 1) =>
        new(new GradedAssignment(id, group, possible), score);

    internal static GradeItem As(this GradeItem item, Func<GradedAssignment, GradedAssignment> change) =>
        item with { Assignment = change(item.Assignment) };

    internal static GradeItem HandedIn(this GradeItem item, TimeSpan afterDue) =>
        item with { DueAt = Due, SubmittedAt = Due + afterDue };

    internal static GradeGroup Group(long id = 1, decimal weight = 100) => new(id, weight);

    internal static GradingPolicy Policy(Weighting weighting, params GradeGroup[] groups) =>
        new() { Weighting = weighting, Groups = groups.Length == 0 ? [Group()] : groups };

    internal static CourseGradingInput Course(params GradeItem[] items) => Policy(Weighting.Points).With(items);

    internal static CourseGradingInput With(this GradingPolicy policy, params GradeItem[] items) => new(policy, items);

    internal static CourseGradingInput Ruled(this CourseGradingInput input, Func<GradingPolicy, GradingPolicy> change) =>
        input with { Policy = change(input.Policy) };

    internal static CourseTotals Totals(this CourseGradingInput input) =>
        GradeCalculator.For(GradeCalculator.CurrentVersion).Totals(input);

    internal static CourseGrade Explained(this CourseGradingInput input) =>
        GradeCalculator.For(GradeCalculator.CurrentVersion).Calculate(input);

    internal static IEnumerable<DerivationNode> Nodes(this DerivationNode node) => node.Inputs.SelectMany(Nodes).Prepend(node);

    internal static DerivationNode Item(this DerivationNode node, long assignmentId) =>
        node.Nodes().First(inner => inner.Kind == DerivationKind.ItemScore && inner.SubjectId == assignmentId);
}
