using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Grades;
using Lectern.Grading.LateAllowances;
using Lectern.Grading.Outcomes;
using Lectern.Grading.Overrides;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>A learner's line of the gradebook as stored: arrays by slot, exact scaled integers.</summary>
internal sealed record GradebookRow(
    UserId UserId, long[] Cells, int[] Flags, int[] Versions, long[] OwnDues, long[] Totals, string[] Letters, long[] GroupTotals,
    StandingOverrides? Overrides, LateAllowance? Allowance, long[] Mastery, long CourseVersion)
{
    public const string Columns =
        "r.user_id, r.cells, r.flags, r.versions, r.own_dues, r.totals, r.letters, r.group_totals, r.overrides, r.allowance, "
        + "r.mastery, r.course_version";

    public static GradebookRow Blank(UserId user) => new(user, [], [], [], [], [], [], [], null, null, [], 0);

    public long Cell(int slot) => slot < Cells.Length ? Cells[slot] : Scaled.None;

    public CellFlags Flag(int slot) => slot < Flags.Length ? (CellFlags)Flags[slot] : CellFlags.None;

    public long Total(TotalKind kind) => (int)kind < Totals.Length ? Totals[(int)kind] : Scaled.None;

    public string? Letter(TotalKind kind) => (int)kind < Letters.Length && Letters[(int)kind].Length > 0 ? Letters[(int)kind] : null;

    /// <summary>The learner's own due date at a slot, when it differs from the assignment's.</summary>
    public DateTimeOffset? DueAt(int slot, DateTimeOffset? assignmentDueAt) =>
        DueAt(slot < OwnDues.Length ? OwnDues[slot] : null, assignmentDueAt);

    /// <summary>The same of one stored value.</summary>
    public static DateTimeOffset? DueAt(long? ownDue, DateTimeOffset? assignmentDueAt) => ownDue is null or Scaled.None
        ? assignmentDueAt
        : ownDue == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(ownDue.Value);

    /// <summary>Whether both say the same, whenever they were folded.</summary>
    /// <param name="but">Slots that are not looked at.</param>
    public bool SaysTheSame(GradebookRow other, params IReadOnlyCollection<int> but) =>
        Same(Cells, other.Cells, Scaled.None, but) && Same(Flags, other.Flags, 0, but) && Same(Versions, other.Versions, 0, but)
        && Same(OwnDues, other.OwnDues, Scaled.None) && Same(Totals, other.Totals, Scaled.None)
            && Same(Letters, other.Letters, string.Empty)
        && Same(GroupTotals, other.GroupTotals, Scaled.None) && StandingOverrides.Same(Overrides, other.Overrides)
        && LateAllowance.Same(Allowance, other.Allowance) && Same(Mastery, other.Mastery, Scaled.None);

    // A shorter array says the same as one that goes on with nothing.
    private static bool Same<T>(T[] one, T[] other, T nothing, params IReadOnlyCollection<int> but) where T : IEquatable<T>
    {
        for (var i = 0; i < Math.Max(one.Length, other.Length); i++)
        {
            if (but.Contains(i)) continue;
            if (!(i < one.Length ? one[i] : nothing).Equals(i < other.Length ? other[i] : nothing)) return false;
        }

        return true;
    }
}

/// <summary>Which total stands at which place of a row.</summary>
internal enum TotalKind { Current, Final, LearnerCurrent, LearnerFinal, FinalBeforeOverride }

/// <summary>One attempt, as far as a fold needs to know it.</summary>
internal sealed record HandedIn(
    AssignmentId AssignmentId, UserId UserId, SubmissionId SubmissionId, int Attempt, DateTimeOffset SubmittedAt,
    GroupSubmissionId? GroupSubmissionId = null);

/// <summary>All that is one learner's own in a course: what a row is folded from, beside the course's structure.</summary>
internal sealed class LearnerWork(
    GradebookRow row, SectionId[] sections, IEnumerable<Grade> grades, IEnumerable<HandedIn> submissions,
    IEnumerable<AssessedWork> assessed)
{
    private readonly Dictionary<AssignmentId, Grade> grades = grades.ToDictionary(grade => grade.AssignmentId);
    private readonly ILookup<AssignmentId, HandedIn> submissions = submissions.ToLookup(submission => submission.AssignmentId);
    private readonly Dictionary<AssignmentId, AssessedWork> assessed = assessed.ToDictionary(work => work.AssignmentId);
    private readonly List<HandedIn> added = [];

    public UserId UserId => row.UserId;

    public GradebookRow Row => row;

    public IReadOnlyCollection<SectionId> Sections => sections;

    /// <summary>Final grades that stand; the row says those of before until it is folded.</summary>
    public StandingOverrides? Overrides { get; private set; } = row.Overrides;

    /// <summary>What the learner is allowed beside the late policy; the row says that of before until it is folded.</summary>
    public LateAllowance? Allowance { get; private set; } = row.Allowance;

    public Grade GradeOn(AssignmentId assignment) => grades.GetValueOrDefault(assignment) ?? Grade.None(assignment, UserId);

    public IEnumerable<Grade> Grades => grades.Values;

    public HandedIn? LatestOn(AssignmentId assignment) =>
        submissions[assignment].Concat(added.Where(submission => submission.AssignmentId == assignment))
            .MaxBy(submission => submission.Attempt);

    public IEnumerable<HandedIn> AttemptsOn(AssignmentId assignment) => submissions[assignment];

    /// <summary>This learner's own attempt of the same hand-in of their group.</summary>
    public SubmissionId? PartIn(AssignmentId assignment, GroupSubmissionId? work) => work is null
        ? null
        : submissions[assignment].FirstOrDefault(submission => submission.GroupSubmissionId == work)?.SubmissionId;

    public GroupSubmissionId? GroupWorkOf(AssignmentId assignment, SubmissionId id) =>
        submissions[assignment].FirstOrDefault(submission => submission.SubmissionId == id)?.GroupSubmissionId;

    public bool HandedInAs(AssignmentId assignment, SubmissionId id) =>
        submissions[assignment].Any(submission => submission.SubmissionId == id);

    /// <summary>The attempt the dates are asked of: the graded one, else the latest.</summary>
    public HandedIn? JudgedOn(AssignmentId assignment)
    {
        var graded = GradeOn(assignment).SubmissionId;
        return (graded is null ? null : submissions[assignment].FirstOrDefault(submission => submission.SubmissionId == graded))
            ?? LatestOn(assignment);
    }

    /// <summary>What was said of it by a rubric; known where the course measures outcomes by rubrics.</summary>
    public AssessedWork? AssessedOn(AssignmentId assignment) => assessed.GetValueOrDefault(assignment);

    /// <summary>The grade as it will stand where its assessment stays what it was.</summary>
    public void Put(Grade grade) => grades[grade.AssignmentId] = grade;

    public void Put(NewEntry entry)
    {
        Put(entry.Grade);
        if (entry.KeepsRubric) return;
        var id = entry.Grade.AssignmentId;
        if (AssessedWork.Of(id, entry.Rubric) is { } work) assessed[id] = work;
        else assessed.Remove(id);
    }

    public void Put(HandedIn submission) => added.Add(submission);

    public void Put(StandingOverrides overrides) => Overrides = overrides;

    public void Put(LateAllowance allowance) => Allowance = allowance;
}
