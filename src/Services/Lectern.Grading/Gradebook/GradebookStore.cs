using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Grades;
using Lectern.Grading.Outcomes;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// Gradebooks, their rows, and the order in which both are locked: first learners' rows, by user; last the course's counter. Nothing
/// that holds the counter waits for a row.
/// </summary>
internal sealed class GradebookStore(TenantDb db, Actor actor)
{
    /// <summary>
    /// Takes hold of the course's structure, so that two changes of it follow each other; makes the gradebook if there is none. Whoever
    /// holds it must not ask for rows.
    /// </summary>
    public async Task HoldStructure(CourseId course, CancellationToken ct)
    {
        var batch = db.Batch();
        EnsureIn(batch, course);
        batch.Query<long>($"SELECT version FROM gradebooks WHERE tenant_id = {db.Tenant} AND course_id = {course} FOR UPDATE");
        await batch.Run(ct);
    }

    /// <summary>The course's rules and assignments; null when it has no gradebook yet.</summary>
    public async Task<CourseStructure?> Structure(CourseId course, CancellationToken ct)
    {
        var batch = db.Batch();
        var structure = CourseStructure.Read(batch, db.Tenant, course);
        await batch.Run(ct);
        return structure.Build();
    }

    /// <summary>
    /// Takes hold of these learners' rows until the unit of work ends, and reads all they are folded from. Rows are made for active
    /// learners who have none; a person without a row is no learner here and is missing from the answer.
    /// </summary>
    public async Task<HeldLearners> Hold(CourseId course, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var who = users.ToArray();
        var batch = db.Batch();
        batch.Execute($"""
            INSERT INTO gradebook_rows (tenant_id, course_id, user_id)
            SELECT DISTINCT m.tenant_id, m.course_id, m.user_id FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = ANY ({who}) AND m.role = 'learner'
                AND m.state = 'active'
            ORDER BY m.user_id
            ON CONFLICT DO NOTHING
            """);
        // What follows is read after the lock is had, so it includes whatever the previous holder did.
        var rows = batch.Query<GradebookRow>($"""
            SELECT {Sql.Raw(GradebookRow.Columns)} FROM gradebook_rows r
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = ANY ({who}) ORDER BY r.user_id FOR UPDATE
            """);
        var structure = CourseStructure.Read(batch, db.Tenant, course);
        var facts = ReadFacts(batch, course, who);
        await batch.Run(ct);
        return new HeldLearners(structure.Build(), Assemble(rows, facts));
    }

    /// <summary>The same without holding anything: for explanations. An active learner who has no row yet has a blank one.</summary>
    public async Task<HeldLearners> Read(CourseId course, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var who = users.ToArray();
        var batch = db.Batch();
        var rows = batch.Query<GradebookRow>($"""
            SELECT {Sql.Raw(GradebookRow.Columns)} FROM gradebook_rows r
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = ANY ({who}) ORDER BY r.user_id
            """);
        var structure = CourseStructure.Read(batch, db.Tenant, course);
        var facts = ReadFacts(batch, course, who);
        await batch.Run(ct);
        var blank = facts.Where(fact => fact.Sections.Length > 0 && rows.All(row => row.UserId != fact.UserId))
            .Select(fact => GradebookRow.Blank(fact.UserId));
        return new HeldLearners(structure.Build(), Assemble([.. rows, .. blank], facts));
    }

    /// <summary>
    /// Folds held learners and writes their rows with the commit, after everything else: the course's counter is taken last and held
    /// only for that. <paramref name="versioned"/> hears the course's new version once it is durable.
    /// </summary>
    public void FoldAtCommit(CourseStructure course, IReadOnlyCollection<LearnerWork> learners, Action<long>? versioned = null) =>
        WriteAtCommit(course, learners, [.. learners.Select(learner => GradebookProjection.Fold(course, learner))], versioned);

    /// <summary>The same for who has folded them, in that order, to say more with the commit before the counter is taken.</summary>
    public void WriteAtCommit(
        CourseStructure course, IReadOnlyCollection<LearnerWork> learners, IReadOnlyList<FoldedLearner> folded,
        Action<long>? versioned = null)
    {
        var stored = learners.ToDictionary(learner => learner.UserId);
        var rescored = folded.SelectMany(learner => learner.Rescored).ToList();
        if (rescored.Count > 0) db.AtCommit(Rescore(course.Head.CourseId, rescored));
        // A row that already says so stays as it is: what is delivered twice, or changes nothing for this learner, is no new version.
        var rewritten = folded.Where(learner => !learner.Row.SaysTheSame(stored[learner.Row.UserId].Row)).ToList();
        if (rewritten.Count == 0) return;
        QueueAtCommit(course, rewritten, stored);
        db.AtCommit<long>($"""
            UPDATE gradebooks SET version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = {course.Head.CourseId} RETURNING version
            """, versioned ?? (_ => { }));
        // A line that says nothing new to who reads names keeps its version: that it was touched would tell whose work was graded.
        foreach (var some in rewritten.GroupBy(one => course.SaysNothingNew(one.Row, stored[one.Row.UserId].Row)))
            db.AtCommit(Write(course.Head.CourseId, [.. some.Select(learner => learner.Row)], quietly: some.Key));
    }

