using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Labels;
using Lectern.Grading.Rubrics;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Grades;

/// <summary>Changes one grade or many: ledger, grades, rows, totals, counter, audit and events in one transaction.</summary>
internal sealed class GradeRecorder(
    TenantDb db, Actor actor, GradebookStore gradebooks, GradeStore grades, CommentStore comments, RubricStore rubrics,
    AnonymityStore anonymity, GroupGrades groups, PeriodLock periods, LabelStore labels)
{
    private IReadOnlyDictionary<AssignmentId, Pseudonyms> hidden = new Dictionary<AssignmentId, Pseudonyms>();

    /// <summary>One grade; what cannot be done is answered for itself.</summary>
    public async Task<Results<Ok<RecordedGrade>, NotFound, ProblemHttpResult>> Record(
        CourseId courseId, AssignmentId assignmentId, UserId learnerId, GradeChange change, CancellationToken ct)
    {
        var (course, judged, others) = await Judge(courseId, [new(assignmentId, learnerId, change)], ct);
        var one = judged[0];
        switch (one.Verdict)
        {
            case Verdict.Unknown: return TypedResults.NotFound();
            case Verdict.Refused: return one.Refusal!.ToProblem();
            case Verdict.Conflicting:
                return (await GradeConflict.Of(judged, grades, ct))[0].ToProblem();
            default:
                judged.AddRange(others);
                // As they stood: saving puts the new grades in their place.
                var before = judged.ConvertAll(each => each.Current);
                var saved = Save(course!, judged);
                foreach (var (each, was) in judged.Zip(before))
                {
                    if (each is { Verdict: Verdict.Accepted, Change.SaysGrade: true }) Audit(was, each.Current, change.Reason);
                }

                saved[0].Also = [.. saved.Skip(1)];
                return TypedResults.Ok(saved[0]);
        }
    }

    /// <summary>Many grades of a course, all of them or none.</summary>
    public async Task<Results<Ok<RecordedGrades>, ProblemHttpResult>> Record(
        CourseId courseId, IReadOnlyList<AskedChange> asked, string? reason, CancellationToken ct)
    {
        var (course, judged, others) = await Judge(courseId, asked, ct);
        if (RefusedGrades.Of(judged) is { } refused) return refused;
        if (judged.Any(one => one.Verdict is Verdict.Conflicting))
            return GradeConflict.ToProblem((await GradeConflict.Of(judged, grades, ct)).ConvertAll(one => one.Under(hidden)));
        judged.AddRange(others);
        var changed = judged.Where(one => one is { Verdict: Verdict.Accepted, Change.SaysGrade: true }).ToList();
        var saved = Save(course!, judged);
        if (changed.Count > 0) db.Audit(GradingAudit.GradesRecorded, $"course:{courseId.Value}", new
        {
            count = changed.Count, learners = changed.DistinctBy(one => one.Asked.UserId).Count(),
            assignments = changed.Select(one => one.Asked.AssignmentId).Distinct(), source = changed[0].Change.Source ?? Source,
            kinds = changed.CountBy(one => one.Change.Kind).Select(of => new { kind = of.Key, count = of.Value }), reason,
        });
        return TypedResults.Ok(new RecordedGrades([.. saved.Take(asked.Count)], [.. saved.Skip(asked.Count)]));
    }

    /// <summary>What was asked for, and what it means for others who made the same work.</summary>
    private async Task<(CourseStructure? Course, List<JudgedChange> Judged, List<JudgedChange> Others)> Judge(
        CourseId courseId, IReadOnlyList<AskedChange> asked, CancellationToken ct)
    {
        var together = await groups.With(courseId, asked, ct);
        // All at once, because rows are held in the order of users.
        var held = await gradebooks.Hold(
            courseId, [.. asked.Select(one => one.UserId).Concat(together.Select(one => one.MateId)).Distinct()], ct);
        await FindEarlier(asked, ct);
        await FindRubrics(asked, ct);
        await FindLabels(courseId, asked, ct);
        if (held.Course?.HidesNames is true)
            hidden = await anonymity.Among([.. asked.Select(one => one.AssignmentId).Distinct()], ct);
        var closed = await periods.Over(held, ct);
        var judged = asked.Select(one => JudgedChange.Of(one, held, closed, actor.UserId)).ToList();
        return (held.Course, judged, [.. GroupGrades.Spread(judged, together, held, closed, actor.UserId)]);
    }

    private async Task FindEarlier(IReadOnlyList<AskedChange> asked, CancellationToken ct)
    {
        var wanted = asked.Where(one => one.Change.Restore is not null).ToList();
        if (wanted.Count == 0) return;
        var versions = wanted.SelectMany(one => new[] { one.Change.Restore ?? 0, one.Change.Version ?? 0 }
            .Where(version => version > 0).Select(version => (one.AssignmentId, one.UserId, version)));
        var entries = (await grades.Entries([.. versions.Distinct()], ct))
            .ToDictionary(entry => (entry.AssignmentId, entry.UserId, entry.Version));
        foreach (var one in wanted)
        {
            one.Change.Earlier = entries.GetValueOrDefault((one.AssignmentId, one.UserId, one.Change.Restore ?? 0));
            one.Change.Seen = entries.GetValueOrDefault((one.AssignmentId, one.UserId, one.Change.Version ?? 0));
        }
    }

    private async Task FindRubrics(IReadOnlyList<AskedChange> asked, CancellationToken ct)
    {
        var wanted = asked.Where(one => one.Change.RubricData is not null).ToList();
        if (wanted.Count == 0) return;
        var attached = await rubrics.Among([.. wanted.Select(one => one.AssignmentId).Distinct()], ct);
        foreach (var one in wanted) one.Change.HasRubric = attached.Contains(one.AssignmentId);
    }

    private async Task FindLabels(CourseId course, IReadOnlyList<AskedChange> asked, CancellationToken ct)
    {
        var wanted = asked.Where(one => one.Change.HasLabel).ToList();
        if (wanted.Count == 0) return;
        var called = (await labels.Find(course, ct)).Labels;
        foreach (var one in wanted) one.Change.Labels = called;
    }

    /// <summary>Does what was accepted, and answers every grade as it then stands, in the order asked.</summary>
    private List<RecordedGrade> Save(CourseStructure course, List<JudgedChange> judged)
    {
        var accepted = judged.Where(one => one.Verdict is Verdict.Accepted).ToList();
        var changed = accepted.Where(one => one.Change.SaysGrade).ToList();
        var entries = changed.ConvertAll(Enter);
        // In user order, like everything that holds rows.
        var learners = changed.Select(one => one.Learner).DistinctBy(learner => learner.UserId).OrderBy(one => one.UserId.Value).ToList();
        var folded = learners.ConvertAll(learner => GradebookProjection.Fold(course, learner));
        // What the fold took off for lateness is answered with the grade.
        foreach (var (learner, fold) in learners.Zip(folded)) fold.Rescored.ToList().ForEach(learner.Put);
        var rows = judged.Select(one => one.Learner.Row).Concat(folded.Select(one => one.Row))
            .GroupBy(row => row.UserId).ToDictionary(of => of.Key, of => of.Last());
        var answers = judged.ConvertAll(one => new RecordedGrade { GradeId = one.Current.GradeId, CourseVersion = course.Head.Version }
            .Fill(one.Current, rows[one.Asked.UserId], one.Assignment));
        var byPlace = answers.ToLookup(answer => (answer.AssignmentId, answer.UserId));
        foreach (var answer in answers) answer.Under(hidden.GetValueOrDefault(answer.AssignmentId));
        grades.AppendAtCommit(course.Head.CourseId, entries, place =>
        {
            foreach (var answer in byPlace[(place.AssignmentId, place.UserId)]) answer.GradeId = place.GradeId;
        });
        var remarked = accepted.Where(one => !string.IsNullOrWhiteSpace(one.Change.Comment));
        comments.AddAtCommit(course.Head.CourseId, [.. remarked.Select(Remark)]);
        db.RaiseAll(changed.ConvertAll(one => new GradeRecorded(
            one.Asked.AssignmentId, course.Head.CourseId, one.Asked.UserId,
            Scaled.ToDecimal(rows[one.Asked.UserId].Cell(one.Assignment.Slot)), one.Current.PostedAt is not null)));
        gradebooks.WriteAtCommit(course, learners, folded, version => answers.ForEach(answer => answer.CourseVersion = version));
        return answers;
    }

    private NewEntry Enter(JudgedChange one)
    {
        var latest = one.Learner.LatestOn(one.Asked.AssignmentId)?.SubmissionId;
        var grade = one.Change.ApplyTo(one.Current, one.Assignment, latest, actor.UserId, one.Change.Source ?? Source, db.Now);
        var entry = one.Change.ToEntry(grade);
        one.Learner.Put(entry);
        return entry;
    }

    private static NewRemark Remark(JudgedChange one) => new(
        one.Asked.AssignmentId, one.Asked.UserId,
        one.Change.SubmissionId ?? one.Learner.LatestOn(one.Asked.AssignmentId)?.SubmissionId, one.Change.Comment!.Trim(),
        one.Change.CommentAtOnce, !one.Change.CommentAtOnce && GradebookProjection.KeepsRemarks(one.Assignment, one.Current));

    private void Audit(Grade before, Grade after, string? reason) =>
        db.Audit(GradingAudit.GradeRecorded, $"grade:{after.AssignmentId.Value}:{after.UserId.Value}", new
        {
            from = before.EnteredScore, to = after.EnteredScore, status_from = before.Status, status_to = after.Status, source = Source,
            reason,
        });

    private GradeSource Source => actor.Kind is ActorKind.Person ? GradeSource.Person : GradeSource.Api;
}
