using System.Text.Json;
using Lectern.Tests.Harness;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>
/// For each kind of thing a number that names one in an institution: <c>courseId</c> is found in the table whose key it is.
/// </summary>
internal sealed class ForeignNumbers
{
    private readonly Dictionary<string, long> byParameter = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Known => byParameter.Keys;

    public long For(string parameter) => byParameter.GetValueOrDefault(parameter, RouteTests.NobodysNumber - 1);

    /// <summary>Numbers of <paramref name="theirs"/> that <paramref name="ours"/> does not have too: each cell counts for itself.</summary>
    public static async Task<ForeignNumbers> Of(LecternApp app, TestTenant theirs, TestTenant ours)
    {
        var numbers = new ForeignNumbers();
        await using var theirSource = NpgsqlDataSource.Create(DatabaseOf(app, theirs));
        await using var ourSource = NpgsqlDataSource.Create(DatabaseOf(app, ours));
        foreach (var (table, column) in await Keys(theirSource, theirs.Tenant.Cell.Schema))
        {
            var known = await Numbers(ourSource, ours, table, column);
            var foreign = (await Numbers(theirSource, theirs, table, column)).Except(known).ToList();
            if (foreign.Count > 0) numbers.byParameter[Parameter(column)] = foreign.Max();
        }

        return numbers;
    }

    private static async Task<long[]> Numbers(NpgsqlDataSource source, TestTenant tenant, string table, string column)
    {
        await using var command = source.CreateCommand(
            $"SELECT coalesce(array_agg({column}), '{{}}') FROM {tenant.Tenant.Cell.Schema}.{table} WHERE tenant_id = {tenant.Id}");
        return (long[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Tables whose key is the institution and one number of their own.</summary>
    private static async Task<List<(string Table, string Column)>> Keys(NpgsqlDataSource source, string schema)
    {
        await using var command = source.CreateCommand("""
            SELECT c.relname, a.attname FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[1]
            WHERE i.indisprimary AND i.indnatts = 2 AND a.atttypid = 'bigint'::regtype AND c.relnamespace = $1::regnamespace
                AND a.attidentity <> ''
            """);
        command.Parameters.AddWithValue(schema);
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<(string, string)>();
        while (await reader.ReadAsync()) keys.Add((reader.GetString(0), reader.GetString(1)));
        return keys;
    }

    private static string DatabaseOf(LecternApp app, TestTenant tenant)
    {
        var connection = new NpgsqlConnectionStringBuilder(app.Options.Postgres);
        if (tenant.Tenant.Cell.Kind is Lectern.Platform.Tenancy.CellKind.Database)
            connection.Database += "_" + tenant.Slug.Replace('-', '_');
        return connection.ConnectionString;
    }

    private static string Parameter(string column) =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(column.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
