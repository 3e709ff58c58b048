using System.Runtime.CompilerServices;
using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Labels;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookExports;

/// <summary>
/// Reads a gradebook for a file: who is in it at once, their grades a few hundred learners at a time, so that memory stays as it is however
/// large the course, and no connection is held between two reads.
/// </summary>
internal sealed class ExportReader(TenantDb db, GradebookStore gradebooks, LabelStore labels)
{
    private const int LearnersAtOnce = 250;

    public Task<List<ExportedSection>> Sections(CourseId course, CancellationToken ct) => db.Query<ExportedSection>($"""
        SELECT s.section_id, s.name, s.sis_id, s.course_code, s.course_title, s.course_sis_id, s.term_sis_id FROM section_cards s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} ORDER BY s.section_id
        """, ct);

    /// <summary>What the file says once. It is of the gradebook's version at this moment or later.</summary>
    public async Task<ExportedCourse> Course(GradebookExport export, CancellationToken ct)
    {
        var code = await db.Value<string>(
            $"SELECT code FROM course_cards WHERE tenant_id = {db.Tenant} AND course_id = {export.CourseId}", ct);
        return new ExportedCourse(
            await gradebooks.Structure(export.CourseId, ct) ?? CourseStructure.Empty(export.CourseId), code ?? "course",
            await Sections(export.CourseId, ct), export.Total, export.StoreCode, db.Now, (await labels.Find(export.CourseId, ct)).Labels);
    }

    /// <summary>The course's active learners by name; only those of some sections when any are named.</summary>
    public Task<List<ExportedPerson>> People(CourseId course, IReadOnlyCollection<SectionId> only, CancellationToken ct) =>
        db.Query<ExportedPerson>($"""
            SELECT m.user_id, p.name, p.email, p.sis_id, m.section_ids
            FROM (
                SELECT s.user_id, array_agg(s.section_id ORDER BY s.section_id) AS section_ids FROM course_members s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.role = 'learner' AND s.state = 'active'
                    {Sql.When(only.Count > 0, $"AND s.section_id = ANY ({only.ToArray()})")}
                GROUP BY s.user_id) m
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
            ORDER BY p.sortable_name, m.user_id
            """, ct);

    public async IAsyncEnumerable<ExportedLearner> Learners(
        ExportedCourse course, IReadOnlyList<ExportedPerson> people, JobProgress progress, [EnumeratorCancellation] CancellationToken ct)
    {
        var sections = course.Sections.ToDictionary(section => section.SectionId);
        var done = 0;
        foreach (var some in people.Chunk(LearnersAtOnce))
        {
            var users = some.Select(person => person.UserId).ToArray();
            var batch = db.Batch();
            var rows = batch.Query<GradebookRow>($"""
                SELECT {Sql.Raw(GradebookRow.Columns)} FROM gradebook_rows r
                WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course.CourseId} AND r.user_id = ANY ({users})
                """);
            var grades = batch.Query<Grade>($"""
                SELECT {Sql.Raw(Grade.Columns)} FROM grades g
                WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course.CourseId} AND g.user_id = ANY ({users})
                """);
            await batch.Run(ct);
            var rowOf = rows.ToDictionary(row => row.UserId);
            var gradesOf = grades.ToLookup(grade => grade.UserId);
            var periods = await Periods(course, users, ct);
            foreach (var person in some)
            {
                yield return new ExportedLearner(
                    person, [.. person.SectionIds.Where(sections.ContainsKey).Select(id => sections[id])],
                    rowOf.GetValueOrDefault(person.UserId) ?? GradebookRow.Blank(person.UserId),
                    gradesOf[person.UserId].ToDictionary(grade => grade.AssignmentId),
                    periods.GetValueOrDefault(person.UserId) ?? []);
            }

            await progress.At(done += some.Length, people.Count, ct);
        }
    }

    // Rows hold totals of the course alone, so those of its periods are worked out here.
    private async Task<Dictionary<UserId, Dictionary<long, ExportedTotal>>> Periods(
        ExportedCourse course, UserId[] users, CancellationToken ct)
    {
        if (course.Structure.Policy.Periods.Count == 0) return [];
        var read = await gradebooks.Read(course.CourseId, users, ct);
        var shown = LearnerGrades.Shown(course.Structure, new GradeSight(GradeView.Grader, ByGrader: true));
        return read.Learners.ToDictionary(of => of.Key, of => course.Structure.Calculator
            .Totals(GradebookProjection.InputOf(course.Structure, of.Value, shown, GradeView.Grader)).Periods
            .ToDictionary(of => of.PeriodId, of => course.Total(of.Totals.Final.Percent, of.Totals.Final.Letter)));
    }
}
