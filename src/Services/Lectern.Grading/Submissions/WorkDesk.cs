using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.RevisionRequests;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;

namespace Lectern.Grading.Submissions;

/// <summary>Takes work in: rules, receipt, the gradebook's cell and the queue of graders in one transaction.</summary>
internal sealed class WorkDesk(
    TenantDb db, Actor actor, GradebookStore gradebooks, SubmissionStore submissions, RevisionStore revisions)
{
    /// <summary>Whether this could be handed in, asked before anything is stored.</summary>
    public async Task<(Assignment? Assignment, Refusal? Refusal)> Look(CourseId course, AssignmentId id, WorkForm? form, int files,
        CancellationToken ct)
    {
        var read = await gradebooks.Read(course, [actor.Person], ct);
        if (read.Course?.Find(id) is not { IsPublished: true } assignment
            || !read.Learners.TryGetValue(actor.Person, out var learner)) return default;
        return (assignment, await Refused(read.Course, learner, assignment, ct) ?? form?.RefusedBy(assignment, files));
    }

    /// <summary>Hands work in. The same work as the latest attempt is that attempt: a double click, a repeated request.</summary>
    public async Task<(Submission? Taken, bool Again, Refusal? Refusal)> Take(
        CourseId course, AssignmentId id, WorkForm form, IReadOnlyList<FileLink> files, CancellationToken ct)
    {
        // From here on one learner's requests follow each other, so the number of the attempt is theirs alone.
        var held = await gradebooks.Hold(course, [actor.Person], ct);
        if (held.Course?.Find(id) is not { IsPublished: true } assignment
            || !held.Learners.TryGetValue(actor.Person, out var learner)) return default;
        if (form.RefusedBy(assignment, files.Count) is { } wrong) return (null, false, wrong);
        var content = Fingerprint.OfContent(form.TypeWith(files.Count), form, files);
        var latest = await submissions.Latest(course, id, actor.Person, ct);
        if (latest is not null && latest.ContentSha256.AsSpan().SequenceEqual(content)) return (latest, true, null);
        if (await Refused(held.Course, learner, assignment, ct) is { } refusal) return (null, false, refusal);

        var taken = Attempt(held.Course, learner, assignment, form, files, content);
        taken = taken with { SubmissionId = await submissions.Add(taken, ct) };
        learner.Put(new HandedIn(id, actor.Person, taken.SubmissionId, taken.Attempt, taken.SubmittedAt));
        submissions.DropDraftAtCommit(id, actor.Person);
        revisions.AnsweredAtCommit(course, id, actor.Person);
        db.Raise(new WorkSubmitted(taken.SubmissionId, id, course, actor.Person, taken.Attempt, taken.SubmittedAt, taken.Late));
        gradebooks.FoldAtCommit(held.Course, [learner]);
        return (taken, false, null);
    }

    private async Task<Refusal?> Refused(CourseStructure course, LearnerWork learner, Assignment assignment, CancellationToken ct)
    {
        if (course.DatesFor(assignment, actor.Person, learner.Sections).RefusesAt(db.Now) is { } closed) return closed;
        var attempts = learner.LatestOn(assignment.AssignmentId)?.Attempt;
        if (attempts is null || !(attempts >= assignment.AttemptsAllowed)) return null;
        // One that was given back may be answered once.
        return (await revisions.Newest(assignment.AssignmentId, actor.Person, ct))?.Attempt == attempts
            ? null
            : new Refusal("attempts_used_up", $"All {assignment.AttemptsAllowed} attempts have been used.");
    }

    private Submission Attempt(
        CourseStructure course, LearnerWork learner, Assignment assignment, WorkForm form, IReadOnlyList<FileLink> files, byte[] content)
    {
        var attempt = (learner.LatestOn(assignment.AssignmentId)?.Attempt ?? 0) + 1;
        var due = course.DatesFor(assignment, actor.Person, learner.Sections).DueAt + course.PassTime(learner, assignment);
        // To the millisecond, as the receipt says it; a receipt can be checked against the row for ever.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(db.Now.ToUnixTimeMilliseconds());
        var late = due is { } dueAt && now > dueAt ? (long)Math.Ceiling((now - dueAt).TotalSeconds) : 0;
        var receipt = Fingerprint.OfReceipt(
            new(db.Tenant, assignment.CourseId, assignment.AssignmentId, actor.Person, attempt, now), content);
        return new Submission(
            default, assignment.CourseId, assignment.AssignmentId, actor.Person, attempt, form.TypeWith(files.Count), form.HasText
                ? form.BodyText : null,
            form.HasUrl ? form.Url!.Trim() : null, [.. files.Select(file => file.FileId)], now, due, late > 0, late,
            $"{assignment.AssignmentId.Value}-{actor.Person.Value}-{attempt}", receipt, content);
    }
}
