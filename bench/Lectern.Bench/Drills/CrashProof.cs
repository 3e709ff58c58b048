using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>What must hold after a crash, asked of the database directly.</summary>
internal sealed class CrashProof(Scratch scratch, Tenant tenant, Course course)
{
    private readonly string schema = tenant.Cell.Schema;

    /// <summary>Acknowledged writes that are not there as they were acknowledged.</summary>
    public async Task<long> Lost(CrashLoad load)
    {
        var submissions = await scratch.Value<long>($"""
            SELECT count(*) FROM unnest(ARRAY[{string.Join(',', load.Submissions.Keys)}]::bigint[],
                ARRAY['{string.Join("','", load.Submissions.Values)}']) r(id, number)
            WHERE NOT EXISTS (SELECT FROM {schema}.submissions s
                WHERE s.tenant_id = {tenant.Id} AND s.submission_id = r.id AND s.receipt_no = r.number)
            """);
        var grades = load.Grades.ToList();
        return submissions + await scratch.Value<long>($"""
            SELECT count(*) FROM unnest(ARRAY[{string.Join(',', grades.Select(grade => grade.Learner))}]::bigint[],
                ARRAY[{string.Join(',', grades.Select(grade => grade.Version))}]::int[],
                ARRAY[{string.Join(',', grades.Select(grade => grade.Score))}]::int[]) g(learner, version, score)
            WHERE NOT EXISTS (SELECT FROM {schema}.grade_entries e
                WHERE e.tenant_id = {tenant.Id} AND e.assignment_id = {course.Assignment(1)} AND e.user_id = g.learner
                    AND e.version = g.version AND e.entered_score = g.score)
            """);
    }

    /// <summary>Cells whose score or version is not that of the newest entry of the ledger, in grades or in the gradebook's rows.</summary>
    public Task<long> RowsApartFromTheLedger() => scratch.Value<long>($"""
        SELECT count(*) FROM (
            SELECT DISTINCT ON (e.assignment_id, e.user_id) e.assignment_id, e.user_id, e.version, e.entered_score
            FROM {schema}.grade_entries e WHERE e.tenant_id = {tenant.Id} AND e.course_id = {course.Id}
            ORDER BY e.assignment_id, e.user_id, e.version DESC) newest
        JOIN {schema}.assignments a ON a.tenant_id = {tenant.Id} AND a.assignment_id = newest.assignment_id
        LEFT JOIN {schema}.grades g ON g.tenant_id = {tenant.Id} AND g.course_id = {course.Id} AND g.user_id = newest.user_id
            AND g.assignment_id = newest.assignment_id
        LEFT JOIN {schema}.gradebook_rows r ON r.tenant_id = {tenant.Id} AND r.course_id = {course.Id} AND r.user_id = newest.user_id
        WHERE (g.version, g.entered_score) IS DISTINCT FROM (newest.version, newest.entered_score)
            OR r.versions[a.slot + 1] IS DISTINCT FROM newest.version
            OR r.cells[a.slot + 1] IS DISTINCT FROM (newest.entered_score * 10000)::bigint
        """);

    /// <summary>Once nothing waits any more: how often events had to be handled, and how often they were.</summary>
    public async Task<(long Expected, long Handled)> Deliveries(Listeners listeners)
    {
        var expected = 0L;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            expected = 0;
            await using (var command = scratch.Admin.CreateCommand("SELECT type, count(*) FROM platform.outbox GROUP BY type"))
            {
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync()) expected += reader.GetInt64(1) * listeners.Of(reader.GetString(0)).Count();
            }

            var waiting = await scratch.Value<long>("SELECT count(*) FROM platform.jobs WHERE state IN ('ready', 'running')");
            if (waiting == 0 && await Handled() >= expected) break;
            await Task.Delay(500);
        }

        return (expected, await Handled());
    }

    // The inbox's key lets an event be handled once by each consumer; a job that was given up would be missing here.
    private Task<long> Handled() => scratch.Value<long>("SELECT count(*) FROM platform.inbox");
}
