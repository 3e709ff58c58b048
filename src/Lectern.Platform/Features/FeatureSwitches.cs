using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Features;

/// <summary>
/// What is switched off, as every process knows it: asked for once a second, and kept as it was while the catalogue is away.
/// </summary>
internal sealed class FeatureSwitches(
    DatabaseAccess access, CoreDatabase core, IEnumerable<Feature> features, TenantAdmin admin, TimeProvider clock) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> source = new(() => access.As(DatabaseAccess.Worker, core.Database, 1));
    private readonly Feature[] known = [.. features.OrderBy(feature => feature.Name, StringComparer.Ordinal)];
    private volatile IReadOnlyDictionary<(string, int), Off> off = new Dictionary<(string, int), Off>();

    /// <summary>All that can be switched off.</summary>
    public IReadOnlyList<Feature> Known => known;

    /// <summary>Every switch that is off, for everybody (tenant 0) or for one institution.</summary>
    public IReadOnlyDictionary<(string Feature, int Tenant), Off> All => off;

    /// <summary>Why a feature is off at an institution; null while it is on.</summary>
    public Off? Find(Feature feature, TenantId? tenant) =>
        off.GetValueOrDefault((feature.Name, 0)) ?? (tenant is { } one ? off.GetValueOrDefault((feature.Name, one.Value)) : null);

    public async Task Refresh(CancellationToken ct)
    {
        await using var command = source.Value.CreateCommand("SELECT feature, tenant_id, because, since FROM platform.feature_switches");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var read = new Dictionary<(string, int), Off>();
        while (await reader.ReadAsync(ct))
            read[(reader.GetString(0), reader.GetInt32(1))] = new Off(reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3));
        off = read;
    }

    /// <summary>Switches a feature off for everybody, or for one institution.</summary>
    public async Task TurnOff(string feature, Tenant? tenant, string because, CancellationToken ct)
    {
        await admin.Run($"""
            INSERT INTO platform.feature_switches (feature, tenant_id, because, since)
            VALUES ({Named(feature).Name}, {tenant?.Id.Value ?? 0}, {because}, {clock.GetUtcNow()})
            ON CONFLICT (feature, tenant_id) DO UPDATE SET because = EXCLUDED.because
            """, ct);
        await Refresh(ct);
    }

    public async Task TurnOn(string feature, Tenant? tenant, CancellationToken ct)
    {
        await admin.Run($"""
            DELETE FROM platform.feature_switches WHERE feature = {Named(feature).Name} AND tenant_id = {tenant?.Id.Value ?? 0}
            """, ct);
        await Refresh(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (source.IsValueCreated) await source.Value.DisposeAsync();
    }

    private Feature Named(string name) => known.FirstOrDefault(feature => feature.Name == name)
        ?? throw new ArgumentException($"There is no feature '{name}'. There are: {string.Join(", ", known.Select(one => one.Name))}.");

    /// <summary>Why something is off, in the operator's words, and since when.</summary>
    internal sealed record Off(string Because, DateTimeOffset Since);
}
