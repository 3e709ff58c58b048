using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// What stands still because its grading period is closed. Who may change a closed period is not held up by it; the program itself may
/// not, at whoever's request it works in the background.
/// </summary>
internal sealed class PeriodLock(TenantDb db, Actor actor, Access access, GradebookStore gradebooks)
{
    public async Task<ClosedWork> Over(HeldLearners held, CancellationToken ct)
    {
        if (held.Course is not { } course || course.Head.Policy.Periods.All(period => !period.IsClosed(db.Now))) return ClosedWork.None;
        var may = actor.Kind is not ActorKind.System
            && await access.May(GradingPermission.ChangeClosedPeriods, Scope.Of("course", course.Head.CourseId.Value), ct);
        return may ? ClosedWork.None : new ClosedWork(held, db.Now);
    }

    /// <summary>The same for who holds nothing; without closed periods nobody is read.</summary>
    public async Task<ClosedWork> Over(CourseStructure course, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        course.Head.Policy.Periods.Any(period => period.IsClosed(db.Now))
            ? await Over(await gradebooks.Read(course.Head.CourseId, users, ct), ct)
            : ClosedWork.None;
}

/// <summary>The work of these learners that belongs to closed periods, each by the learner's own due date.</summary>
internal sealed class ClosedWork(HeldLearners held, DateTimeOffset now)
{
    public static ClosedWork None { get; } = new(new HeldLearners(null, new Dictionary<UserId, LearnerWork>()), default);

    /// <summary>Why this grade stays as it is; null when it may be changed.</summary>
    public Refusal? Refuses(AssignmentId id, UserId user)
    {
        if (held.Course is not { } course || course.Find(id) is not { } assignment) return null;
        if (!held.Learners.TryGetValue(user, out var learner)) return null;
        var dueAt = course.DatesFor(assignment, user, learner.Sections).DueAt;
        return course.Policy.PeriodOf(dueAt) is { } period ? Refuses(period.PeriodId) : null;
    }

    /// <summary>Why the final grade of this period stays as it is.</summary>
    public Refusal? Refuses(long periodId) =>
        held.Course?.Head.Policy.Periods.FirstOrDefault(period => period.PeriodId == periodId && period.IsClosed(now)) is { } closed
            ? new Refusal("period_closed", $"{closed.Name} is closed. Its grades are changed by an administrator.")
            : null;
}
