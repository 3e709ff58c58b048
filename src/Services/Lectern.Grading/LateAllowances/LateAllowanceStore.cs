using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.LateAllowances;

/// <summary>What learners were allowed beside the late policy; only ever added to.</summary>
internal sealed class LateAllowanceStore(TenantDb db, Actor actor, MissingMarker marker)
{
    /// <summary>Everything one learner was allowed, the newest first.</summary>
    public Task<List<AllowanceEntry>> History(CourseId course, UserId learner, CancellationToken ct) => db.Query<AllowanceEntry>($"""
        SELECT a.version, a.allowance, a.actor_id,
            (SELECT p.name FROM people p WHERE p.tenant_id = a.tenant_id AND p.user_id = a.actor_id) AS actor_name, a.reason, a.at
        FROM late_allowances a
        WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.user_id = {learner} ORDER BY a.version DESC
        """, ct);

    /// <summary>What stood for these learners at an instant, or stands; who never had any is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<UserId, LateAllowance>> Standing(
        CourseId course, IReadOnlyCollection<UserId> learners, DateTimeOffset? asOf, CancellationToken ct)
    {
        var newest = await db.Query<Newest>($"""
            SELECT DISTINCT ON (a.user_id) a.user_id, a.allowance FROM late_allowances a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.user_id = ANY ({learners.ToArray()})
                {Sql.When(asOf is not null, $"AND a.at <= {asOf}")}
            ORDER BY a.user_id, a.version DESC
            """, ct);
        return newest.ToDictionary(one => one.UserId, one => one.Allowance);
    }

    /// <summary>Whether anybody in the course has spent a pass.</summary>
    public Task<bool> AnyUsed(CourseId course, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM gradebook_rows r
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.allowance -> 'used' <> jsonb_build_object())
        """, ct);

    /// <summary>Appends and folds with the commit; the caller holds the learner's row, so nobody else appends the same version.</summary>
    public async Task SaveAtCommit(
        HeldLearners held, GradebookStore gradebooks, LearnerWork learner, LateAllowance set, string? reason, CancellationToken ct)
    {
        var course = held.Course!;
        learner.Put(set);
        course.CarryToAllowances();
        await marker.MarkAtCommit(held, ct);
        db.AtCommit($"""
            INSERT INTO late_allowances (tenant_id, course_id, user_id, version, allowance, actor_id, reason, at)
            VALUES ({db.Tenant}, {course.Head.CourseId}, {learner.UserId}, {set.Version}, {Sql.Json(set)}, {actor.UserId}, {reason},
                {db.Now})
            """);
        gradebooks.FoldAtCommit(course, [learner]);
        gradebooks.CarryCalculatorAtCommit(course.Head.CourseId, GradeCalculator.KnowsAllowances);
    }

    private sealed record Newest(UserId UserId, LateAllowance Allowance);
}

/// <summary>One time that somebody allowed a learner something, or the learner spent a pass: all that stood from then on.</summary>
internal sealed record AllowanceEntry(
    int Version, LateAllowance Allowance, UserId? ActorId, string? ActorName, string? Reason, DateTimeOffset At);
