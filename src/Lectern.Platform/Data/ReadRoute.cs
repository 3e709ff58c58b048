using Lectern.Platform.Caching;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// Where one request's reads go. The primary answers everything unless the endpoint has said that its reads may lag. Who the person is
/// and what they may do is asked of the primary always, and of a standby only while there is no primary and the endpoint may lag.
/// </summary>
internal sealed class ReadRoute(CellSources cells, Replicas replicas, TenantContext context)
{
    // One for each of a few kept connections that a failover has broken: clearing a pool while others clear it may leave some.
    private const int Attempts = 4;

    private readonly Cell cell = context.Tenant.Cell;
    private readonly CellPool primary = cells.For(context.Tenant.Cell);
    private ReadPurpose? lagging;
    private long position;

    /// <summary>Whether a standby may answer when the primary is away.</summary>
    public bool Spare { get; set; }

    /// <summary>A standby stood in for a primary that is away: what it does not know may be so all the same.</summary>
    public bool StoodIn { get; private set; }

    /// <summary>From here on a standby may answer that has seen everything up to this position.</summary>
    public void MayLag(ReadPurpose purpose, long seen) => (lagging, position, Spare) = (purpose, seen, true);

    /// <summary>Asks the places in turn, as long as those before turn out to be lost and nothing has been answered.</summary>
    public async Task<T> Ask<T>(Func<NpgsqlConnection, Task<T>> question, Func<bool> answered, CancellationToken ct)
    {
        if (lagging is { } purpose && CacheLoad.Current is null && replicas.Choose(cell, purpose, position) is { } chosen)
        {
            try
            {
                return await Once(chosen, question, ct);
            }
            catch (Exception failure) when (DatabaseFailure.IsLost(failure) && !answered())
            {
                // The primary knows it too.
            }
        }

        // A primary known to be away would cost everybody a connection attempt.
        if (Spare && replicas.PrimaryIsAway(cell) && replicas.ChooseAny(cell) is { } instead) return await StandIn(instead, question, ct);
        for (var attempt = 1; ; attempt++)
        {
            var connected = false;
            try
            {
                return await Once(primary, open =>
                {
                    connected = true;
                    return question(open);
                }, ct);
            }
            catch (Exception failure) when (DatabaseFailure.IsLost(failure) && !answered())
            {
                if (connected && attempt < Attempts) continue;
                if (connected || !Spare || replicas.ChooseAny(cell) is not { } spare) throw;
                return await StandIn(spare, question, ct);
            }
        }
    }

    private Task<T> StandIn<T>(CellPool standby, Func<NpgsqlConnection, Task<T>> question, CancellationToken ct)
    {
        StoodIn = true;
        CacheLoad.Current?.Lagged = true;
        return Once(standby, question, ct);
    }

    private async Task<T> Once<T>(CellPool place, Func<NpgsqlConnection, Task<T>> question, CancellationToken ct)
    {
        var connected = false;
        try
        {
            await using var own = await place.Open(context, ct);
            connected = true;
            return await question(own.Open);
        }
        catch (Exception slow) when (connected && DatabaseFailure.TookTooLong(slow))
        {
            // The server is there and busy with it: asking again would have it do the same once more.
            throw new StatementTooSlowException(slow);
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure))
        {
            // Nobody after us shall meet the connections that were kept from before.
            place.Source.Clear();
            throw;
        }
    }
}
