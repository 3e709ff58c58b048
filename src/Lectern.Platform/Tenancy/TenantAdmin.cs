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
    private readonly Lazy<NpgsqlDataSource> catalogue = new(() => access.Administrator(core.Database.Name));

    /// <summary>Makes an institution, or answers the one that has this slug already. A creation cut short is taken up again.</summary>
    public async Task<Tenant> Create(NewTenant wanted, CancellationToken ct)
    {
        if (!Slug().IsMatch(wanted.Slug)) throw new ArgumentException(
            $"'{wanted.Slug}' cannot be a slug: lower-case letters, digits and hyphens, at most 63.");
        if (await Find(wanted.Slug, ct) is not { } tenant)
        {
            var cell = await PlaceFor(wanted.Slug, wanted.Placement, null, ct);
            await Run($"""
                INSERT INTO platform.tenants (slug, name, state, cell_id, plan, region, locale)
                VALUES ({wanted.Slug}, {wanted.Name}, 'creating', {cell.Id}, {wanted.Plan}, {wanted.Region}, {wanted.Locale})
                    ON CONFLICT (slug) DO NOTHING
                """, ct);
            tenant = (await Find(wanted.Slug, ct))!;
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
        await Run($"""
            UPDATE platform.tenants SET state = {state}, deleted_at = CASE WHEN {state} = 'deleted' THEN now() END
                WHERE tenant_id = {tenant}
            """, ct);
    }

    private Task<Tenant?> Find(string slug, CancellationToken ct)
    {
        directory.Forget();
        return directory.Find(slug, ct);
    }

    /// <summary>The cell for an institution that is to live so: one of its own, made if need be, or the pooled one with most
    /// room.</summary>
    public async Task<Cell> PlaceFor(string slug, CellKind placement, string? cellName, CancellationToken ct)
    {
        switch (placement)
        {
            case CellKind.Schema:
                return await installation.AddCell(slug, CellKind.Schema, core.Database, ct);
            case CellKind.Database:
                var schema = Installation.SchemaNameOf(slug, CellKind.Database);
                var database = await installation.AddDatabase($"{core.Database.Name}_{schema}", ct);
                // A name of its own, because the same institution may have had a schema cell before.
                return await installation.AddCell(slug + ".db", CellKind.Database, database, ct);
            default:
                if (cellName is null) return await LeastFilled(ct);
                return (await directory.Cells(ct)).Find(cell => cell.Kind is CellKind.Pooled && cell.Name == cellName)
                    ?? throw new ArgumentException($"There is no pooled cell '{cellName}'.");
        }
    }

    private async Task<Cell> LeastFilled(CancellationToken ct)
    {
        var cells = (await directory.Cells(ct)).Where(cell => cell.Kind is CellKind.Pooled).ToDictionary(cell => cell.Id);
        await using var command = catalogue.Value.CreateCommand(
            """
            SELECT c.cell_id FROM platform.cells c LEFT JOIN platform.tenants t ON t.cell_id = c.cell_id AND t.state <> 'deleted'
            WHERE c.kind = 'pooled' GROUP BY c.cell_id ORDER BY count(t.tenant_id), c.cell_id LIMIT 1
            """);
        return cells[(int)(await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException("There is no pooled cell."))];
    }

    /// <summary>Reads one row of the catalogue as its owner; null when there is none.</summary>
    internal async Task<T?> Read<T>(Sql sql, CancellationToken ct) where T : class
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

    public ValueTask DisposeAsync() => catalogue.IsValueCreated ? catalogue.Value.DisposeAsync() : ValueTask.CompletedTask;

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Slug();
}

/// <summary>An institution to be made.</summary>
internal sealed record NewTenant(
    string Slug, string Name, CellKind Placement = CellKind.Pooled, string Plan = "standard", string? Region = null, string Locale = "en");
