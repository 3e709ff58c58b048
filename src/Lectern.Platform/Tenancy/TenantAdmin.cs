using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>Makes and retires institutions. Works as the administrator of the databases, so only commands and operators reach it.</summary>
internal sealed partial class TenantAdmin(
    DatabaseAccess access, CoreDatabase core, TenantDirectory directory, Installation installation, TenantScopes scopes) : IAsyncDisposable
{
    // Kept between statements: connecting anew costs more than any of them.
    private readonly Lazy<NpgsqlDataSource> catalogue = new(() => access.Administrator(core.Database));

    /// <summary>Makes an institution, or answers the one that has this slug already. A creation cut short is taken up again.</summary>
    public async Task<Tenant> Create(NewTenant wanted, CancellationToken ct)
    {
        if (!Slug().IsMatch(wanted.Slug)) throw new ArgumentException(
            $"'{wanted.Slug}' cannot be a slug: lower-case letters, digits and hyphens, at most 63.");
        if (await Find(wanted.Slug, ct) is not { } tenant)
        {
            tenant = await Register(wanted, ct);
        }

        if (tenant.State is not TenantState.Creating) return tenant;
        await scopes.Do(tenant.Id, async services =>
        {
            foreach (var setup in services.GetServices<ITenantSetup>()) await setup.SetUp(tenant, ct);
            return true;
        }, ct);
        await SetState(tenant.Id, TenantState.Active, ct);
        return (await Find(wanted.Slug, ct))!;
    }

    public async Task SetState(TenantId tenant, TenantState state, CancellationToken ct)
    {
        if (await Run($"""
            UPDATE platform.tenants SET state = {state}, deleted_at = CASE WHEN {state} = 'deleted' THEN now() END
                WHERE tenant_id = {tenant} AND NOT EXISTS (SELECT FROM platform.tenant_moves WHERE tenant_id = {tenant})
            """, ct) == 0) throw new ArgumentException("This institution is being moved. Let the move end first.");
    }

    /// <summary>Enters an institution in the catalogue, without anything in it yet.</summary>
    internal async Task<Tenant> Register(NewTenant wanted, CancellationToken ct)
    {
        var cell = await PlaceFor(
            new Placement(wanted.Slug, wanted.Placement)
            {
                Region = wanted.Region, Cluster = wanted.Cluster, Tier = wanted.Tier ?? Placement.TierOf(wanted.Plan), Shard = wanted.Shard,
            }, ct);
        await Run($"""
            INSERT INTO platform.tenants (slug, name, state, cell_id, plan, region, cluster, tier, locale)
            VALUES ({wanted.Slug}, {wanted.Name}, 'creating', {cell.Id}, {wanted.Plan}, {wanted.Region}, {wanted.Cluster}, {wanted.Tier},
                    {wanted.Locale})
                ON CONFLICT (slug) DO NOTHING
            """, ct);
        return await Find(wanted.Slug, ct) ?? throw new ArgumentException(Deleted(wanted.Slug));
    }

    private static string Deleted(string slug) =>
        $"'{slug}' was an institution that is deleted. Bring it back with tenants restore, erase it with tenants delete --now, or use "
        + "another name.";

    private Task<Tenant?> Find(string slug, CancellationToken ct)
    {
        directory.Forget();
        return directory.Find(slug, ct);
    }

    /// <summary>The cell for an institution that is to live so: one of its own, made if need be, or the pooled one with most
    /// room.</summary>
    public async Task<Cell> PlaceFor(Placement wanted, CancellationToken ct)
    {
        await directory.LoadDatabases(ct);
        if (wanted is { Kind: CellKind.Pooled, Cell: { } name }) return await NamedCell(wanted, name, ct);
        var shards = wanted.Among(directory.Databases);
        if (wanted.Kind is CellKind.Pooled) return await LeastFilled(shards, ct);
        var shard = await LeastCrowded(shards, ct);
        if (wanted.Kind is CellKind.Schema) return await installation.AddCell(CellNameIn(shard, wanted.Slug), CellKind.Schema, shard, ct);
        var schema = Installation.SchemaNameOf(wanted.Slug, CellKind.Database);
        var own = new ShardDatabase(0, shard.Host, shard.Port, $"{shard.Name}_{schema}");
        var database = await installation.AddDatabase(
            own with { Label = own.Name, Cluster = shard.Cluster, Region = shard.Region, Tier = shard.Tier, Dedicated = true,
                Pooler = shard.Pooler }, ct);
        // A name of its own, because the same institution may have had a schema cell before.
        return await installation.AddCell(CellNameIn(shard, wanted.Slug) + ".db", CellKind.Database, database, ct);
    }

    // On its way between two shards an institution has a cell in both, and names of cells are unique.
    private string CellNameIn(ShardDatabase shard, string slug) => shard.Id == core.Database.Id ? slug : $"{slug}@{shard.Label}";

    private async Task<Cell> NamedCell(Placement wanted, string name, CancellationToken ct)
    {
        var cell = (await directory.Cells(ct)).Find(known => known.Kind is CellKind.Pooled && known.Name == name)
            ?? throw new ArgumentException($"There is no pooled cell '{name}'.");
        if (wanted.Refuses(directory.Database(cell.DatabaseId)) is { } refusal) throw new ArgumentException(refusal);
        return cell;
    }

    private async Task<Cell> LeastFilled(IReadOnlyList<ShardDatabase> shards, CancellationToken ct)
    {
        var places = shards.Select(shard => shard.Id).ToArray();
        var found = await Read<Found>($"""
            SELECT c.cell_id AS id FROM platform.cells c LEFT JOIN platform.tenants t ON t.cell_id = c.cell_id AND t.state <> 'deleted'
            WHERE c.kind = 'pooled' AND c.database_id = ANY ({places})
            GROUP BY c.cell_id ORDER BY count(t.tenant_id), c.cell_id LIMIT 1
            """, ct) ?? throw new ArgumentException($"Shard '{shards[0].Label}' has no pooled cell.");
        return (await directory.Cells(ct)).Find(cell => cell.Id == found.Id)!;
    }

    private async Task<ShardDatabase> LeastCrowded(IReadOnlyList<ShardDatabase> shards, CancellationToken ct)
    {
        var places = shards.Select(shard => shard.Id).ToArray();
        var found = await Read<Found>($"""
            SELECT d.id FROM unnest({places}) d(id) LEFT JOIN platform.cells c ON c.database_id = d.id
            LEFT JOIN platform.tenants t ON t.cell_id = c.cell_id AND t.state <> 'deleted'
            GROUP BY d.id ORDER BY count(t.tenant_id), d.id LIMIT 1
            """, ct);
        return shards.First(shard => shard.Id == found!.Id);
    }

    /// <summary>Reads one row of the catalogue as its owner; null when there is none.</summary>
    internal async Task<T?> Read<T>(Sql sql, CancellationToken ct) where T : class
    {
        try
        {
            return await ReadOnce<T>(sql, ct);
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure))
        {
            // The connection was kept since before the server was restarted.
            catalogue.Value.Clear();
            return await ReadOnce<T>(sql, ct);
        }
    }

    private async Task<T?> ReadOnce<T>(Sql sql, CancellationToken ct) where T : class
    {
        await using var batch = catalogue.Value.CreateBatch();
        batch.BatchCommands.Add(sql.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        await TenantDb.Collect(reader, rows, ct);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>Changes the catalogue; what is remembered of it is forgotten here at once, and elsewhere within seconds.</summary>
    internal async Task<int> Run(Sql sql, CancellationToken ct)
    {
        await using var batch = catalogue.Value.CreateBatch();
        batch.BatchCommands.Add(sql.ToCommand());
        var touched = await batch.ExecuteNonQueryAsync(ct);
        directory.Forget();
        return touched;
    }

    private sealed record Found(int Id);

    public ValueTask DisposeAsync() => catalogue.IsValueCreated ? catalogue.Value.DisposeAsync() : ValueTask.CompletedTask;

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Slug();
}

/// <summary>An institution to be made.</summary>
internal sealed record NewTenant(
    string Slug, string Name, CellKind Placement = CellKind.Pooled, string Plan = "standard", string? Region = null, string Locale = "en")
{
    /// <summary>The only cluster it may live in, if it was promised one.</summary>
    public string? Cluster { get; init; }

    /// <summary>Its size; what its plan means when not said.</summary>
    public SizeTier? Tier { get; init; }

    /// <summary>The shard it is to begin in; the least filled of those it may live in when not said.</summary>
    public string? Shard { get; init; }
}
