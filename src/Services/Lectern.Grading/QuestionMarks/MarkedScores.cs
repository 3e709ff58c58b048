using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.QuestionMarks;

/// <summary>
/// Records what the marks of an attempt add up to as its score, once none of them waits. A score that anything else said stays: a
/// grader's word is never overwritten. Where only the latest attempt counts, no earlier one is recorded.
/// </summary>
internal sealed class MarkedScores(
    Actor actor, GradebookStore gradebooks, GradeRecorder recorder, QuestionMarkStore marks, PeriodLock periods)
{
    /// <summary>Holds learners' rows before their marks are changed.</summary>
    public Task Hold(CourseId course, IEnumerable<UserId> users, CancellationToken ct) =>
        gradebooks.Hold(course, [.. users.Distinct()], ct);

    /// <summary>
    /// Whoever calls has changed marks of these attempts in the same unit of work. Answers the version each grade has then that changed.
    /// </summary>
    public async Task<IReadOnlyDictionary<UserId, int>> Record(
        CourseId course, AssignmentId id, IReadOnlyCollection<SubmissionId> attempts, string? reason, CancellationToken ct)
    {
        var totals = await marks.Totals(attempts, ct);
        var users = totals.ConvertAll(one => one.UserId).Distinct().ToList();
        var held = await gradebooks.Hold(course, users, ct);
        var otherwise = await marks.ScoredOtherwise(id, users, ct);
        var asked = Follow(held, id, totals, otherwise, await periods.Over(held, ct), reason);
        await Save(course, id, asked, reason, ct);
        return asked.ToDictionary(one => one.UserId, one => (one.Change.Version ?? 0) + 1);
    }

    /// <summary>
    /// Answers of these attempts wait for a person again, so what the attempts are worth is not known. What others are worth stays.
    /// </summary>
    public async Task TakeBack(CourseId course, AssignmentId id, IReadOnlyCollection<SubmissionId> attempts, CancellationToken ct)
    {
        var totals = await marks.Totals(attempts, ct);
        var users = totals.ConvertAll(one => one.UserId).Distinct().ToList();
        var held = await gradebooks.Hold(course, users, ct);
        var otherwise = await marks.ScoredOtherwise(id, users, ct);
        var closed = await periods.Over(held, ct);
        var asked =
            from one in totals.OrderByDescending(one => one.SubmissionId.Value).DistinctBy(one => one.UserId)
            where one.Total is null && held.Learners.ContainsKey(one.UserId) && closed.Refuses(id, one.UserId) is null
            let grade = held.Learners[one.UserId].GradeOn(id)
            where Follows(grade, otherwise.Contains(one.UserId)) && StandsAt(grade, one.SubmissionId) is not null
            select new AskedChange(id, one.UserId, Without(grade, one.SubmissionId));
        await Save(course, id, [.. asked], null, ct);
    }

    private async Task Save(CourseId course, AssignmentId id, List<AskedChange> asked, string? reason, CancellationToken ct)
    {
        if (asked.Count == 0) return;
        // Rows are held and what could be refused was left out, so anything else is a mistake of the program.
        if ((await recorder.Record(course, asked, reason, ct)).Result is not Ok<RecordedGrades>)
            throw new InvalidOperationException($"The marks of assignment {id.Value} could not be recorded as grades.");
    }

    /// <summary>The grades that are to change so that they say what these marks add up to.</summary>
    public List<AskedChange> Follow(
        HeldLearners held, AssignmentId id, IEnumerable<MarkTotal> totals, IReadOnlySet<UserId> otherwise, ClosedWork closed,
        string? reason)
    {
        // Where several people mark, a moderator decides.
        if (held.Course?.Find(id) is not { SeveralMarkers: false } assignment) return [];
        var asked = new List<AskedChange>();
        foreach (var of in totals.GroupBy(one => one.UserId))
        {
            if (!held.Learners.TryGetValue(of.Key, out var learner) || closed.Refuses(id, of.Key) is not null) continue;
            var grade = learner.GradeOn(id);
            if (!Follows(grade, otherwise.Contains(of.Key))) continue;
            var latest = learner.LatestOn(id)?.SubmissionId;
            var counted = of.Where(one => one.Total is { } total && assignment.RefusesScore(total) is null
                && (assignment.AttemptsKept is not AttemptsKept.Latest || one.SubmissionId == latest))
                .OrderByDescending(one => one.SubmissionId.Value)
                .Select(one => new AttemptScore(one.SubmissionId, one.Total!.Value)).ToList();
            if (counted.TrueForAll(one => StandsAt(grade, one.SubmissionId) == one.Score)) continue;
            // The grade goes on speaking of the attempt that it spoke of.
            var first = counted.Find(one => one.SubmissionId == grade.SubmissionId) ?? counted[0];
            asked.Add(new(id, of.Key, new GradeChange
            {
                Score = first.Score, AlsoScored = [.. counted.Where(one => one != first)], Version = grade.Version,
                SubmissionId = first.SubmissionId, FollowsMarks = true, OnlyThisLearner = true, Reason = reason,
                Source = actor.Kind is ActorKind.System ? GradeSource.Automatic : null,
            }));
        }

        return asked;
    }

    private static GradeChange Without(Grade grade, SubmissionId attempt)
    {
        var left = grade.AttemptScores?.Scores.LastOrDefault(other => other.SubmissionId != attempt);
        return new()
        {
            Score = left?.Score, SubmissionId = left?.SubmissionId, Forgets = attempt, Version = grade.Version, FollowsMarks = true,
            OnlyThisLearner = true,
        };
    }

    /// <summary>What a grade says that an attempt is worth, if it says so.</summary>
    public static decimal? StandsAt(Grade grade, SubmissionId attempt) =>
        grade.AttemptScores?.Of(attempt) ?? (grade.SubmissionId == attempt && !grade.ScoreIsAutomatic ? grade.EnteredScore : null);

    private static bool Follows(Grade grade, bool otherwise) => grade.Status is not WorkStatus.Excused
        && (grade.EnteredScore is null || grade.ScoreIsAutomatic || !otherwise);
}
