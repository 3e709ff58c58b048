using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GroupSubmissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Assignments;

/// <summary>Reads assignments for whoever asks, in one round trip: staff see all of them, learners what is theirs.</summary>
internal sealed class AssignmentReader(TenantDb db, Actor actor, Access access)
{
    public async Task<List<AssignmentView>> List(Scope scope, CourseId course, CancellationToken ct)
    {
        var staff = await IsStaff(scope, ct);
        var batch = db.Batch();
        // A course's assignments are one range of assignments_slot.
        var found = batch.Query<Counted>($"""
            SELECT {Sql.Raw(Assignment.Columns)}, NULL AS description, {Waiting(staff)} AS count, false AS returned FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course}
                AND a.status <> 'deleted' {Sql.When(!staff, $"AND a.status = 'published'")}
            ORDER BY a.position, a.assignment_id
            """);
        var mine = staff ? null : ReadMine(batch, course, null);
        await batch.Run(ct);
        return found.Select(row => View(row, mine)).OfType<AssignmentView>().ToList();
    }

    public async Task<AssignmentView?> Get(Scope scope, AssignmentId id, CancellationToken ct)
    {
        var course = new CourseId(scope.IdOf("course") ?? 0);
        var staff = await IsStaff(scope, ct);
        var batch = db.Batch();
        var found = batch.Query<Counted>($"""
            SELECT {Sql.Raw(Assignment.Columns)}, a.description, {(staff ? Waiting(true) : (Sql)$"""
                {GroupWorkStore.AttemptsMade(db.Tenant, actor.Person)}
                """)} AS count, {Sql.When(staff, $"false AND")} EXISTS (SELECT 1 FROM revision_requests v
                    WHERE v.tenant_id = {db.Tenant} AND v.assignment_id = a.assignment_id AND v.user_id = {actor.UserId?.Value}
                        AND v.attempt = (SELECT max(h.attempt) FROM submissions h WHERE h.tenant_id = {db.Tenant}
                            AND h.course_id = {course} AND h.user_id = v.user_id AND h.assignment_id = v.assignment_id)) AS returned
            FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {id}
                AND a.status <> 'deleted' {Sql.When(!staff, $"AND a.status = 'published'")}
            """);
        var mine = staff ? null : ReadMine(batch, course, id);
        await batch.Run(ct);
        return found.Count == 0 ? null : View(found[0], mine);
    }

    private AssignmentView? View(Counted found, List<Mine>? mine) => mine is null
        ? AssignmentView.ForStaff(found.Assignment, found.Description, found.Count ?? 0)
        : mine[0].View(actor.Person, found, db.Now);

    /// <summary>How much work waits for a grader: a short range of the queue's key for each assignment.</summary>
    private Sql Waiting(bool staff) => staff
        ? $"""
        (SELECT count(*)::int FROM ungraded_work u
            WHERE u.tenant_id = {db.Tenant} AND u.course_id = a.course_id AND u.assignment_id = a.assignment_id
                AND u.returned_at IS NULL)
        """
        : Sql.Raw("NULL::int");

    // A role held right at the course needs no query; somebody who learns here is staff only by a role further up.
    private async Task<bool> IsStaff(Scope scope, CancellationToken ct) =>
        actor.Holds(GradingPermission.ReadDrafts, scope)
        || (!actor.Holds(GradingPermission.ReadOwnSubmissions, scope) && await access.May(GradingPermission.ReadDrafts, scope, ct));

    /// <summary>One row, whoever asks: their sections, dates other than the assignments' own, their line of the gradebook.</summary>
    private List<Mine> ReadMine(TenantBatch batch, CourseId course, AssignmentId? only) => batch.Query<Mine>($"""
        SELECT ARRAY(
                SELECT m.section_id FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = {actor.Person} AND m.role = 'learner'
                    AND m.state = 'active') AS sections,
            (SELECT json_agg(l) FROM (
                SELECT d.assignment_id, d.audience, d.audience_id, d.due_at, d.unlocks_at, d.locks_at FROM assignment_dates d
                WHERE d.tenant_id = {db.Tenant} AND d.course_id = {course} {Sql.When(only is not null, $"AND d.assignment_id = {only}")}
                ) l)::text AS dates, r.cells, r.flags, r.own_dues
        FROM (SELECT 1) AS always LEFT JOIN gradebook_rows r
            ON r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = {actor.Person}
        """);

    /// <param name="Count">For staff work that waits; for a learner attempts made, not said in lists.</param>
    private sealed record Counted(Assignment Assignment, string? Description, int? Count, bool Returned);

    private sealed record Mine(SectionId[] Sections, string? Dates, long[]? Cells, int[]? Flags, long[]? OwnDues)
    {
        private readonly List<AssignmentDate> all =
            Dates is null ? [] : JsonSerializer.Deserialize<List<AssignmentDate>>(Dates, LecternJson.Options)!;

        public AssignmentView? View(UserId user, Counted found, DateTimeOffset now)
        {
            var assignment = found.Assignment;
            var theirs = all.Where(date => date.AssignmentId == assignment.AssignmentId).ToList();
            var dates = WorkDates.For(assignment, theirs, user, Sections);
            if (!dates.Assigned) return null;
            var row = GradebookRow.Blank(user) with { Cells = Cells ?? [], Flags = Flags ?? [], OwnDues = OwnDues ?? [] };
            return AssignmentView.ForLearner(assignment, found.Description, dates, row, new(found.Count, found.Returned), now);
        }
    }
}
