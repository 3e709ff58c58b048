using System.Runtime.CompilerServices;
using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationWorks;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// Reads a whole gradebook: what is said once for the course as one row, its short lists made by the database; its learners; and the
/// matrix, which is one index range. The audit row is written by the statement that reads the first, so a read costs one round trip.
/// </summary>
internal sealed class GradebookReader(TenantDb db, Actor actor)
{
    /// <summary>Rows read together with the head; of a larger matrix so many at a time follow.</summary>
    public const int RowsAtOnce = 1000;

    /// <summary>For "changed since": every row did.</summary>
    public const long EveryRow = -1;

    /// <summary>What tells whether anything changed, from one row; null when the course has no gradebook.</summary>
    public Task<GradebookStamp?> Stamp(CourseId course, CancellationToken ct) => db.Find<GradebookStamp>($"""
        SELECT b.version, (SELECT count(*) FROM unnest(b.due_instants) AS d WHERE d < {db.Now})::int AS passed_dues,
            COALESCE((SELECT sum(w.user_id * 31 + w.assignment_id)
                FROM ({CalibrationStore.Withheld(db.Tenant, course, actor.UserId)}) w), 0)::bigint AS withheld
        FROM gradebooks b WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course}
        """, ct);

    public Task<GradebookPage> Read(CourseId course, CancellationToken ct) => Page(course, null, EveryRow, ct);

    /// <summary>The rows that changed after a version, and the version that brings the reader to.</summary>
    public Task<GradebookPage> Changes(CourseId course, long since, CancellationToken ct) =>
        Page(course, new { since }, since, ct);

    /// <summary>What is said once of a course, and its learners, but no rows; with the assignments that were there at an instant.</summary>
    public async Task<GradebookPage> Outline(CourseId course, DateTimeOffset asOf, CancellationToken ct)
    {
        var batch = db.Batch();
        var head = batch.Query<MatrixHead>(
            db.Audited(GradingAudit.GradebookRead, $"course:{course.Value}", new { as_of = asOf }, HeadSql(course, asOf)));
        var learners = batch.Query<MatrixLearner>(LearnersSql(course));
        await batch.Run(ct);
        return new GradebookPage(head[0], learners, AsyncEnumerable.Empty<MatrixRow>());
    }

    /// <summary>The lines of the first so many learners by name, for a screen that cannot show more yet.</summary>
    public async Task<GradebookPage> First(CourseId course, int learnersWanted, CancellationToken ct)
    {
        var batch = db.Batch();
        var head = batch.Query<MatrixHead>(
            db.Audited(GradingAudit.GradebookRead, $"course:{course.Value}", new { first = learnersWanted }, HeadSql(course)));
        var learners = batch.Query<MatrixLearner>(LearnersSql(course, learnersWanted));
        await batch.Run(ct);
        var users = learners.ConvertAll(learner => learner.UserId).ToArray();
        var rows = await db.Query<MatrixRow>(RowsSql(course, $"AND r.user_id = ANY({users})"), ct);
        return new GradebookPage(head[0], learners, rows.ToAsyncEnumerable());
    }

    private async Task<GradebookPage> Page(CourseId course, object? detail, long since, CancellationToken ct)
    {
        var batch = db.Batch();
        // The version first: what changes between two statements is then read again next time, never missed.
        var head = batch.Query<MatrixHead>(db.Audited(GradingAudit.GradebookRead, $"course:{course.Value}", detail, HeadSql(course)));
        var learners = batch.Query<MatrixLearner>(LearnersSql(course));
        var rows = batch.Query<MatrixRow>(RowsSql(course, After(since)));
        await batch.Run(ct);
        return new GradebookPage(head[0], learners, AndThose(rows, course, since, CancellationToken.None));
    }

