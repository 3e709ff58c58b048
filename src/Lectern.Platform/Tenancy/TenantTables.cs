using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>A table that holds institutions' rows, as the database itself describes it.</summary>
internal sealed record TenantTable(string Schema, string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Numbered)
{
    /// <summary>Which of an institution's rows are meant, as SQL; all of them unless said otherwise.</summary>
    public string Only { get; init; } = "true";

    /// <summary>The table's name, quoted and with its schema.</summary>
    public string Qualified => $"\"{Schema}\".\"{Name}\"";

    /// <summary>Its stored columns, quoted and in order.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => $"\"{column}\""));

    /// <summary>
    /// Every table of a schema with a <c>tenant_id</c>. Read from the catalogue and not from a list, so that a table added tomorrow
    /// is moved, exported, erased and proved like the rest.
    /// </summary>
    public static async Task<List<TenantTable>> Of(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname,
                   array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
                   COALESCE(array_agg(a.attname::text) FILTER (WHERE pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname),
                       a.attname) IS NOT NULL), '{}')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            GROUP BY c.oid, c.relname HAVING bool_or(a.attname = 'tenant_id') ORDER BY c.relname
            """, connection);
        command.Parameters.AddWithValue(schema);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new List<TenantTable>();
        while (await reader.ReadAsync(ct))
            tables.Add(new TenantTable(schema, reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2)));
        return tables;
    }

    /// <summary>How many rows of an institution the table holds, and a number that any difference in them would change.</summary>
    public async Task<TableSum> Sum(NpgsqlConnection connection, TenantId tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*), COALESCE(sum(hashtextextended(ROW({ColumnList})::text, 0)::numeric), 0)::text
            FROM {Qualified} WHERE tenant_id = $1 AND {Only}
            """, connection);
        command.Parameters.AddWithValue(tenant.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new TableSum(Name, reader.GetInt64(0), reader.GetString(1));
    }

    /// <summary>Takes an institution's rows out of the table.</summary>
    public async Task<long> Delete(NpgsqlConnection connection, TenantId tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"DELETE FROM {Qualified} WHERE tenant_id = $1", connection);
        command.Parameters.AddWithValue(tenant.Value);
        return await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>What one table holds of an institution: rows, and the sum of their hashes.</summary>
internal sealed record TableSum(string Table, long Rows, string Checksum);