    /// <summary>
    /// Says that the course's structure changed: every row is to be folded anew, by a job that follows. It is a job even for a small
    /// course, because whoever holds the counter must not wait for rows.
    /// </summary>
    /// <param name="course">Whose structure.</param>
    /// <param name="why">Kept with the version it made.</param>
    /// <param name="published">What is told of once the rows say who has it.</param>
    public void StructureChangedAtCommit(
        CourseId course, Recalculation why, IReadOnlyList<AssignmentPublished>? published = null)
    {
        db.AtCommit($"""
            UPDATE gradebooks b SET version = version + 1, structure_version = structure_version + 1, refolding = true,
                due_instants = ARRAY(
                SELECT DISTINCT d.due_at + make_interval(secs => passes.spent * passes.seconds_each) AS due FROM (
                    SELECT a.due_at FROM assignments a WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.status = 'published'
                    UNION ALL
                    SELECT o.due_at FROM assignment_dates o WHERE o.tenant_id = {db.Tenant} AND o.course_id = {course}) d
                CROSS JOIN ({PassesSpent(course)}) passes
                WHERE d.due_at IS NOT NULL ORDER BY due)
            WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course}
            """);
        db.AtCommit($"""
            INSERT INTO recalculations (tenant_id, course_id, structure_version, cause, subject_id, actor_id, at)
            SELECT b.tenant_id, b.course_id, b.structure_version, {why.Cause}, {why.SubjectId}, {actor.UserId}, {db.Now} FROM gradebooks b
            WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course}
            """);
        db.Enqueue(new RefoldGradebook(course, Published: published), RefoldGradebook.Options(db.Tenant, course));
    }

    /// <summary>
    /// A course whose calculator does not know what is wanted is carried to the first one that does. Nobody else's total changes by it,
    /// so nothing is folded anew. Comes after the fold, since it takes the counter.
    /// </summary>
    public void CarryCalculatorAtCommit(CourseId course, int knows) => db.AtCommit($"""
        UPDATE gradebooks SET calculator_version = {knows}
        WHERE tenant_id = {db.Tenant} AND course_id = {course} AND calculator_version < {knows}
        """);

    // Passes move due dates, so work may go missing at any of these numbers of them.
    private Sql PassesSpent(CourseId course) => $"""
        SELECT n AS spent, COALESCE((p.policy -> 'late_passes' ->> 'seconds_each')::int, 0) AS seconds_each
        FROM gradebooks g
        JOIN grading_policies p ON p.tenant_id = g.tenant_id AND p.course_id = g.course_id AND p.policy_version = g.policy_version
        CROSS JOIN generate_series(0, GREATEST(
            COALESCE((p.policy -> 'late_passes' ->> 'most_per_assignment')::int, 0),
            (SELECT max(u.value::int) FROM gradebook_rows r, jsonb_each_text(r.allowance -> 'used') u
             WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course}))) n
        WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course}
        """;

    private void EnsureIn(TenantBatch batch, CourseId course)
    {
        batch.Execute($"""
            INSERT INTO grading_policies (tenant_id, course_id, policy_version, policy, reason, at)
            VALUES ({db.Tenant}, {course}, 1, {Sql.Json(GradingRules.Default)}, 'default', {db.Now}) ON CONFLICT DO NOTHING
            """);
        batch.Execute($"""
            INSERT INTO gradebooks (tenant_id, course_id, calculator_version)
            VALUES ({db.Tenant}, {course}, {GradeCalculator.ForNewCourses}) ON CONFLICT DO NOTHING
            """);
    }

    /// <summary>One row per person asked for, the lists made by the database.</summary>
    private List<LearnerFacts> ReadFacts(TenantBatch batch, CourseId course, UserId[] who) => batch.Query<LearnerFacts>($"""
        SELECT w.user_id, ARRAY(
                SELECT m.section_id FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = w.user_id AND m.role = 'learner'
                    AND m.state = 'active') AS sections,
            (SELECT json_agg(l) FROM (
                SELECT {Sql.Raw(Grade.Columns)} FROM grades g
                WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = w.user_id) l)::text AS grades,
            (SELECT json_agg(l) FROM (
                SELECT s.assignment_id, s.user_id, s.submission_id, s.attempt, s.submitted_at, s.group_submission_id
                FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = w.user_id) l)::text AS submissions,
            {MeasuredOutcome.AssessedIn(db.Tenant, course)} AS assessed
        FROM unnest({who}) AS w(user_id)
        """);

