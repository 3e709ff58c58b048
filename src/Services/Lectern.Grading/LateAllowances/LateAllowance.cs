using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Grading.LateAllowances;

/// <summary>What one learner is allowed beside the course's late policy, as it stands in their line of the gradebook.</summary>
/// <param name="Exempt">From the late policy, in the whole course.</param>
/// <param name="ExemptFrom">The assignments whose lateness takes nothing off.</param>
/// <param name="ExtraPasses">More late passes than everybody gets, or fewer.</param>
/// <param name="Used">How many passes were spent, by assignment.</param>
[StoredAsJson]
internal sealed record LateAllowance(
    int Version, bool Exempt, AssignmentId[] ExemptFrom, int ExtraPasses, IReadOnlyDictionary<long, int> Used)
{
    public static LateAllowance None { get; } = new(0, false, [], 0, new Dictionary<long, int>());

    public int UsedOn(AssignmentId assignment) => Used.GetValueOrDefault(assignment.Value);

    public bool IsExemptFrom(AssignmentId assignment) => Exempt || ExemptFrom.Contains(assignment);

    public int Left(LatePasses rules) => Math.Max(0, rules.PerLearner + ExtraPasses - Used.Values.Sum());

    /// <summary>The same with so many passes spent on one assignment.</summary>
    public LateAllowance With(AssignmentId assignment, int count)
    {
        var used = Used.Where(of => of.Key != assignment.Value).ToDictionary();
        if (count > 0) used[assignment.Value] = count;
        return this with { Version = Version + 1, Used = used };
    }

    public bool SaysTheSame(LateAllowance other) =>
        (Exempt, ExtraPasses) == (other.Exempt, other.ExtraPasses)
        && ExemptFrom.ToHashSet().SetEquals(other.ExemptFrom)
        && Used.Count == other.Used.Count && Used.All(of => other.Used.GetValueOrDefault(of.Key) == of.Value);

    public static bool Same(LateAllowance? one, LateAllowance? other) =>
        (one?.Version ?? 0) == (other?.Version ?? 0) && (one ?? None).SaysTheSame(other ?? None);
}

/// <summary>Late passes of a course: each moves a due date of the learner who spends it.</summary>
/// <param name="PerLearner">How many everybody has.</param>
/// <param name="SecondsEach">How much later than due work may be handed in by one.</param>
/// <param name="MostPerAssignment">How many can be spent on one assignment.</param>
/// <param name="NotOn">The assignments on which none can be spent.</param>
internal sealed record LatePasses(
    int PerLearner, int SecondsEach = 86_400, int MostPerAssignment = 1, AssignmentId[]? NotOn = null)
{
    private const int LongestSeconds = 366 * 86_400;

    public Refusal? Refused() => this switch
    {
        { PerLearner: < 0 or > 100 } => Wrong("Each learner has between 0 and 100 late passes.", "per_learner"),
        { SecondsEach: < 60 or > LongestSeconds } => Wrong("A late pass is worth between a minute and a year.", "seconds_each"),
        { MostPerAssignment: < 1 or > 10 } => Wrong("Between 1 and 10 late passes on one assignment.", "most_per_assignment"),
        { NotOn.Length: > 2000 } => Wrong("At most 2,000 assignments can be named.", "not_on"),
        _ => null,
    };

    public TimeSpan For(int passes) => TimeSpan.FromSeconds((long)SecondsEach * passes);

    /// <summary>
    /// Why a learner cannot spend so many passes on an assignment. They can be spent before it is due and after, until the grade is shown:
    /// from then on only a grader can. One can be taken back while its time has not begun, or when the work was handed in without it.
    /// </summary>
    public Refusal? Refuses(int count, LateAllowance current, Assignment assignment, PassFacts facts) => this switch
    {
        _ when count < 0 || count > MostPerAssignment => TooMany(),
        _ when facts.Dates.DueAt is null => new("late_pass_no_due_date", $"'{assignment.Title}' has no due date.", "count"),
        _ when facts.Posted =>
            new("grade_already_shown", $"The grade of '{assignment.Title}' is out. Ask your instructor.", "count"),
        _ when count < current.UsedOn(assignment.AssignmentId) => RefusesBack(count, facts),
        _ when count == current.UsedOn(assignment.AssignmentId) => null,
        _ when current.IsExemptFrom(assignment.AssignmentId) =>
            new("late_pass_not_needed", "Lateness takes nothing off your grade here. Keep the pass.", "count"),
        _ when NotOn?.Contains(assignment.AssignmentId) == true || !assignment.HandedInOnline =>
            new("late_passes_not_here", $"Late passes cannot be spent on '{assignment.Title}'.", "count"),
        _ when facts.Dates.LocksAt <= facts.Dates.DueAt =>
            new("late_pass_no_use", $"'{assignment.Title}' closes when it is due. A late pass does not keep it open.", "count"),
        _ when facts.HandedInAt is null && facts.Dates.RefusesAt(facts.Now) is { } closed => closed with { Field = "count" },
        _ when count - current.UsedOn(assignment.AssignmentId) > current.Left(this) =>
            new("late_passes_none_left", $"You have {current.Left(this)} late passes left.", "count"),
        _ => null,
    };

    private Refusal? RefusesBack(int count, PassFacts facts)
    {
        var without = facts.Dates.DueAt + For(count);
        return facts.Now <= without || facts.HandedInAt <= without
            ? null
            : new("late_pass_in_use", "The time of this late pass has begun. Your instructor can give it back.", "count");
    }

    private Refusal TooMany() =>
        new("late_passes_per_assignment", $"Between 0 and {MostPerAssignment} late passes on one assignment.", "count");

    private static Refusal Wrong(string because, string field) => new("late_passes_out_of_range", because, $"policy.late_passes.{field}");
}

/// <summary>What decides whether a pass can be spent or taken back.</summary>
/// <param name="HandedInAt">When the work that is judged was handed in.</param>
/// <param name="Posted">The learner sees a grade, and not only that the rules call it missing.</param>
internal sealed record PassFacts(WorkDates Dates, DateTimeOffset? HandedInAt, bool Posted, DateTimeOffset Now)
{
    public static PassFacts Of(CourseStructure course, LearnerWork learner, Assignment assignment, DateTimeOffset now) => new(
        course.DatesFor(assignment, learner.UserId, learner.Sections), learner.JudgedOn(assignment.AssignmentId)?.SubmittedAt,
        learner.GradeOn(assignment.AssignmentId) is { PostedAt: not null, SaysSomething: true, IsMissingByRule: false }, now);
}
