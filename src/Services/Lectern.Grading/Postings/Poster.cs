using Lectern.Platform.Access;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Postings;

/// <summary>
/// Shows grades to learners or hides them, and takes it back: some hundred learners in one transaction, then a job for the next.
/// </summary>
internal sealed class Poster(TenantDb db, Actor actor, GradebookStore gradebooks, PostingStore postings, AnonymityStore anonymity)
{
    private const int LearnersAtOnce = 500;

    /// <summary>
    /// Begins: the first learners now, further ones by jobs that follow. Nobody is told before it can no longer be undone.
    /// </summary>
    public async Task<PostingStep> Begin(Assignment assignment, PostingAudience audience, CancellationToken ct)
    {
        var posting = await postings.Add(assignment, audience, ct);
        var step = await Step(posting, default, ct);
        ChangePolicyAtCommit(step.Posting, posting.PolicyBefore, posting.PolicyAfter);
        if (assignment.Anonymous && posting.Kind is PostingKind.Post) Unmask(posting);
        if (posting.Kind is PostingKind.Post)
            db.Enqueue(new SendPostingNotices(posting.PostingId, default), new JobOptions { RunAt = posting.NoticesAt });
        db.Audit(GradingAudit.PostingChanged, $"assignment:{assignment.AssignmentId.Value}", new
        {
            posting = posting.PostingId, posting.Kind, posting.OnlyGraded, posting.SectionIds, step.Posting.Grades,
            policy = posting.PolicyAfter,
        });
        return step;
    }

    /// <summary>Takes back what it did, and the policy it set. The caller holds it and has seen that it may.</summary>
    public async Task<PostingStep> Undo(Posting posting, CancellationToken ct)
    {
        var step = await Step(posting with { UndoneAt = db.Now, FinishedAt = null }, default, ct);
        var before = posting.PolicyBefore;
        // An instant that has passed would say that grades show which do not.
        if (before.PostsAt <= db.Now) before = before with { PostsAt = null };
        ChangePolicyAtCommit(step.Posting, posting.PolicyAfter, before);
        db.Audit(GradingAudit.PostingChanged, $"assignment:{posting.AssignmentId.Value}", new { undone = posting.PostingId });
        return step;
    }

    /// <summary>One step of a posting, or of its undo, with the learners after the one named. The caller holds it.</summary>
    public async Task<PostingStep> Step(Posting posting, UserId after, CancellationToken ct)
    {
        var undo = posting.UndoneAt is not null;
        var users = undo
            ? await postings.Touched(posting, after, LearnersAtOnce, ct)
            : await postings.Audience(posting, after, LearnersAtOnce, ct);
        var held = await gradebooks.Hold(posting.CourseId, users, ct);
        var changed = undo ? await Restored(posting, held, ct) : Changed(posting, held);
        var more = users.Count == LearnersAtOnce;
        posting = posting with
        {
            Grades = undo ? posting.Grades : posting.Grades + changed.Count, FinishedAt = more ? null : db.Now,
        };
        Write(posting, held, changed);
        JobId? next = more ? Enqueue(new ContinuePosting(posting.PostingId, users[^1], undo)) : null;
        if (!more && posting.PolicyAfter != posting.PolicyBefore)
            Enqueue(new ContinuePosting(posting.PostingId, default, undo, Sweep: true));
        db.Raise(new PostingChanged(posting.AssignmentId, posting.CourseId));
        return new PostingStep(posting, changed.Count, next);
    }

    /// <summary>
    /// Looks after those who were grading when the policy changed: they decided by the one of before, and hold their learners' rows until
    /// they are done. So every row is taken hold of once more. What a later posting showed stays, and so does everything when the policy
    /// has been changed again.
    /// </summary>
    public async Task<int> Sweep(Posting posting, UserId after, CancellationToken ct)
    {
        var undo = posting.UndoneAt is not null;
        var users = await postings.Meant(posting, after, LearnersAtOnce, ct);
        var held = await gradebooks.Hold(posting.CourseId, users, ct);
        var policy = undo ? posting.PolicyBefore : posting.PolicyAfter;
        if (held.Course?.Find(posting.AssignmentId)?.PostsManually != policy.PostsManually) return 0;
        if (users.Count == LearnersAtOnce) Enqueue(new ContinuePosting(posting.PostingId, users[^1], undo, Sweep: true));
        var changed = undo ? await GradedSince(posting, held, ct) : await Missed(posting, held, ct);
        if (changed.Count == 0) return 0;
        Write(undo ? posting : posting with { Grades = posting.Grades + changed.Count }, held, changed);
        db.Raise(new PostingChanged(posting.AssignmentId, posting.CourseId));
        return changed.Count;
    }

    private async Task<List<(Grade Before, Grade After)>> Missed(Posting posting, HeldLearners held, CancellationToken ct)
    {
        var later = await postings.LaterPosts(posting, ct);
        return Changed(posting, held).FindAll(grade => posting.Kind is PostingKind.Hide
            ? !later.Contains(grade.Before.PostedAt!.Value)
            : grade.Before.IsRecorded && grade.Before.SaysSomething);
    }

