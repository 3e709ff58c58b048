using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.KeyCorrections;

/// <summary>
/// Judges answers anew, or puts back what that did: some learners in user order, all of each in one transaction, then a job for the next.
/// Answers are judged, and programs run, before anything is held; what somebody marked meanwhile is left alone.
/// </summary>
internal sealed class CorrectMarksHandler(
    TenantDb db, Actor actor, GradebookStore gradebooks, GradeStore grades, AssessmentWriter writer, QuestionStore questions,
    QuestionMarkStore marks, MarkedScores scores, AnswerReview review, KeyCorrectionStore corrections) : IJobHandler<CorrectMarks>
{
    private const int LearnersAtOnce = 200;
    // A crash repeats the programs of so many.
    private const int LearnersWithPrograms = 5;

    public async Task<object?> Run(CorrectMarks job, JobProgress progress, CancellationToken ct)
    {
        if (await corrections.Find(job.KeyCorrectionId, ct) is not { } correction) return null;
        var last = correction.Status switch
        {
            CorrectionStatus.Applying => await Apply(correction, job.After, ct),
            CorrectionStatus.Undoing => await Undo(correction, job.After, ct),
            _ => null,
        };
        if (last is not null) db.Enqueue(job with { After = last }, CorrectMarks.Options(db.Tenant, correction.AssignmentId));
        else if (correction.Status is CorrectionStatus.Applying)
            await corrections.Turn(job.KeyCorrectionId, CorrectionStatus.Applying, CorrectionStatus.Applied, ct);
        else await corrections.Turn(job.KeyCorrectionId, CorrectionStatus.Undoing, CorrectionStatus.Undone, ct);
        return null;
    }

    /// <summary>Judges the next learners' answers; answers the last of them, or null when nobody is left.</summary>
    private async Task<UserId?> Apply(KeyCorrection correction, UserId? after, CancellationToken ct)
    {
        var (course, id) = (correction.CourseId, correction.AssignmentId);
        var wanted = (await questions.Versions(id, [correction.ToVersion], ct))[correction.ToVersion];
        var programs = wanted.Questions.Exists(question => question.Key.Code is not null);
        var users = await corrections.Answered(course, id, after, programs ? LearnersWithPrograms : LearnersAtOnce, ct);
        if (users.Count == 0) return null;
        var changes = (await review.Of(course, wanted, users, runs: true, ct)).Changes;
        var held = await gradebooks.Hold(course, [.. changes.Select(change => change.UserId).Distinct()], ct);
        var closed = new ClosedWork(held, db.Now);
        var given = await corrections.Give(
            correction, changes.FindAll(change => closed.Refuses(id, change.UserId) is null), ct);
        var recorded = await scores.Record(course, id, [.. given.Select(mark => mark.SubmissionId).Distinct()], Reason(correction), ct);
        await corrections.Remember(
            correction.KeyCorrectionId,
            [.. given.Select(mark => mark.UserId).Distinct().Select(
                user => new CorrectedLearner(user, recorded.TryGetValue(user, out var version) ? version : null))], ct);
        await corrections.Count(correction.KeyCorrectionId, given.Count, recorded.Count, 0, ct);
        return users[^1];
    }

    /// <summary>Puts back the next learners' marks and grades; answers the last of them, or null when nobody is left.</summary>
    private async Task<UserId?> Undo(KeyCorrection correction, UserId? after, CancellationToken ct)
    {
        var id = correction.AssignmentId;
        var done = await corrections.Next(correction.KeyCorrectionId, after, LearnersAtOnce, ct);
        if (done.Count == 0) return null;
        var users = done.ConvertAll(one => one.UserId);
        var held = await gradebooks.Hold(correction.CourseId, users, ct);
        var entries = (await grades.Entries(
            [.. done.Where(one => one.GradeVersion is not null)
                .SelectMany(one => new[] { one.GradeVersion!.Value - 1, one.GradeVersion.Value }.Select(at => (id, one.UserId, at)))], ct))
            .ToDictionary(entry => (entry.UserId, entry.Version));
        var left = await corrections.MarkedSince(correction, users, ct);
        var otherwise = await marks.ScoredOtherwise(id, users, ct);
        var totals = (await marks.Totals(await corrections.Moved(correction.KeyCorrectionId, users, ct), ct))
            .ToLookup(total => total.UserId);
        var closed = new ClosedWork(held, db.Now);
        var changes = new List<AssessedChange>();
        foreach (var one in done.Where(one => !left.Contains(one.UserId)))
        {
            var learner = held.Learners.GetValueOrDefault(one.UserId);
            var others = otherwise.Contains(one.UserId);
            if (closed.Refuses(id, one.UserId) is not null) left.Add(one.UserId);
            else if (one.GradeVersion is not { } version)
            {
                if (learner is not null && !others && Follows(learner.GradeOn(id), totals[one.UserId])) left.Add(one.UserId);
            }
            else if (held.Course?.Find(id) is not { } assignment || learner is null || others
                || !Says(learner.GradeOn(id), entries[(one.UserId, version)])) left.Add(one.UserId);
            else changes.Add(new(learner, assignment, new NewEntry(
                Before(learner.GradeOn(id), entries.GetValueOrDefault((one.UserId, version - 1))), EntryKind.Marks,
                Reason: $"{Reason(correction)}, undone")));
        }

        await corrections.PutBack(correction.KeyCorrectionId, users.FindAll(user => !left.Contains(user)), ct);
        await corrections.Keep(correction.KeyCorrectionId, left, ct);
        await corrections.Count(correction.KeyCorrectionId, 0, 0, left.Count, ct);
        if (held.Course is not null && changes.Count > 0) writer.Write(held.Course, changes);
        return users[^1];
    }

    /// <summary>Whether a grade that the correction did not make was made since, of marks that would be others again.</summary>
    private static bool Follows(Grade current, IEnumerable<MarkTotal> moved) =>
        moved.Any(one => one.Total is { } total && MarkedScores.StandsAt(current, one.SubmissionId) == total);

    /// <summary>Whether a grade is still what the correction made of it, seen by its learner or not.</summary>
    private static bool Says(Grade current, GradeEntry made) =>
        (current.EnteredScore, current.AttemptScores, current.SubmissionId, current.Status, current.SecondsLate, current.Label)
        == (made.EnteredScore, made.AttemptScores, made.SubmissionId, made.Status, made.SecondsLate, made.Label);

    private Grade Before(Grade current, GradeEntry? before) => current with
    {
        EnteredScore = before?.EnteredScore, ScoreIsAutomatic = before?.ScoreIsAutomatic ?? false,
        PendingReview = before?.PendingReview ?? false, SubmissionId = before?.SubmissionId, AttemptScores = before?.AttemptScores,
        // What the first score showed is hidden with it; what somebody posted or hid since stays so.
        PostedAt = before?.EnteredScore is null ? before?.PostedAt : current.PostedAt,
        GraderId = actor.UserId, Source = GradeSource.Automatic, GradedAt = db.Now, Version = current.Version + 1,
        SaidVersion = current.Version + 1,
    };

    private static string Reason(KeyCorrection correction) => $"questions corrected to version {correction.ToVersion}";
}
