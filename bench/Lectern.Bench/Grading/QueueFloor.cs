using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Grading;

/// <summary>
/// The least the next work of a queue can cost here: Npgsql reading the rows that wait longest with their learners' names and newest
/// attempts, prepared and in one round trip; nothing checked, claimed or written.
/// </summary>
internal sealed class QueueFloor(Scratch scratch, Tenant tenant, Course course, long assignment)
{
    private readonly string schema = tenant.Cell.Schema;

    public async Task<int> Next(int count)
    {
        await using var connection = await scratch.Admin.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"""
            SELECT q.user_id, p.name, s.submission_id, s.attempt, s.body_text, s.submitted_at
            FROM (
                SELECT w.user_id FROM {schema}.ungraded_work w
                WHERE w.tenant_id = $1 AND w.course_id = $2 AND w.assignment_id = $3
                ORDER BY w.skipped_at NULLS FIRST, w.since, w.user_id LIMIT $4) q
            JOIN {schema}.users p ON p.tenant_id = $1 AND p.user_id = q.user_id
            JOIN {schema}.submissions s ON s.tenant_id = $1 AND s.course_id = $2 AND s.user_id = q.user_id AND s.assignment_id = $3
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = tenant.Id.Value }, new NpgsqlParameter<long> { TypedValue = course.Id },
                new NpgsqlParameter<long> { TypedValue = assignment }, new NpgsqlParameter<int> { TypedValue = count },
            },
        };
        await command.PrepareAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var read = 0;
        while (await reader.ReadAsync()) read += reader.GetString(4).Length;
        return read;
    }
}