    /// <summary>
    /// After an undo: what was graded while the posting stood was shown or hidden by its policy, and becomes what it would have been
    /// without. What a person hid before, or showed since, stays.
    /// </summary>
    private async Task<List<(Grade Before, Grade After)>> GradedSince(Posting posting, HeldLearners held, CancellationToken ct)
    {
        var show = posting.Kind is PostingKind.Hide;
        var later = await postings.LaterPosts(posting, ct);
        var known = show ? await postings.GradedBefore(posting, [.. held.Learners.Keys], ct) : [];
        return (
            from learner in held.Learners.Values
            let grade = learner.GradeOn(posting.AssignmentId)
            where show
                ? grade.PostedAt is null && grade.IsRecorded && grade.SaysSomething && !known.Contains(learner.UserId)
                : grade.PostedAt > posting.At && !later.Contains(grade.PostedAt.Value)
            orderby learner.UserId.Value
            select (grade, grade with { PostedAt = show ? db.Now : null, Version = grade.Version + 1 })).ToList();
    }

    // Whose grades are shown to them may be known to who gave them. Behind the counter, like the policy.
    private void Unmask(Posting posting)
    {
        gradebooks.StructureChangedAtCommit(posting.CourseId, new(RecalculationCause.PostingChanged, posting.AssignmentId.Value));
        anonymity.LiftAtCommit(posting.AssignmentId, actor.UserId);
        db.Audit(GradingAudit.AnonymityLifted, $"assignment:{posting.AssignmentId.Value}", new { posting = posting.PostingId });
        db.Raise(new AnonymityLifted(posting.AssignmentId, posting.CourseId));
    }

    private JobId Enqueue(ContinuePosting job) => db.Enqueue(job, ContinuePosting.Options(db.Tenant, job.PostingId));

    private void Write(Posting posting, HeldLearners held, List<(Grade Before, Grade After)> changed)
    {
        postings.SaveAtCommit(posting);
        if (changed.Count == 0) return;
        foreach (var (_, after) in changed) held.Learners[after.UserId].Put(after);
        var undo = posting.UndoneAt is not null;
        postings.AppendAtCommit(posting, changed.ConvertAll(grade => grade.After), undo ? "undone" : null);
        if (!undo) postings.RememberAtCommit(posting, changed);
        gradebooks.FoldAtCommit(held.Course!, changed.ConvertAll(grade => held.Learners[grade.After.UserId]));
    }

    /// <summary>What it changes of the learners held: somebody may have been faster between looking and holding.</summary>
    private static List<(Grade Before, Grade After)> Changed(Posting posting, HeldLearners held) => (
        from learner in held.Learners.Values
        let grade = learner.GradeOn(posting.AssignmentId)
        where grade.PostedAt is null == (posting.Kind is PostingKind.Post)
        orderby learner.UserId.Value
        select (grade, grade with { PostedAt = posting.Sets, Version = grade.Version + 1 })).ToList();

    private async Task<List<(Grade Before, Grade After)>> Restored(Posting posting, HeldLearners held, CancellationToken ct)
    {
        var before = await postings.Before(posting, [.. held.Learners.Keys], ct);
        return (
            from stood in before
            orderby stood.UserId.Value
            let grade = held.Learners[stood.UserId].GradeOn(posting.AssignmentId)
            select (grade, grade with { PostedAt = stood.At, Version = grade.Version + 1 })).ToList();
    }

    // Behind everything that takes the counter: whoever changes an assignment has the counter first.
    private void ChangePolicyAtCommit(Posting posting, PostingPolicy from, PostingPolicy to)
    {
        if (from == to) return;
        gradebooks.StructureChangedAtCommit(posting.CourseId, new(RecalculationCause.PostingChanged, posting.AssignmentId.Value));
        postings.ChangePolicyAtCommit(posting.AssignmentId, from, to);
    }
}

/// <summary>How far a posting has come, how many grades the step changed, and the job that goes on with it.</summary>
internal sealed record PostingStep(Posting Posting, int Changed, JobId? Next);

/// <summary>Go on with a posting after the learner named, or with its undo, or with looking after it.</summary>
internal sealed record ContinuePosting(PostingId PostingId, UserId After, bool Undo = false, bool Sweep = false) : IJob
{
    /// <summary>Steps of one posting follow each other.</summary>
    public static JobOptions Options(TenantId tenant, PostingId posting) =>
        new() { Priority = JobPriority.Now, OrderKey = $"posting/{tenant}/{posting.Value}" };
}

/// <summary>Tell learners of grades they have been shown, from the learner after the one named on.</summary>
internal sealed record SendPostingNotices(PostingId PostingId, UserId After) : IJob;

/// <summary>Show an assignment's grades, if they are still to be shown at this instant.</summary>
internal sealed record PostOnSchedule(CourseId CourseId, AssignmentId AssignmentId, DateTimeOffset At) : IJob;