    // The rest of a large matrix comes a page at a time: no connection is held while somebody slow takes it in.
    private async IAsyncEnumerable<MatrixRow> AndThose(
        List<MatrixRow> rows, CourseId course, long since, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var row in rows) yield return row;
        while (rows.Count == RowsAtOnce)
        {
            rows = await db.Query<MatrixRow>(RowsSql(course, $"{After(since)} AND r.user_id > {rows[^1].UserId}"), ct);
            foreach (var row in rows) yield return row;
        }
    }

    private static Sql After(long since) => Sql.When(since > EveryRow, $"AND r.course_version > {since}");

    // The first are the first of a page, which sorts as people do; the whole is sorted there.
    private Sql LearnersSql(CourseId course, int? first = null) => $"""
        SELECT m.user_id, p.name, p.sortable_name, array_send(m.section_ids) AS section_ids,
            {Sql.Raw(first is null ? "NULL::bigint" : "count(*) OVER ()")} AS of_learners
        FROM (
            SELECT s.user_id, array_agg(s.section_id ORDER BY s.section_id) AS section_ids FROM course_members s
            WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.role = 'learner' AND s.state = 'active'
            GROUP BY s.user_id) m
        JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
        ORDER BY p.sortable_name {Sql.When(first is not null, Sql.Raw("COLLATE \"und-x-icu\""))}, m.user_id
            {Sql.When(first is not null, $"LIMIT {first}")}
        """;

    private Sql RowsSql(CourseId course, Sql which) => $"""
        SELECT r.user_id, array_send(r.cells) AS cells, array_send(r.flags) AS flags, array_send(r.versions) AS versions,
            array_send(r.own_dues) AS own_dues, array_send(r.totals) AS totals, r.letters, array_send(r.group_totals) AS group_totals,
            (r.overrides -> 'final')::text AS final_override
        FROM gradebook_rows r
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} {which}
        ORDER BY r.user_id LIMIT {RowsAtOnce}
        """;

    private Sql HeadSql(CourseId course, DateTimeOffset? asOf = null) => $"""
        SELECT COALESCE(b.version, 0) AS version, COALESCE(b.structure_version, 0) AS structure_version,
            COALESCE(b.calculator_version, 0) AS calculator_version, COALESCE(b.refolding, false) AS refolding,
            COALESCE((SELECT count(*) FROM unnest(b.due_instants) AS d WHERE d < {db.Now}), 0)::int AS passed_dues,
            COALESCE(columns.list, '[]') AS columns, COALESCE(bands.list, '[]') AS groups,
            COALESCE((SELECT (p.policy ->> 'final_override')::boolean FROM grading_policies p
                WHERE p.tenant_id = {db.Tenant} AND p.course_id = {course} AND p.policy_version = b.policy_version), false)
                AS final_override,
            COALESCE((SELECT json_agg(w) FROM ({CalibrationStore.Withheld(db.Tenant, course, actor.UserId)}) w), '[]')::text AS withheld
        FROM (SELECT {course}::bigint AS course_id) c
        LEFT JOIN gradebooks b ON b.tenant_id = {db.Tenant} AND b.course_id = c.course_id
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object(
                'assignment_id', a.assignment_id, 'title', a.title, 'points_possible', a.points_possible, 'grading_type', a.grading_type,
                'slot', a.slot, 'group_id', a.assignment_group_id, 'due_at', a.due_at, 'status', a.status, 'position', a.position,
                'submission_types', a.submission_types, 'omit_from_final', a.omit_from_final, 'extra_credit', a.extra_credit,
                'optional', a.optional, 'posts_manually', a.posts_manually, 'posts_at', a.posts_at,
                'anonymous', a.anonymity_key IS NOT NULL AND a.anonymity_lifted_at IS NULL,
                'attempts_kept', a.attempts_kept,
                'version', a.version) ORDER BY a.position, a.assignment_id)::text AS list
            FROM assignments a WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.status <> 'deleted'
                {CourseStructure.ThereAt(db.Tenant, asOf)}) columns
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object(
                'group_id', g.assignment_group_id, 'name', g.name, 'slot', g.slot, 'weight_percent', g.weight_percent, 'drop_lowest',
                    g.drop_lowest,
                'drop_highest', g.drop_highest, 'extra_credit', g.extra_credit) ORDER BY g.position, g.assignment_group_id)::text AS list
            FROM assignment_groups g WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.status = 'active') bands
        """;
}

/// <summary>
/// What tells one state of a gradebook from another: its version, how many due dates have passed, and what is withheld from who reads.
/// </summary>
internal sealed record GradebookStamp(long Version, int PassedDues, long Withheld)
{
    public string Etag => Withheld == 0 ? $"\"{Version}.{PassedDues}\"" : $"\"{Version}.{PassedDues}.{Withheld}\"";
}

/// <summary>What is said once for a course, its lists as JSON text ready to send.</summary>
internal sealed record MatrixHead(
    long Version, int StructureVersion, int CalculatorVersion, bool Refolding, int PassedDues, string Columns, string Groups,
    bool FinalOverride, string Withheld)
{
    private IReadOnlySet<WithheldWork>? cells;

    /// <summary>Whose cells tell whoever reads nothing of the grade.</summary>
    public IReadOnlySet<WithheldWork> WithheldCells =>
        cells ??= JsonSerializer.Deserialize<HashSet<WithheldWork>>(Withheld, LecternJson.Options)!;

    public GradebookStamp Stamp => new(
        Version, PassedDues, WithheldCells.Sum(cell => (cell.UserId.Value * 31) + cell.AssignmentId.Value));
}

/// <summary>Who is in the matrix, by name.</summary>
/// <param name="OfLearners">How many there are, where only the first of them are read.</param>
internal sealed record MatrixLearner(
    UserId UserId, string Name, string SortableName, PackedArray<long> SectionIds, long? OfLearners = null);

/// <summary>A learner's line as the matrix sends it.</summary>
/// <param name="FinalOverride">The final grade a person set, as JSON ready to send; null when nobody ever did.</param>
internal sealed record MatrixRow(
    UserId UserId, PackedArray<long> Cells, PackedArray<int> Flags, PackedArray<int> Versions, PackedArray<long> OwnDues,
    PackedArray<long> Totals, string[] Letters, PackedArray<long> GroupTotals, string? FinalOverride)
{
    public static MatrixRow Of(GradebookRow row) => new(
        row.UserId, PackedArray<long>.Of(row.Cells), PackedArray<int>.Of(row.Flags), PackedArray<int>.Of(row.Versions),
        PackedArray<long>.Of(row.OwnDues), PackedArray<long>.Of(row.Totals), row.Letters, PackedArray<long>.Of(row.GroupTotals),
        row.Overrides?.Final is { } set ? Sql.Json(set).Text : null);
}

/// <summary>A gradebook's head, its learners, and its rows or those that changed, which are read as they are sent.</summary>
internal sealed record GradebookPage(MatrixHead Head, List<MatrixLearner> Learners, IAsyncEnumerable<MatrixRow> Rows)
{
    /// <summary>How many learners the course has, whether they are all here or not.</summary>
    public long LearnerCount => Learners is [{ OfLearners: { } all }, ..] ? all : Learners.Count;
}
