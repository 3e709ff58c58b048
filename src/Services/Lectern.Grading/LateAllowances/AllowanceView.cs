using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.LateAllowances;

/// <summary>What a learner is allowed beside the late policy, as it is sent.</summary>
/// <param name="PassesEach">How many late passes everybody in the course has; null: the course has none.</param>
/// <param name="History">For graders; null for the learner.</param>
internal sealed record AllowanceView(
    CourseId CourseId, UserId UserId, int Version, bool Exempt, AssignmentId[] ExemptFrom, int? PassesEach, int ExtraPasses,
    int PassesLeft, int? SecondsEach, int? MostPerAssignment, AssignmentId[] NotOn, IReadOnlyList<UsedPasses> Used,
    IReadOnlyList<AllowanceEntry>? History)
{
    public static AllowanceView Of(CourseStructure course, LearnerWork learner, IReadOnlyList<AllowanceEntry>? history = null) =>
        Of(course, learner.UserId, learner.Allowance ?? LateAllowance.None, history);

    public static AllowanceView Of(
        CourseStructure course, UserId learner, LateAllowance standing, IReadOnlyList<AllowanceEntry>? history = null)
    {
        var rules = course.Head.Policy.LatePasses;
        return new(
            course.Head.CourseId, learner, standing.Version, standing.Exempt, standing.ExemptFrom, rules?.PerLearner,
            standing.ExtraPasses, rules is null ? 0 : standing.Left(rules), rules?.SecondsEach, rules?.MostPerAssignment,
            rules?.NotOn ?? [], [.. standing.Used.OrderBy(of => of.Key).Select(of => new UsedPasses(new(of.Key), of.Value))], history);
    }
}

internal sealed record UsedPasses(AssignmentId AssignmentId, int Count);
