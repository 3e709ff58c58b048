using Npgsql;

namespace Lectern.Platform.Sites;

/// <summary>The catalogue's list of which site was told to write. The entry is the moment from which the change of sites counts.</summary>
internal sealed class TurnLog(NpgsqlDataSource catalogue)
{
    /// <summary>Enters the turn, and with it the addresses of the site, in one transaction.</summary>
    public async Task<(int Turn, int Replicas)> Begin(int turn, SitePair sites, string lost, CancellationToken ct)
    {
        await using var batch = catalogue.CreateBatch();
        Add(batch, "INSERT INTO platform.site_turns (turn, site, lost) VALUES ($1, $2, $3)", turn, sites.Own, lost);
        foreach (var place in sites.Places) Add(batch,
            "UPDATE platform.databases SET host = $2, port = $3, pooler_host = $4, pooler_port = $5 WHERE database_id = $1",
            place.DatabaseId, place.Host, place.Port, place.Pooler?.Host, place.Pooler?.Port);
        // Those that follow the other site's primary would answer from another history.
        var replicas = Add(batch, "DELETE FROM platform.replicas");
        await batch.ExecuteNonQueryAsync(ct);
        return (turn, (int)replicas.RecordsAffected);
    }

    /// <summary>Says that all is done, and what it cost.</summary>
    public async Task<string> Finish(CancellationToken ct)
    {
        await using var command = catalogue.CreateCommand(
            """
            UPDATE platform.site_turns SET finished_at = now() WHERE turn = (SELECT max(turn) FROM platform.site_turns) RETURNING lost
            """);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string text, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
        return command;
    }
}
