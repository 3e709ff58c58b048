using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Grading;

/// <summary>
/// The least one grade can cost here: Npgsql sending the statements a recorded grade needs, prepared, in two round trips and one durable
/// transaction, with no HTTP, no permission and no arithmetic.
/// </summary>
internal sealed class WriteFloor(Scratch scratch, Tenant tenant, Course course)
{
    private readonly string schema = tenant.Cell.Schema;

    /// <summary>An outbox of its own, since the product would try to deliver what it finds in the real one.</summary>
    public Task Prepare() => scratch.Execute("CREATE TABLE platform.bench_outbox (LIKE platform.outbox INCLUDING ALL)");

    public async Task Write(int i)
    {
        // The second assignment, which the product is not writing to.
        var (learner, assignment) = (course.Learner(i % course.Learners), course.Assignment(1));
        await using var connection = await scratch.Admin.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var read = new NpgsqlBatch(connection, transaction))
        {
            read.BatchCommands.Add(Command(
                $"""
                SELECT cells, flags, versions FROM {schema}.gradebook_rows
                WHERE tenant_id = $1 AND course_id = $2 AND user_id = $3 FOR UPDATE
                """,
                learner));
            read.BatchCommands.Add(Command(
                $"SELECT slot, points_possible FROM {schema}.assignments WHERE tenant_id = $1 AND course_id = $2"));
            read.BatchCommands.Add(Command(
                $"SELECT assignment_id, score, version FROM {schema}.grades WHERE tenant_id = $1 AND course_id = $2 AND user_id = $3",
                learner));
            await read.PrepareAsync();
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync() || await reader.NextResultAsync()) { }
        }

        await using (var write = new NpgsqlBatch(connection, transaction))
        {
            foreach (var command in Writes(learner, assignment)) write.BatchCommands.Add(command);
            await write.PrepareAsync();
            await write.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private IEnumerable<NpgsqlBatchCommand> Writes(long learner, long assignment)
    {
        yield return Command(
            $"""
            INSERT INTO {schema}.grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score,
                status, source, actor_id, at)
            SELECT $1, $4, $3, version + 1, gen_random_uuid(), $2, 'score', 50, 'computed', 'person', $2, now()
            FROM {schema}.grades WHERE tenant_id = $1 AND course_id = $2 AND user_id = $3 AND assignment_id = $4
            """, learner, assignment);
        yield return Command(
            $"""
            UPDATE {schema}.grades SET entered_score = 50, score = 50, version = version + 1, graded_at = now()
            WHERE tenant_id = $1 AND course_id = $2 AND user_id = $3 AND assignment_id = $4
            """, learner, assignment);
        yield return Command(
            $"""
            INSERT INTO {schema}.audit_entries (tenant_id, audit_entry_id, at, actor_id, actor_kind, action, subject, detail, era)
            VALUES ($1, gen_random_uuid(), now(), $2, 'token', 'grade.recorded', 'grade:' || $3, jsonb_build_object('to', 50), 1)
            """, learner);
        yield return Command(
            """
            INSERT INTO platform.bench_outbox (tenant_id, event_id, type, aggregate, body, occurred_at)
            VALUES ($1, gen_random_uuid(), 'bench.floor', 'course:' || $2, '{}', now())
            """);
        yield return Command($"UPDATE {schema}.gradebooks SET version = version + 1 WHERE tenant_id = $1 AND course_id = $2");
        yield return Command(
            $"""
            UPDATE {schema}.gradebook_rows SET cells[2] = 500000, versions[2] = versions[2] + 1, course_version = course_version + 1
            WHERE tenant_id = $1 AND course_id = $2 AND user_id = $3
            """, learner);
    }

    private NpgsqlBatchCommand Command(string text, params long[] more)
    {
        var command = new NpgsqlBatchCommand(text) { Parameters = { new NpgsqlParameter<int> { TypedValue = tenant.Id.Value } } };
        foreach (var value in more.Prepend(course.Id)) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        return command;
    }
}
