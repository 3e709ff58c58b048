using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// A PostgreSQL database that holds cells. The first one also holds the catalogue. Two are the same when they are reached the same way,
/// whatever else the catalogue has come to say of them.
/// </summary>
public sealed record ShardDatabase(int Id, string Host, int Port, string Name)
{
    /// <summary>What operators call it.</summary>
    public string Label { get; init; } = Id == 1 ? "main" : Name;

    public string Cluster { get; init; } = "main";

    public string? Region { get; init; }

    public SizeTier? Tier { get; init; }

    public bool Draining { get; init; }

    public bool Dedicated { get; init; }

    internal PlatformOptions.Endpoint? Pooler { get; init; }

    internal IReadOnlyList<Replica> Replicas { get; init; } = [];

    /// <summary>Whether institutions other than the one it was made for may be placed here.</summary>
    internal bool Takes => !Draining && !Dedicated;

    public bool Equals(ShardDatabase? other) =>
        other is not null && (Id, Host, Port, Name) == (other.Id, other.Host, other.Port, other.Name);

    public override int GetHashCode() => HashCode.Combine(Id, Host, Port, Name);

    /// <summary>Reads all of them. The first is the one this process was told to use, whatever host its row names.</summary>
    internal static async Task<List<ShardDatabase>> ReadAll(NpgsqlDataSource catalogue, ShardDatabase first, CancellationToken ct)
    {
        await using var command = catalogue.CreateCommand(
            """
            SELECT d.database_id, d.host, d.port, d.name, COALESCE(d.label, CASE WHEN d.database_id = 1 THEN 'main' ELSE d.name END),
                   d.cluster, d.region, d.tier, d.draining, d.dedicated, d.pooler_host, d.pooler_port,
                   ARRAY(SELECT r.host || ' ' || r.port || ' ' || array_to_string(r.purposes, ',') FROM platform.replicas r
                         WHERE r.database_id = d.database_id ORDER BY r.host, r.port)
            FROM platform.databases d ORDER BY d.database_id
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<ShardDatabase>();
        while (await reader.ReadAsync(ct)) found.Add(Of(reader, first));
        return found;
    }

    private static ShardDatabase Of(NpgsqlDataReader row, ShardDatabase first)
    {
        var id = row.GetInt32(0);
        var place = id == first.Id ? first : new ShardDatabase(id, row.GetString(1), row.GetInt32(2), row.GetString(3));
        return place with
        {
            Label = row.GetString(4),
            Cluster = row.GetString(5),
            Region = row.IsDBNull(6) ? null : row.GetString(6),
            Tier = row.IsDBNull(7) ? null : SqlValue.ParseEnum<SizeTier>(row.GetString(7)),
            Draining = row.GetBoolean(8),
            Dedicated = row.GetBoolean(9),
            Pooler = row.IsDBNull(10) ? null : new PlatformOptions.Endpoint { Host = row.GetString(10), Port = row.GetInt32(11) },
            Replicas = Array.ConvertAll(row.GetFieldValue<string[]>(12), Replica.Read),
        };
    }
}

/// <summary>How large an institution is, and so which shards are meant for it.</summary>
public enum SizeTier { Small, Medium, Large }

/// <summary>What a standby answers: pages that may lag, long questions, or exports and reports.</summary>
public enum ReadPurpose { App, Analytics, Reporting }

/// <summary>A standby of a shard.</summary>
internal sealed record Replica(string Host, int Port, IReadOnlyList<ReadPurpose> Purposes)
{
    public string Address => $"{Host}:{Port}";

    public static Replica Read(string text)
    {
        var parts = text.Split(' ');
        return new Replica(
            parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            Array.ConvertAll(parts[2].Split(','), SqlValue.ParseEnum<ReadPurpose>));
    }
}
