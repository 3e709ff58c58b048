using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Assignments;

/// <summary>What making and changing assignments have in common: the group, the conflict, and telling everybody.</summary>
internal sealed class AssignmentEditor(
    TenantDb db, AssignmentStore assignments, GroupStore groups, GradebookStore gradebooks, QuestionStore questions)
{
    /// <summary>
    /// Has the course's counter before its assignment, like everybody who changes one: two of them cannot wait for each other.
    /// </summary>
    public Task Hold(CourseId course, CancellationToken ct) => gradebooks.HoldStructure(course, ct);

    /// <summary>The group named, or the course's first one; made when there is none.</summary>
    public async Task<(AssignmentGroupId Group, Refusal? Refusal)> GroupFor(CourseId course, AssignmentGroupId? named, CancellationToken ct)
    {
        await gradebooks.HoldStructure(course, ct);
        var all = await groups.List(course, ct);
        if (named is { } id)
            return all.Any(group => group.AssignmentGroupId == id)
                ? (id, null)
                : (default, new Refusal("unknown_group", "This course has no such group.", "assignment_group_id"));
        if (all.Count > 0) return (all[0].AssignmentGroupId, null);
        return (await groups.Add(course, new GroupFields { Name = "Assignments" }, ct), null);
    }

    /// <summary>Who is in a group is known to everybody, so a group's work would tell whose it is.</summary>
    public static Refusal GroupsHaveNames => new(
        "anonymous_groups", "Work of groups cannot be graded without names: who is in which group is known.", "group_set_id");

    /// <summary>What one of a group earns reaches the others, and marks that several give do not.</summary>
    public static Refusal GroupsHaveOneMarker => new(
        "groups_have_one_marker", "Work of groups is graded by one person: a group's grade is given to all of it at once.",
        "group_set_id");

    /// <summary>Why groups cannot be these; whose work is there already made it together.</summary>
    public async Task<Refusal?> RefusedGroups(CourseId course, AssignmentDetail? before, AssignmentFields wanted, CancellationToken ct)
    {
        if (wanted.GroupSetId == before?.GroupSetId) return null;
        if (wanted.GroupSetId is { } set && !await assignments.HasGroupSet(course, set, ct))
            return new Refusal("unknown_group_set", "This course has no such group set.", "group_set_id");
        if (wanted.GroupSetId is not null && before?.Anonymous is true) return GroupsHaveNames;
        if (wanted.GroupSetId is not null && before?.SeveralMarkers is true) return GroupsHaveOneMarker;
        return before is not null && await assignments.HasWork(course, before.AssignmentId, ct)
            ? new Refusal(
                "groups_in_use", "Learners have handed in or been graded here, so who works together stays as it is.", "group_set_id")
            : null;
    }

    /// <summary>Why it cannot stand so with the questions it asks: learners find some, and it is worth what they earn.</summary>
    public async Task<Refusal?> RefusedQuestions(
        AssignmentId? id, SubmissionType[] types, bool published, decimal? points, CancellationToken ct)
    {
        if (!types.Contains(SubmissionType.Questions)) return null;
        var asked = id is { } known ? await questions.Newest(known, ct) : null;
        if (asked is null && published)
            return new Refusal("questions_required", "Write the questions first; until then it stays a draft.", "status");
        return asked is not null && points is not null && points != asked.PointsPossible
            ? new Refusal(
                "points_follow_questions", $"Its questions earn {asked.PointsPossible:0.####} points together. Change those of a question.",
                "points_possible")
            : null;
    }

    /// <summary>Records the change, tells of it and has the rows folded anew.</summary>
    public void Changed(AssignmentDetail now, RecalculationCause cause, object? detail, bool published = false)
    {
        db.Audit(GradingAudit.AssignmentChanged, $"assignment:{now.AssignmentId.Value}", detail);
        db.Raise(new AssignmentChanged(now.AssignmentId, now.CourseId, now.Title, now.DueAt, now.Status is AssignmentStatus.Published));
        if (now.AttemptsKept is not AttemptsKept.Latest)
            gradebooks.CarryCalculatorAtCommit(now.CourseId, GradeCalculator.KnowsAttempts);
        gradebooks.StructureChangedAtCommit(
            now.CourseId, new(cause, now.AssignmentId.Value),
            published ? [new AssignmentPublished(now.AssignmentId, now.CourseId, now.Title, now.DueAt)] : []);
    }

    /// <summary>The assignment as it stands, beside what was wanted.</summary>
    public async Task<ProblemHttpResult> Conflict(AssignmentId id, object wanted, CancellationToken ct)
    {
        var current = await assignments.Find(id, ct);
        return Problems.Conflict(
            "Somebody changed this assignment after you read it.",
            current is null ? null : AssignmentView.ForStaff(current.Assignment, current.Description, 0), wanted);
    }
}
