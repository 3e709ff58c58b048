using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>Adds databases to the installation, says for whom they are, and takes empty ones away again.</summary>
internal sealed class ShardAdmin(TenantAdmin admin, TenantDirectory directory, CoreDatabase core, Installation installation)
{
    /// <summary>Prepares a database with its pooled cells and enters it in the catalogue. May be repeated.</summary>
    public async Task<ShardDatabase> Add(NewShard wanted, CancellationToken ct)
    {
        await directory.LoadDatabases(ct);
        if (directory.Databases.FirstOrDefault(known => known.Label == wanted.Label) is { } taken
            && (taken.Host, taken.Port, taken.Name) != (wanted.Host, wanted.Port, wanted.Name))
            throw new ArgumentException($"Shard '{wanted.Label}' is {taken.Host}:{taken.Port}/{taken.Name} already.");
        var shard = await installation.AddDatabase(wanted.Place, ct);
        await Set(shard.Label, wanted.Region, wanted.Tier, wanted.Pooler, ct);
        for (var i = 1; i <= wanted.Cells; i++) await installation.AddCell($"{wanted.Label}.{i:00}", CellKind.Pooled, shard, ct);
        return await Named(wanted.Label, ct);
    }

    public async Task Set(string label, string? region, SizeTier? tier, PlatformOptions.Endpoint? pooler, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        await admin.Run($"""
            UPDATE platform.databases SET region = COALESCE({region}::text, region), tier = COALESCE({tier}::text, tier),
                pooler_host = COALESCE({pooler?.Host}::text, pooler_host), pooler_port = COALESCE({pooler?.Port}::int, pooler_port)
            WHERE database_id = {shard.Id}
            """, ct);
        await directory.LoadDatabases(ct);
    }

    /// <summary>Takes no new institutions there, or does so again.</summary>
    public async Task SetDraining(string label, bool draining, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        await admin.Run($"UPDATE platform.databases SET draining = {draining} WHERE database_id = {shard.Id}", ct);
        await directory.LoadDatabases(ct);
    }

    /// <summary>Who lives in a shard, deleted ones that can still be restored included.</summary>
    public async Task<List<Tenant>> Inhabitants(string label, CancellationToken ct) => await directory.In(await Named(label, ct), ct);

    /// <summary>Takes an empty shard out of the catalogue. Its database stays and can be dropped by whoever owns it.</summary>
    public async Task Remove(string label, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        if (shard.Id == core.Database.Id) throw new ArgumentException($"Shard '{label}' holds the catalogue and cannot be removed.");
        var left = await admin.Read<Left>($"""
            SELECT count(*)::int AS institutions FROM platform.tenants t JOIN platform.cells c USING (cell_id)
            WHERE c.database_id = {shard.Id}
            """, ct);
        if (left!.Institutions > 0) throw new ArgumentException(
            $"Shard '{label}' still holds {left.Institutions} institutions, deleted ones included. Move or erase them first.");
        await admin.Run($"""
            WITH moves AS (DELETE FROM platform.tenant_moves WHERE from_cell_id IN
                (SELECT cell_id FROM platform.cells WHERE database_id = {shard.Id}))
            DELETE FROM platform.cells WHERE database_id = {shard.Id}
            """, ct);
        await admin.Run($"DELETE FROM platform.databases WHERE database_id = {shard.Id}", ct);
        await directory.LoadDatabases(ct);
    }

    public async Task AddReplica(string label, Replica replica, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        await admin.Run($"""
            INSERT INTO platform.replicas (database_id, host, port, purposes)
            VALUES ({shard.Id}, {replica.Host}, {replica.Port}, {replica.Purposes.ToArray()})
            ON CONFLICT (database_id, host, port) DO UPDATE SET purposes = excluded.purposes
            """, ct);
        await directory.LoadDatabases(ct);
    }

    public async Task RemoveReplica(string label, string host, int port, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        if (await admin.Run(
            $"DELETE FROM platform.replicas WHERE database_id = {shard.Id} AND host = {host} AND port = {port}", ct) == 0)
            throw new ArgumentException($"Shard '{label}' has no replica at {host}:{port}.");
        await directory.LoadDatabases(ct);
    }

    /// <summary>Says where a database is in a site. A failover to that site makes it the address that counts.</summary>
    public async Task SetPlace(
        string label, string site, PlatformOptions.Endpoint at, PlatformOptions.Endpoint? pooler, CancellationToken ct)
    {
        var shard = await Named(label, ct);
        await admin.Run($"""
            INSERT INTO platform.database_places (database_id, site, host, port, pooler_host, pooler_port)
            VALUES ({shard.Id}, {site}, {at.Host}, {at.Port}, {pooler?.Host}::text, {pooler?.Port}::int)
            ON CONFLICT (database_id, site) DO UPDATE SET host = excluded.host, port = excluded.port,
                pooler_host = excluded.pooler_host, pooler_port = excluded.pooler_port
            """, ct);
    }

    private async Task<ShardDatabase> Named(string label, CancellationToken ct)
    {
        await directory.LoadDatabases(ct);
        return directory.Databases.FirstOrDefault(shard => shard.Label == label)
            ?? throw new ArgumentException($"There is no shard '{label}'.");
    }

    private sealed record Left(int Institutions);
}

/// <summary>A shard to be added.</summary>
internal sealed record NewShard(string Label, string Host, int Port, string Name, string Cluster, int Cells)
{
    public string? Region { get; init; }

    public SizeTier? Tier { get; init; }

    public PlatformOptions.Endpoint? Pooler { get; init; }

    public ShardDatabase Place => new(0, Host, Port, Name) { Label = Label, Cluster = Cluster };
}
