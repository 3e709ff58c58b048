using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Overrides;

/// <summary>Final grades set by people; only ever added to.</summary>
internal sealed class OverrideStore(TenantDb db, Actor actor)
{
    private const string Columns = """
        o.period_id, o.version, o.percent, o.letter, o.status_code, o.actor_id,
        (SELECT p.name FROM people p WHERE p.tenant_id = o.tenant_id AND p.user_id = o.actor_id) AS actor_name, o.reason, o.at
        """;

    /// <summary>Everything that was set for one learner, the newest first.</summary>
    public Task<List<OverrideEntry>> History(CourseId course, UserId learner, CancellationToken ct) => db.Query<OverrideEntry>($"""
        SELECT {Sql.Raw(Columns)} FROM grade_overrides o
        WHERE o.tenant_id = {db.Tenant} AND o.course_id = {course} AND o.user_id = {learner} ORDER BY o.at DESC, o.version DESC
        """, ct);

    /// <summary>What stood for these learners at an instant, or stands; who was never set one is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<UserId, StandingOverrides>> Standing(
        CourseId course, IReadOnlyCollection<UserId> learners, DateTimeOffset? asOf, CancellationToken ct)
    {
        var newest = await db.Query<Newest>($"""
            SELECT DISTINCT ON (o.user_id, o.period_id) o.user_id, {Sql.Raw(Columns)} FROM grade_overrides o
            WHERE o.tenant_id = {db.Tenant} AND o.course_id = {course} AND o.user_id = ANY ({learners.ToArray()})
                {Sql.When(asOf is not null, $"AND o.at <= {asOf}")}
            ORDER BY o.user_id, o.period_id, o.version DESC
            """, ct);
        return newest.GroupBy(one => one.UserId, one => one.Entry).ToDictionary(of => of.Key, of => StandingOverrides.Of([.. of])!);
    }

    public Task<OverrideEntry?> Find(CourseId course, UserId learner, long period, int version, CancellationToken ct) =>
        db.Find<OverrideEntry>($"""
            SELECT {Sql.Raw(Columns)} FROM grade_overrides o
            WHERE o.tenant_id = {db.Tenant} AND o.course_id = {course} AND o.user_id = {learner} AND o.period_id = {period}
                AND o.version = {version}
            """, ct);

    /// <summary>Appends with the commit; the caller holds the learner's row, so that nobody else appends the same version.</summary>
    public void AppendAtCommit(CourseId course, UserId learner, long period, StandingOverride set, string? reason) => db.AtCommit($"""
        INSERT INTO grade_overrides (tenant_id, course_id, user_id, period_id, version, percent, letter, status_code, actor_id, reason, at)
        VALUES ({db.Tenant}, {course}, {learner}, {period}, {set.Version}, {set.Percent}, {set.Letter}, {set.StatusCode}, {actor.UserId},
            {reason}, {db.Now})
        """);

    private sealed record Newest(UserId UserId, OverrideEntry Entry);
}
