using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Grading;

/// <summary>
/// The least a gradebook can cost here: Npgsql reading the same rows, names and columns with prepared statements in one round trip, every
/// cell decoded, nothing checked and nothing written.
/// </summary>
internal sealed class MatrixFloor(Scratch scratch, Tenant tenant, Course course)
{
    private readonly string schema = tenant.Cell.Schema;

    public async Task<long> Read()
    {
        await using var connection = await scratch.Admin.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command($"""
                    SELECT m.user_id, p.name, p.sortable_name, m.section_id FROM {schema}.enrollments m
                    JOIN {schema}.users p ON p.tenant_id = $1 AND p.user_id = m.user_id
                    WHERE m.tenant_id = $1 AND m.course_id = $2 AND m.role = 'learner'
                    """),
                Command(
                    $"""
                    SELECT assignment_id, title, points_possible, slot FROM {schema}.assignments WHERE tenant_id = $1 AND course_id = $2
                    """),
                Command($"""
                    SELECT user_id, cells, flags, versions, totals, group_totals FROM {schema}.gradebook_rows
                    WHERE tenant_id = $1 AND course_id = $2 ORDER BY user_id
                    """),
            },
        };
        await batch.PrepareAsync();
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync()) _ = (reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3));
        await reader.NextResultAsync();
        while (await reader.ReadAsync()) _ = (reader.GetInt64(0), reader.GetString(1), reader.GetDecimal(2), reader.GetInt32(3));
        await reader.NextResultAsync();
        var cells = 0L;
        while (await reader.ReadAsync())
        {
            cells += reader.GetFieldValue<long[]>(1).Length + reader.GetFieldValue<int[]>(2).Length + reader.GetFieldValue<int[]>(3).Length;
            cells += reader.GetFieldValue<long[]>(4).Length + reader.GetFieldValue<long[]>(5).Length;
        }

        return cells;
    }

    private NpgsqlBatchCommand Command(string text) => new(text)
    {
        Parameters = { new NpgsqlParameter<int> { TypedValue = tenant.Id.Value }, new NpgsqlParameter<long> { TypedValue = course.Id } },
    };
}
