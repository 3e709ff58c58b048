using System.Globalization;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Plants a word in every free text and document column of one institution, and a row in every table that has none, as the
/// database's administrator. Whoever is shown the word has been shown that institution's data.
/// </summary>
internal sealed class Bait(NpgsqlConnection admin, Cell cell, TenantId tenant, string word)
{
    /// <summary>Numbers from here on exist only in the institution that was filled last.</summary>
    public const long Far = 7_000_000_000;

    /// <summary>Columns whose words the program itself reads: to write something else there would break the institution, not mark
    /// it.</summary>
    private static readonly HashSet<string> Meaningful =
        ["scope", "path", "role", "source", "kind", "state", "status", "locale", "time_zone", "timezone", "actor_kind", "purpose", "color",
            "content_type"];

    /// <summary>Lets the numbers of every table of the cell begin again at a place, so that institutions come to hold equal ones.</summary>
    public static async Task Renumber(NpgsqlConnection admin, Cell cell, long from, CancellationToken ct)
    {
        foreach (var table in await TenantTable.Of(admin, cell.Schema, ct))
        {
            foreach (var column in table.Numbered)
            {
                await using var command = new NpgsqlCommand("SELECT setval(pg_get_serial_sequence($1, $2), $3, false)", admin);
                command.Parameters.AddWithValue(table.Qualified);
                command.Parameters.AddWithValue(column);
                command.Parameters.AddWithValue(from);
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    /// <summary>Plants, and answers in how many tables the institution has at least one row now, and which took none.</summary>
    public async Task<(int Baited, IReadOnlyList<string> Bare)> Plant(CancellationToken ct)
    {
        var (_, bare) = await Fill(ct);
        var tables = await TenantTable.Of(admin, cell.Schema, ct);
        await Run("SET session_replication_role = replica", ct);
        foreach (var table in tables)
        {
            foreach (var column in (await Columns(table, ct)).Where(column => column.IsFree)) await Mark(table, column, ct);
        }

        await Run("RESET session_replication_role", ct);
        return (tables.Count - bare.Count, bare);
    }

    /// <summary>Puts a row into every table that has none, and answers which took one and which did not.</summary>
    public async Task<(IReadOnlyList<TenantTable> Filled, IReadOnlyList<string> Bare)> Fill(CancellationToken ct)
    {
        var (filled, bare) = (new List<TenantTable>(), new List<string>());
        await Run("SET session_replication_role = replica", ct);
        foreach (var table in await TenantTable.Of(admin, cell.Schema, ct))
        {
            if ((await table.Sum(admin, tenant, ct)).Rows > 0) continue;
            if (await Invent(table, await Columns(table, ct), ct)) filled.Add(table);
            else bare.Add(table.Name);
        }

        await Run("RESET session_replication_role", ct);
        return (filled, bare);
    }

    private async Task Mark(TenantTable table, Column column, CancellationToken ct)
    {
        var name = $"\"{column.Name}\"";
        var value = column.Type != "jsonb"
            ? $"COALESCE({name}, '') || ' {word}'"
            : $"CASE WHEN jsonb_typeof({name}) = 'object' THEN {name} || jsonb_build_object('planted', '{word}') ELSE {name} END";
        var unmarked = $"tenant_id = {tenant} AND COALESCE({name}::text, '') NOT LIKE '%{word}%'";
        await Try($"UPDATE {table.Qualified} SET {name} = {value} WHERE {unmarked}", ct);
    }

    private Task<bool> Invent(TenantTable table, List<Column> columns, CancellationToken ct)
    {
        var needed = columns.Where(column => column.Name == "tenant_id" || (column.Required && !column.HasDefault)).ToList();
        var names = string.Join(", ", needed.Select(column => $"\"{column.Name}\""));
        return Try($"INSERT INTO {table.Qualified} ({names}) VALUES ({string.Join(", ", needed.Select(Invented))})", ct);
    }

    private string Invented(Column column) => column switch
    {
        { Name: "tenant_id" } => tenant.ToString(),
        { Allowed: { } allowed } => $"'{allowed}'",
        { Type: "text" or "varchar" } => $"'{word}'",
        { Type: "bytea" } => "'\\x00'",
        { Type: "uuid" } => "gen_random_uuid()",
        { Type: "bool" } => "false",
        { Type: "timestamptz" or "date" } => "now()",
        { Type: "jsonb" } => $"'{{\"planted\": \"{word}\"}}'",
        { Type: "int8" } => (Far + 1).ToString(CultureInfo.InvariantCulture),
        { Type: "xid8" } => "'1'",
        _ when column.Type.StartsWith('_') => "'{}'",
        _ => "1",
    };

    private async Task<List<Column>> Columns(TenantTable table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT a.attname, t.typname, a.attnotnull, a.atthasdef OR a.attidentity <> '',
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey)),
                   (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND
                       k.conkey = ARRAY[a.attnum] LIMIT 1)
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
            """, admin);
        command.Parameters.AddWithValue(table.Qualified);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var columns = new List<Column>();
        while (await reader.ReadAsync(ct))
        {
            columns.Add(new Column(
                reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return columns;
    }

    private async Task<bool> Try(string statement, CancellationToken ct)
    {
        try
        {
            return await Run(statement, ct) > 0;
        }
        catch (PostgresException)
        {
            // A rule of the table forbids it; what can be planted is enough, and what is bare is told.
            return false;
        }
    }

    private async Task<int> Run(string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, admin);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Column(string Name, string Type, bool Required, bool HasDefault, bool Unique, string? Check)
    {
        public bool IsFree => Type is "text" or "jsonb" && Check is null && !Unique && !Meaningful.Contains(Name);

        /// <summary>The first word a check constraint names, which is one it allows.</summary>
        public string? Allowed => Check?.Split('\'') is { Length: > 2 } parts ? parts[1] : null;
    }
}
