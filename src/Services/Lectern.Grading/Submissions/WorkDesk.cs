using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.GroupSubmissions;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Grading.RevisionRequests;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Takes work in: rules, receipts, the gradebook's cells and the queue of graders in one transaction.</summary>
internal sealed class WorkDesk(
    TenantDb db, Actor actor, GradebookStore gradebooks, SubmissionStore submissions, DraftStore drafts, GroupWorkStore groups,
    RevisionStore revisions, StoredFiles stored, QuestionStore questions, GradeStore grades)
{
    /// <summary>Whether this could be handed in, asked before anything is stored.</summary>
    public async Task<(Assignment? Assignment, Refusal? Refusal)> Look(CourseId course, AssignmentId id, WorkForm? form, int files,
        CancellationToken ct)
    {
        var read = await gradebooks.Read(course, [actor.Person], ct);
        if (read.Course?.Find(id) is not { IsPublished: true } assignment
            || !read.Learners.TryGetValue(actor.Person, out var learner)) return default;
        var group = await GroupOn(assignment, ct);
        return (assignment, await Refused(read.Course, learner, assignment, group, ct) ?? form?.RefusedBy(assignment, files));
    }

    /// <summary>Where the draft stands of who asks.</summary>
    public async Task<DraftPlace> PlaceOf(Assignment assignment, CancellationToken ct) =>
        new(assignment.AssignmentId, actor.Person, (await GroupOn(assignment, ct))?.GroupId);

    /// <summary>One's own files, and those that stand in the group's draft or in what it handed in last.</summary>
    public async Task<(List<FileLink> Files, Refusal? Refusal)> Files(DraftPlace place, FileId[] ids, CancellationToken ct)
    {
        var purpose = StartUpload.PurposeOf(place.Assignment);
        var files = await stored.Find(ids, ct, purpose, actor.Person);
        var others = ids.Except(files.Select(file => file.FileId)).ToList();
        if (others.Count > 0 && place.Group is not null)
        {
            var shared = (await drafts.Find(place, ct))?.FileIds.AsEnumerable() ?? [];
            shared = shared.Concat(await submissions.LatestFiles(place.Assignment, actor.Person, ct));
            files.AddRange(await stored.Find([.. others.Intersect(shared)], ct, purpose));
        }

        return files.Count < ids.Distinct().Count()
            ? (files, new Refusal(
                "unknown_file", "Some of these files are not stored, not yours, or not for this assignment.", "file_ids"))
            : (files, null);
    }

    /// <summary>
    /// Hands work in, for everybody in the group. The same work as their latest attempt is that attempt: a double click, a repeated
    /// request, another member who pressed at the same moment.
    /// </summary>
    public async Task<(Submission? Taken, bool Again, Refusal? Refusal)> Take(
        Assignment looked, WorkForm form, IReadOnlyList<FileLink> files, CancellationToken ct)
    {
        var group = await GroupOn(looked, ct);
        var (course, id) = (looked.CourseId, looked.AssignmentId);
        // From here on the requests of a learner, or of a group, follow each other, so the number of the attempt is theirs alone.
        var held = await gradebooks.Hold(course, [.. MembersOf(group)], ct);
        if (held.Course?.Find(id) is not { IsPublished: true } assignment
            || !held.Learners.TryGetValue(actor.Person, out var learner)) return default;
        if (form.RefusedBy(assignment, files.Count) is { } wrong) return (null, false, wrong);
        if (form.HasAnswers && await questions.Refuses(id, form.Answers!, ct) is { } other) return (null, false, other);
        var content = Fingerprint.OfContent(form.TypeWith(files.Count), form, files);
        var makers = held.Learners.Values.Where(one => one == learner || DatesOf(held.Course, one, assignment).Assigned)
            .OrderBy(one => one.UserId.Value).ToList();
        var latest = await submissions.Latest(course, id, actor.Person, ct);
        if (latest is not null && latest.ContentSha256.AsSpan().SequenceEqual(content) && IsOf(makers, latest))
            return (latest, true, null);
        if (await Refused(held.Course, learner, assignment, group, ct) is { } refusal) return (null, false, refusal);

        GroupSubmissionId? together = group is null ? null : await groups.Add(course, id, group, actor.Person, ct);
        var taken = await submissions.Add(makers.ConvertAll(
            one => Attempt(held.Course, one, assignment, form, files, content) with { GroupSubmissionId = together }), ct);
        foreach (var (maker, attempt) in makers.Zip(taken)) HandedIn(maker, attempt);
        if (form.HasAnswers) JudgeAtCommit(taken);
        NoLongerMissing(assignment, makers);
        drafts.DropAtCommit(new(id, actor.Person, group?.GroupId));
        gradebooks.FoldAtCommit(held.Course, makers);
        return (taken.Single(attempt => attempt.UserId == actor.Person), false, null);
    }

    // With the commit: what is taken in is judged, whatever fails afterwards.
    private void JudgeAtCommit(List<Submission> taken) => db.Enqueue(
        new MarkAnswers(taken[0].CourseId, taken[0].AssignmentId, [.. taken.Select(attempt => attempt.SubmissionId)]),
        MarkAnswers.Options(db.Tenant, taken[0].AssignmentId, taken[0].UserId));

    // "Missing" was said of work that was not there; now that it is, the dates say what it is.
    private void NoLongerMissing(Assignment assignment, List<LearnerWork> makers)
    {
        var id = assignment.AssignmentId;
        var called = makers.FindAll(maker => maker.GradeOn(id).Status is WorkStatus.Missing);
        foreach (var maker in called) maker.Put(maker.GradeOn(id).ByRule(WorkStatus.Computed, assignment, db.Now));
        grades.AppendAtCommit(
            assignment.CourseId, called.ConvertAll(maker => new NewEntry(maker.GradeOn(id), EntryKind.Status, Reason: "handed in")));
    }

    private void HandedIn(LearnerWork maker, Submission attempt)
    {
        maker.Put(new HandedIn(
            attempt.AssignmentId, maker.UserId, attempt.SubmissionId, attempt.Attempt, attempt.SubmittedAt, attempt.GroupSubmissionId));
        revisions.AnsweredAtCommit(attempt.CourseId, attempt.AssignmentId, maker.UserId);
        db.Raise(new WorkSubmitted(
            attempt.SubmissionId, attempt.AssignmentId, attempt.CourseId, maker.UserId, attempt.Attempt, attempt.SubmittedAt,
            attempt.Late, actor.Person));
    }

    /// <summary>Whether it was made by just these: somebody who came into the group since has no part in it yet.</summary>
    private static bool IsOf(List<LearnerWork> makers, Submission latest) => makers.TrueForAll(one =>
        one.UserId == latest.UserId || (latest.GroupSubmissionId is { } work
            && one.LatestOn(latest.AssignmentId)?.GroupSubmissionId == work));

    private async Task<WorkGroup?> GroupOn(Assignment assignment, CancellationToken ct) =>
        assignment.IsGroupWork ? await groups.Of(assignment.AssignmentId, actor.Person, ct) : null;

    private IEnumerable<UserId> MembersOf(WorkGroup? group) =>
        (group?.Members.Select(mate => mate.UserId) ?? []).Append(actor.Person).Distinct();

    private static WorkDates DatesOf(CourseStructure course, LearnerWork learner, Assignment assignment) =>
        course.DatesFor(assignment, learner.UserId, learner.Sections);

    /// <summary>By the dates of who hands in, and by how often the group has done so.</summary>
    private async Task<Refusal?> Refused(
        CourseStructure course, LearnerWork learner, Assignment assignment, WorkGroup? group, CancellationToken ct)
    {
        if (DatesOf(course, learner, assignment).RefusesAt(db.Now) is { } closed) return closed;
        var own = learner.LatestOn(assignment.AssignmentId)?.Attempt;
        var made = group is null ? own ?? 0 : await groups.HandIns(assignment.AssignmentId, group.GroupId, ct);
        if (!(made >= assignment.AttemptsAllowed)) return null;
        // One that was given back may be answered once.
        return (await revisions.Newest(assignment.AssignmentId, actor.Person, ct)) is { } newest && newest.Attempt == own
            ? null
            : new Refusal("attempts_used_up", $"All {assignment.AttemptsAllowed} attempts have been used.");
    }

    /// <summary>A maker's own attempt: late by their own date, with a number and a receipt of their own.</summary>
    private Submission Attempt(
        CourseStructure course, LearnerWork maker, Assignment assignment, WorkForm form, IReadOnlyList<FileLink> files, byte[] content)
    {
        var attempt = (maker.LatestOn(assignment.AssignmentId)?.Attempt ?? 0) + 1;
        var due = DatesOf(course, maker, assignment).DueAt + course.PassTime(maker, assignment);
        // To the millisecond, as the receipt says it; a receipt can be checked against the row for ever.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(db.Now.ToUnixTimeMilliseconds());
        var late = due is { } dueAt && now > dueAt ? (long)Math.Ceiling((now - dueAt).TotalSeconds) : 0;
        var receipt = Fingerprint.OfReceipt(
            new(db.Tenant, assignment.CourseId, assignment.AssignmentId, maker.UserId, attempt, now), content);
        return new Submission(
            default, assignment.CourseId, assignment.AssignmentId, maker.UserId, attempt, form.TypeWith(files.Count), form.HasText
                ? form.BodyText : null,
            form.HasUrl ? form.Url!.Trim() : null, [.. files.Select(file => file.FileId)], now, due, late > 0, late,
            $"{assignment.AssignmentId.Value}-{maker.UserId.Value}-{attempt}", receipt, content,
            Answers: form.HasAnswers ? form.Answers : null);
    }
}
