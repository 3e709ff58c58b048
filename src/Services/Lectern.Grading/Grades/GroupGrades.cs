using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GroupSubmissions;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>
/// Lets a score given to one of a group reach the others who made the work. It reaches who stood where that one stood; whose grade was
/// adjusted by hand keeps it, and an excuse or a lateness is a person's own.
/// </summary>
internal sealed class GroupGrades(GroupWorkStore groups)
{
    /// <summary>Who is to be held beside those that are asked for.</summary>
    public async Task<List<GradedTogether>> With(CourseId course, IReadOnlyList<AskedChange> asked, CancellationToken ct)
    {
        var wanted = asked.Where(one => one.Change.MeansGroup).Select(one => (one.AssignmentId, one.UserId)).ToList();
        if (wanted.Count == 0) return [];
        var named = asked.Select(one => (one.AssignmentId, one.UserId)).ToHashSet();
        return [.. (await groups.With(course, wanted, ct)).Where(one => !named.Contains((one.AssignmentId, one.MateId)))
            .DistinctBy(one => (one.AssignmentId, one.MateId))];
    }

    /// <summary>What the changes that can be made mean for the others of their groups, judged like any.</summary>
    public static IEnumerable<JudgedChange> Spread(
        IReadOnlyList<JudgedChange> judged, IReadOnlyList<GradedTogether> together, HeldLearners held, ClosedWork closed,
        UserId? grader)
    {
        var accepted = judged.Where(one => one.Verdict is Verdict.Accepted)
            .DistinctBy(one => (one.Asked.AssignmentId, one.Asked.UserId))
            .ToDictionary(one => (one.Asked.AssignmentId, one.Asked.UserId));
        foreach (var one in together)
        {
            if (!accepted.TryGetValue((one.AssignmentId, one.UserId), out var said)) continue;
            if (!held.Learners.TryGetValue(one.MateId, out var mate)) continue;
            if (Change(said, mate) is { } change)
                yield return JudgedChange.Of(new(one.AssignmentId, one.MateId, change), held, closed, grader);
        }
    }

    /// <summary>Whether a grade goes with one that stood like this before.</summary>
    public static bool Follows(Grade mate, Grade before) => mate.Status is not WorkStatus.Excused
        && (mate.EnteredScore is null || mate.ScoreIsAutomatic
            || (!before.ScoreIsAutomatic && mate.EnteredScore == before.EnteredScore));

    private static GradeChange? Change(JudgedChange said, LearnerWork mate)
    {
        var id = said.Asked.AssignmentId;
        var stands = mate.GradeOn(id);
        var graded = said.Change.SubmissionId ?? said.Learner.LatestOn(id)?.SubmissionId;
        var change = new GradeChange
        {
            Comment = said.Change.Comment, CommentAtOnce = said.Change.CommentAtOnce, Reason = said.Change.Reason,
            Source = said.Change.Source, Version = stands.Version,
            SubmissionId = graded is { } attempt ? mate.PartIn(id, said.Learner.GroupWorkOf(id, attempt)) : null,
        };
        if (said.Change.HasScore && Follows(stands, said.Current)) change.Score = said.Change.Score;
        return change.HasScore || !string.IsNullOrWhiteSpace(change.Comment) ? change : null;
    }
}
