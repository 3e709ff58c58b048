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

    /// <summary>Whoever calls has changed marks of these attempts in the same unit of work.</summary>
    public async Task Record(
        CourseId course, AssignmentId id, IReadOnlyCollection<SubmissionId> attempts, string? reason, CancellationToken ct)
    {
        var totals = await marks.Totals(attempts, ct);
        var users = totals.ConvertAll(one => one.UserId).Distinct().ToList();
        var held = await gradebooks.Hold(course, users, ct);
        // Where several people mark, a moderator decides.
        if (held.Course?.Find(id) is not { SeveralMarkers: false } assignment) return;
        var otherwise = await marks.ScoredOtherwise(id, users, ct);
        var closed = await periods.Over(held, ct);
        var asked = new List<AskedChange>();
        foreach (var one in totals.OrderByDescending(one => one.SubmissionId.Value).DistinctBy(one => one.UserId))
        {
            if (one.Total is not { } total || !held.Learners.TryGetValue(one.UserId, out var learner)) continue;
            var grade = learner.GradeOn(id);
            if (!Follows(grade, otherwise.Contains(learner.UserId)) || StandsAt(grade, one.SubmissionId) == total) continue;
            if (assignment.AttemptsKept is AttemptsKept.Latest && learner.LatestOn(id)?.SubmissionId != one.SubmissionId) continue;
            if (assignment.RefusesScore(total) is not null || closed.Refuses(id, learner.UserId) is not null) continue;
            asked.Add(new(id, learner.UserId, new GradeChange
            {
                Score = total, Version = grade.Version, SubmissionId = one.SubmissionId, FollowsMarks = true, OnlyThisLearner = true,
                Reason = reason, Source = actor.Kind is ActorKind.System ? GradeSource.Automatic : null,
            }));
        }

        if (asked.Count == 0) return;
        // Rows are held and what could be refused was left out, so anything else is a mistake of the program.
        if ((await recorder.Record(course, asked, reason, ct)).Result is not Ok<RecordedGrades>)
            throw new InvalidOperationException($"The marks of assignment {id.Value} could not be recorded as grades.");
    }

    private static decimal? StandsAt(Grade grade, SubmissionId attempt) =>
        grade.AttemptScores?.Of(attempt) ?? (grade.SubmissionId == attempt && !grade.ScoreIsAutomatic ? grade.EnteredScore : null);

    private static bool Follows(Grade grade, bool otherwise) => grade.Status is not WorkStatus.Excused
        && (grade.EnteredScore is null || grade.ScoreIsAutomatic || !otherwise);
}
