using Npgsql;

namespace Lectern.Platform.Sites;

/// <summary>What a copy of the catalogue says of sites. Any role of ours may ask, of a standby too.</summary>
internal static class SiteCatalogue
{
    public static async Task<SiteSeen> See(NpgsqlDataSource copy, CancellationToken ct)
    {
        try
        {
            await using var command = copy.CreateCommand(
                """
                SELECT pg_is_in_recovery(), COALESCE(t.turn, 0), t.site, t.finished_at IS NOT NULL
                FROM (VALUES (1)) AS one LEFT JOIN (
                    SELECT turn, site, finished_at FROM platform.site_turns ORDER BY turn DESC LIMIT 1) t ON true
                """);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return new SiteSeen(
                reader.GetBoolean(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3));
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return new SiteSeen(Follows: false, 0, null, Finished: false);
        }
    }

    /// <summary>
    /// Where every database is in every site, as far as anybody said. One of which nobody did is where another of the same server is:
    /// institutions with a database of their own are many, and each moves with its server.
    /// </summary>
    public static async Task<List<DatabasePlace>> Places(NpgsqlDataSource copy, CancellationToken ct)
    {
        try
        {
            await using var command = copy.CreateCommand(
                """
                SELECT DISTINCT ON (d.database_id, p.site) d.database_id, p.site, p.host, p.port, p.pooler_host, p.pooler_port
                FROM platform.databases d
                JOIN platform.databases same ON (same.host, same.port) = (d.host, d.port)
                JOIN platform.database_places p ON p.database_id = same.database_id
                ORDER BY d.database_id, p.site, same.database_id <> d.database_id, same.database_id
                """);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var places = new List<DatabasePlace>();
            while (await reader.ReadAsync(ct)) places.Add(new DatabasePlace(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3),
                reader.IsDBNull(4) ? null : new PlatformOptions.Endpoint { Host = reader.GetString(4), Port = reader.GetInt32(5) }));
            return places;
        }
        catch (PostgresException older) when (older.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }
}

/// <summary>Where a database is in a site.</summary>
internal sealed record DatabasePlace(int DatabaseId, string Site, string Host, int Port, PlatformOptions.Endpoint? Pooler);

/// <summary>A copy of the catalogue: whether it follows another, and which site it says was last told to write.</summary>
internal sealed record SiteSeen(bool Follows, int Turn, string? Writer, bool Finished);
