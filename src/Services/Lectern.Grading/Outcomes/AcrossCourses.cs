using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>Reads one outcome in all courses that measure it, as far as whoever asks may read their grades.</summary>
internal sealed class AcrossCourses(TenantDb db, Access access)
{
    /// <summary>
    /// How the learners of each course stand, by course. The rows of one page of courses are read, each course's as one index range.
    /// </summary>
    public Task<List<CourseStanding>> Page(OutcomeId outcome, PageRequest page, CancellationToken ct) => db.Query<CourseStanding>($"""
        SELECT c.course_id, c.course_outcome_id, c.slot, c.code, c.title, c.status, c.version, c.scale,
            (SELECT count(DISTINCT m.user_id) FROM course_members m
             WHERE m.tenant_id = {db.Tenant} AND m.course_id = c.course_id AND m.role = 'learner' AND m.state = 'active') AS learner_count,
            COALESCE((SELECT json_object_agg(l.level, l.learners) FROM (
                SELECT width_bucket(r.mastery[c.slot * 2 + 1], c.cuts) AS level, count(*) AS learners FROM gradebook_rows r
                WHERE r.tenant_id = {db.Tenant} AND r.course_id = c.course_id AND r.mastery[c.slot * 2 + 1] > {Scaled.None}
                    AND EXISTS (SELECT 1 FROM course_members m
                        WHERE m.tenant_id = {db.Tenant} AND m.course_id = c.course_id AND m.user_id = r.user_id AND m.role = 'learner'
                            AND m.state = 'active')
                GROUP BY 1) l), json_build_object())::text AS counts
        FROM ({Readable(outcome, $"AND c.course_id > {page.AfterId} ORDER BY c.course_id LIMIT {page.Rows}")}) c
        ORDER BY c.course_id
        """, ct);

    public Task<List<CourseStanding>> All(OutcomeId outcome, CancellationToken ct) => db.Query<CourseStanding>($"""
        SELECT c.course_id, c.course_outcome_id, c.slot, c.code, c.title, c.status, c.version, c.scale, 0::bigint AS learner_count,
            json_build_object()::text AS counts
        FROM ({Readable(outcome, $"ORDER BY c.course_id")}) c
        """, ct);

    /// <summary>Those of a course who have not reached mastery yet, or have no score, by name.</summary>
    public async Task<Page<WaitingLearner>> NotYet(CourseId course, CourseOutcome outcome, PageRequest page, CancellationToken ct)
    {
        var (name, id) = page.AfterKey;
        var mastered = Scaled.Of(outcome.Outcome.Scale.MasteryPoints);
        var rows = await db.Query<ScoredLearner>($"""
            SELECT m.user_id, p.name, p.sortable_name, p.email, p.sis_id, r.mastery[{outcome.Slot} * 2 + 1] AS score
            FROM (SELECT DISTINCT s.user_id FROM course_members s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.role = 'learner' AND s.state = 'active') m
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
            LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = m.user_id
            WHERE (p.sortable_name, m.user_id) > ({name}, {id}::bigint)
                AND COALESCE(r.mastery[{outcome.Slot} * 2 + 1] < {mastered}, true)
            ORDER BY p.sortable_name, m.user_id LIMIT {page.Rows}
            """, ct);
        return Page<WaitingLearner>.From(
            rows.ConvertAll(row => row.On(outcome.Outcome.Scale)), page, row => PageRequest.Key(row.SortableName, row.UserId.Value));
    }

    /// <summary>All learners of a course with their score, for a file.</summary>
    public Task<List<ScoredLearner>> Learners(CourseId course, int slot, CancellationToken ct) => db.Query<ScoredLearner>($"""
        SELECT m.user_id, p.name, p.sortable_name, p.email, p.sis_id, r.mastery[{slot} * 2 + 1] AS score
        FROM (SELECT DISTINCT s.user_id FROM course_members s
            WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.role = 'learner' AND s.state = 'active') m
        JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
        LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = m.user_id
        ORDER BY p.sortable_name, m.user_id
        """, ct);

    private Sql Readable(OutcomeId outcome, Sql rest) => $"""
        SELECT c.course_id, c.course_outcome_id, c.slot, k.code, k.title, k.status, v.version, v.scale, v.cuts FROM course_outcomes c
        JOIN outcome_versions v ON v.tenant_id = c.tenant_id AND v.outcome_id = c.outcome_id AND v.version = c.outcome_version
        JOIN course_cards k ON k.tenant_id = c.tenant_id AND k.course_id = c.course_id
        WHERE c.tenant_id = {db.Tenant} AND c.outcome_id = {outcome} AND c.status = 'active'
            AND {access.Filter(GradingPermission.ReadGrades, "course", Sql.Raw("c.course_id"))} {rest}
        """;
}

/// <summary>How the learners of one course stand on an outcome.</summary>
/// <param name="Version">Of the outcome, which the course follows.</param>
internal sealed record CourseStanding(
    CourseId CourseId, CourseOutcomeId CourseOutcomeId, int Slot, string Code, string Title, string Status, int Version,
    MasteryScale Scale, long LearnerCount, LevelCounts Counts)
{
    /// <summary>From the lowest to the highest: how many learners stand there.</summary>
    public IReadOnlyList<long> Levels => [.. Scale.Levels.Select((_, at) => Counts.GetValueOrDefault(at + 1))];

    public long WithoutScore => LearnerCount - Counts.Values.Sum();
}

/// <summary>Learners by level, 1 for the lowest.</summary>
[StoredAsJson]
internal sealed class LevelCounts : Dictionary<int, long>;

/// <summary>A learner who is not there yet.</summary>
internal sealed record WaitingLearner(UserId UserId, string Name, string SortableName, decimal? Score, int? Level);

/// <summary>A learner as a file names them.</summary>
/// <param name="Score">As rows keep it.</param>
internal sealed record ScoredLearner(UserId UserId, string Name, string SortableName, string? Email, string? SisId, long? Score)
{
    public decimal? Points => Score is { } scaled ? Scaled.ToDecimal(scaled) : null;

    public WaitingLearner On(MasteryScale scale) => new(UserId, Name, SortableName, Points, scale.LevelOf(Points));
}
