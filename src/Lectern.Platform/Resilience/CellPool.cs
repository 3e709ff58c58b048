using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Resilience;

/// <summary>The connections of one cell, and who may have them.</summary>
internal sealed class CellPool(NpgsqlDataSource source, PoolGate gate) : IAsyncDisposable
{
    public NpgsqlDataSource Source => source;

    public PoolGate Gate => gate;

    public async Task<CellConnection> Open(TenantContext context, CancellationToken ct)
    {
        var place = await gate.Enter(context.Tenant.Id, context.Criticality, context.Patience, ct);
        try
        {
            return new CellConnection(await source.OpenConnectionAsync(ct), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>An open connection and the place it takes.</summary>
internal sealed class CellConnection(NpgsqlConnection open, PoolGate.Place place) : IAsyncDisposable
{
    public NpgsqlConnection Open => open;

    public async ValueTask DisposeAsync()
    {
        // First the connection: who takes the place must find one.
        await open.DisposeAsync();
        place.Dispose();
    }
}
