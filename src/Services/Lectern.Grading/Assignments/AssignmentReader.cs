using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
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
        var assignments = batch.Query<Assignment>($"""
            SELECT {Sql.Raw(Assignment.Columns)} FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course}
                AND a.status <> 'deleted' {Sql.When(!staff, $"AND a.status = 'published'")}
            ORDER BY a.position, a.assignment_id
            """);
        if (staff)
        {
            var waiting = batch.Query<Waiting>($"""
                SELECT u.assignment_id, count(*)::int AS count FROM ungraded_work u
                WHERE u.tenant_id = {db.Tenant} AND u.course_id = {course} GROUP BY u.assignment_id
                """);
            await batch.Run(ct);
            var counts = waiting.ToDictionary(row => row.AssignmentId, row => row.Count);
            return assignments.ConvertAll(a => AssignmentView.ForStaff(a, null, counts.GetValueOrDefault(a.AssignmentId)));
        }

        var mine = ReadMine(batch, course, null);
        await batch.Run(ct);
        return assignments.Select(a => mine.View(a, null, null, db.Now)).OfType<AssignmentView>().ToList();
    }

    public async Task<AssignmentView?> Get(Scope scope, AssignmentId id, CancellationToken ct)
    {
        var course = new CourseId(scope.IdOf("course") ?? 0);
        var staff = await IsStaff(scope, ct);
        var batch = db.Batch();
        var found = batch.Query<AssignmentDetail>($"""
            SELECT {Sql.Raw(Assignment.Columns)}, a.description FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {id}
                AND a.status <> 'deleted' {Sql.When(!staff, $"AND a.status = 'published'")}
            """);
        var counted = staff
            ? batch.Query<long>($"""
                SELECT count(*) FROM ungraded_work u WHERE u.tenant_id = {db.Tenant} AND u.course_id = {course} AND u.assignment_id = {id}
                """)
            : batch.Query<long>($"""
                SELECT count(*) FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = {actor.Person} AND s.assignment_id = {id}
                """);
        var mine = staff ? null : ReadMine(batch, course, id);
        await batch.Run(ct);
        if (found.Count == 0) return null;
        var (assignment, count) = (found[0], (int)counted[0]);
        return mine is null
            ? AssignmentView.ForStaff(assignment.Assignment, assignment.Description, count)
            : mine.View(assignment.Assignment, assignment.Description, count, db.Now);
    }

    // A role held right at the course needs no query; somebody who learns here is staff only by a role further up.
    private async Task<bool> IsStaff(Scope scope, CancellationToken ct) =>
        actor.Holds(GradingPermission.ReadDrafts, scope)
        || (!actor.Holds(GradingPermission.ReadOwnSubmissions, scope) && await access.May(GradingPermission.ReadDrafts, scope, ct));

    private Mine ReadMine(TenantBatch batch, CourseId course, AssignmentId? only) => new(
        actor.Person,
        batch.Query<AssignmentDate>($"""
            SELECT d.assignment_id, d.audience, d.audience_id, d.due_at, d.unlocks_at, d.locks_at FROM assignment_dates d
            WHERE d.tenant_id = {db.Tenant} AND d.course_id = {course} {Sql.When(only is not null, $"AND d.assignment_id = {only}")}
            """),
        batch.Query<SectionId>($"""
            SELECT m.section_id FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = {actor.Person} AND m.role = 'learner'
                AND m.state = 'active'
            """),
        batch.Query<GradebookRow>($"""
            SELECT {Sql.Raw(GradebookRow.Columns)} FROM gradebook_rows r
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id = {actor.Person}
            """));

    private sealed record Waiting(AssignmentId AssignmentId, int Count);

    private sealed record Mine(UserId User, List<AssignmentDate> Dates, List<SectionId> Sections, List<GradebookRow> Row)
    {
        public AssignmentView? View(Assignment assignment, string? description, int? attempts, DateTimeOffset now)
        {
            var theirs = Dates.Where(date => date.AssignmentId == assignment.AssignmentId).ToList();
            var dates = WorkDates.For(assignment, theirs, User, Sections);
            if (!dates.Assigned) return null;
            return AssignmentView.ForLearner(
                assignment, description, dates, Row.FirstOrDefault() ?? GradebookRow.Blank(User), attempts, now);
        }
    }
}