    private static Dictionary<UserId, LearnerWork> Assemble(List<GradebookRow> rows, List<LearnerFacts> facts)
    {
        var known = facts.ToDictionary(fact => fact.UserId);
        return rows.ToDictionary(row => row.UserId, row => known[row.UserId].Of(row));
    }

    /// <summary>
    /// Puts work that has begun to wait for a grader into the queue, and takes out what no longer does: the queue follows the rows.
    /// </summary>
    private void QueueAtCommit(CourseStructure course, List<FoldedLearner> rewritten, Dictionary<UserId, LearnerWork> learners)
    {
        var changed = (
            from folded in rewritten
            let learner = learners[folded.Row.UserId]
            from assignment in course.Assignments
            let waits = folded.Row.Flag(assignment.Slot).HasFlag(CellFlags.NeedsGrading)
            where waits != learner.Row.Flag(assignment.Slot).HasFlag(CellFlags.NeedsGrading)
            let since = learner.LatestOn(assignment.AssignmentId)?.SubmittedAt ?? db.Now
            select (assignment.AssignmentId, learner.UserId, Waits: waits, Since: since)).ToList();
        var begun = changed.Where(work => work.Waits).ToList();
        if (begun.Count > 0) db.AtCommit($"""
            INSERT INTO ungraded_work (tenant_id, course_id, assignment_id, user_id, since)
            SELECT {db.Tenant}, {course.Head.CourseId}, t.assignment_id, t.user_id, t.since
            FROM unnest({begun.Select(work => work.AssignmentId).ToArray()}, {begun.Select(work => work.UserId).ToArray()},
                {begun.Select(work => work.Since.UtcDateTime).ToArray()}) AS t(assignment_id, user_id, since)
            ON CONFLICT DO NOTHING
            """);
        var ended = changed.Where(work => !work.Waits).ToList();
        if (ended.Count > 0) db.AtCommit($"""
            DELETE FROM ungraded_work w
            USING unnest({ended.Select(work => work.AssignmentId).ToArray()}, {ended.Select(work => work.UserId).ToArray()})
                AS t(assignment_id, user_id)
            WHERE w.tenant_id = {db.Tenant} AND w.course_id = {course.Head.CourseId}
                AND w.assignment_id = t.assignment_id AND w.user_id = t.user_id
            """);
    }

    // As JSON, because rows hold arrays, and arrays of arrays cannot be taken apart again.
    private Sql Write(CourseId course, List<GradebookRow> rows, bool quietly) => $"""
        UPDATE gradebook_rows r SET cells = t.cells, flags = t.flags, versions = t.versions, own_dues = t.own_dues, totals = t.totals,
            letters = t.letters, group_totals = t.group_totals, overrides = t.overrides, allowance = t.allowance,
            mastery = t.mastery,
            course_version = {(quietly ? Sql.Raw("r.course_version") : (Sql)$"""
                (SELECT b.version FROM gradebooks b WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course})
                """)}
        FROM jsonb_to_recordset({Sql.Json(rows)}) AS t(user_id bigint, cells bigint[], flags int[], versions int[], own_dues bigint[],
            totals bigint[], letters text[], group_totals bigint[], overrides jsonb, allowance jsonb, mastery bigint[])
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = t.user_id
        """;

    private Sql Rescore(CourseId course, List<Grade> grades) => $"""
        UPDATE grades g SET score = t.score, points_deducted = t.deducted
        FROM unnest({grades.Select(grade => grade.AssignmentId).ToArray()}, {grades.Select(grade => grade.UserId).ToArray()},
            {grades.Select(grade => grade.Score).ToArray()}, {grades.Select(grade => grade.PointsDeducted).ToArray()})
            AS t(assignment_id, user_id, score, deducted)
        WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = t.user_id AND g.assignment_id = t.assignment_id
        """;
}

/// <summary>Learners of one course with all they are folded from.</summary>
internal sealed record HeldLearners(CourseStructure? Course, IReadOnlyDictionary<UserId, LearnerWork> Learners);

/// <summary>Fold a course's rows anew, from the learner after the named one on.</summary>
/// <param name="Structure">The course's structure as the first step found it; unknown before.</param>
/// <param name="Published">What is told of at the end.</param>
/// <param name="Began">When the first step began; unknown before.</param>
internal sealed record RefoldGradebook(
    CourseId CourseId, UserId? After = null, int? Structure = null, IReadOnlyList<AssignmentPublished>? Published = null,
    DateTimeOffset? Began = null) : IJob
{
    /// <summary>Refolds of one course follow each other.</summary>
    public static JobOptions Options(TenantId tenant, CourseId course) =>
        new() { Priority = JobPriority.Now, OrderKey = $"refold/{tenant}/{course.Value}" };
}
