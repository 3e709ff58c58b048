using System.Diagnostics;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Moves an institution between cells while it stays readable. Until the catalogue is switched a failed move is undone and the
/// institution is as it was; after that it is served from the target and only tidying is left. Killed anywhere, the same command
/// takes it up again.
/// </summary>
internal sealed class TenantMover(
    DatabaseAccess access, TenantDirectory directory, TenantAdmin admin, TenantCopy copy,
    AuditSealer sealer, OutboxRelay relay, ILogger<TenantMover> log, BrokerRelay? broker = null)
{
    /// <summary>No process changes anything on older knowledge of the catalogue; after this long all that may write know.</summary>
    private static readonly TimeSpan Settle = TenantDirectory.Fresh + TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A suspended institution stays so all the way: nobody reads or writes it, and none of its jobs run.
    private static readonly Sql Ended = Sql.Raw("CASE WHEN state = 'moving' THEN 'active' ELSE state END");

    public async Task<MoveReport> Move(Tenant tenant, MoveTo wish, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var move = await admin.Read<Underway>(
            $"SELECT from_cell_id, to_cell_id, step FROM platform.tenant_moves WHERE tenant_id = {tenant.Id}", ct)
            ?? await Begin(tenant, wish, ct);
        var cells = (await directory.Cells(ct)).ToDictionary(cell => cell.Id);
        var (from, to) = (cells[move.FromCellId], cells[move.ToCellId]);
        IReadOnlyList<TableSum> tables = [];
        if (move.Step == "frozen") tables = await CarryOrUndo(tenant, from, to, ct);

        // Served from the target from here on; everybody must have noticed before anything may be written there or missed here.
        if (move.Step != "serving") await Task.Delay(Settle, ct);
        var late = 0L;
        if (move.Step != "serving")
        {
            late = await copy.CopyLateAudit((await directory.Find(tenant.Id, ct))!, from, ct);
            await admin.Run($"""
                WITH step AS (UPDATE platform.tenant_moves SET step = 'serving' WHERE tenant_id = {tenant.Id})
                UPDATE platform.tenants SET state = {Ended} WHERE tenant_id = {tenant.Id}
                """, ct);
        }

        var readOnly = clock.Elapsed;
        await copy.Remove(tenant.Id, from, andWork: from.DatabaseId != to.DatabaseId, ct);
        await DropIfEmpty(from, ct);
        await admin.Run($"DELETE FROM platform.tenant_moves WHERE tenant_id = {tenant.Id}", ct);
        log.LogInformation("Institution {Tenant} moved from {From} to {To} in {Seconds} s.", tenant.Slug, from.Name, to.Name,
            (int)clock.Elapsed.TotalSeconds);
        return new MoveReport(from.Name, to.Name, tables, late > 0, readOnly);
    }

    private async Task<Underway> Begin(Tenant tenant, MoveTo wish, CancellationToken ct)
    {
        if (tenant.State is not (TenantState.Active or TenantState.Suspended)) throw new ArgumentException(
            $"Institution '{tenant.Slug}' is {tenant.State} and cannot be moved now.");
        var promised = (await admin.Read<Promised>(
            $"SELECT region, cluster, tier, plan FROM platform.tenants WHERE tenant_id = {tenant.Id}", ct))!;
        await directory.LoadDatabases(ct);
        var here = directory.Database(tenant.Cell.DatabaseId);
        var to = await admin.PlaceFor(
            new Placement(tenant.Slug, wish.Kind)
            {
                Region = promised.Region, Cluster = promised.Cluster, Tier = promised.Tier ?? Placement.TierOf(promised.Plan),
                Cell = wish.Cell,
                // Who names no shard wants another cell of this one.
                Shard = wish.Shard ?? (here.Takes ? here.Label : null),
            }, ct);
        if (to.Id == tenant.Cell.Id) throw new ArgumentException($"Institution '{tenant.Slug}' is in {to.Name} already.");
        // Whoever moves many has known this one for a while; somebody may have suspended or deleted it since.
        if (await admin.Run($"""
            WITH step AS (
                UPDATE platform.tenants SET state = {(tenant.State is TenantState.Active ? TenantState.Moving : tenant.State)}
                WHERE tenant_id = {tenant.Id} AND state = {tenant.State} AND cell_id = {tenant.Cell.Id} RETURNING tenant_id)
            INSERT INTO platform.tenant_moves (tenant_id, from_cell_id, to_cell_id, step, started_at)
            SELECT tenant_id, {tenant.Cell.Id}, {to.Id}, 'frozen', now() FROM step
            """, ct) == 0) throw new ArgumentException($"Institution '{tenant.Slug}' was changed by somebody else. Look, and ask again.");
        return new Underway(tenant.Cell.Id, to.Id, "frozen");
    }

    private async Task<IReadOnlyList<TableSum>> CarryOrUndo(Tenant tenant, Cell from, Cell to, CancellationToken ct)
    {
        try
        {
            await Quiet(tenant, from, to, ct);
            var tables = await copy.Copy(tenant, from, to, ct);
            await admin.Run($"""
                WITH step AS (UPDATE platform.tenant_moves SET step = 'switched' WHERE tenant_id = {tenant.Id})
                UPDATE platform.tenants SET cell_id = {to.Id}, era = era + 1 WHERE tenant_id = {tenant.Id} AND cell_id = {from.Id}
                """, ct);
            return tables;
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "The move of {Tenant} is undone.", tenant.Slug);
            await Undo(tenant, to, from);
            throw;
        }
    }

    private async Task Undo(Tenant tenant, Cell to, Cell from)
    {
        await copy.Remove(tenant.Id, to, andWork: from.DatabaseId != to.DatabaseId, CancellationToken.None);
        await admin.Run($"""
            WITH step AS (DELETE FROM platform.tenant_moves WHERE tenant_id = {tenant.Id})
            UPDATE platform.tenants SET state = {Ended} WHERE tenant_id = {tenant.Id}
            """, CancellationToken.None);
    }

    /// <summary>Waits until nobody writes any more, every event has become work, and the last audit entry is sealed.</summary>
    private async Task Quiet(Tenant tenant, Cell from, Cell to, CancellationToken ct)
    {
        await Task.Delay(Settle, ct);
        var database = directory.Database(from.DatabaseId);
        await using var source = access.Administrator(database);
        await using var connection = await source.OpenConnectionAsync(ct);
        var since = await One<DateTime>(connection, "SELECT clock_timestamp()", ct);
        await Until("writes that had begun have ended", async () => await One<bool>(connection,
            """
            SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = $1 AND backend_xid IS NOT
                NULL AND xact_start < $2)
               AND NOT EXISTS (SELECT FROM platform.jobs WHERE tenant_id = $3 AND state = 'running' AND lease_until > now())
            """, ct, from.Role, since, tenant.Id.Value), ct);
        await Until("every event has been relayed", async () =>
        {
            await relay.RelayOnce(database, ct);
            // Events do not move to another database: what the broker has not been told by then, it would never be told.
            var leaves = from.DatabaseId != to.DatabaseId;
            if (leaves && broker is not null) await broker.RelayOnce(database, ct);
            return await One<bool>(connection,
                $"""
                SELECT NOT EXISTS (SELECT FROM platform.outbox o, platform.outbox_cursors c
                    WHERE o.tenant_id = $1 AND (c.reader = 'relay' OR $2) AND {OutboxCursor.Before})
                """, ct, tenant.Id.Value, leaves);
        }, ct);
        await Until("the audit log is sealed", async () =>
        {
            await sealer.SealCell(database, from, ct);
            return await One<bool>(connection,
                $"""
                SELECT NOT EXISTS (SELECT FROM "{from.Schema}".audit_entries e WHERE e.tenant_id = $1 AND e.era = $2 AND e.at < $3 AND
                    e.tx >= COALESCE(
                    (SELECT s.to_tx FROM "{from.Schema}".audit_seals s WHERE s.tenant_id = $1 AND s.era = $2 ORDER BY s.to_tx DESC LIMIT
                        1), '0'))
                """, ct, tenant.Id.Value, tenant.Era, since);
        }, ct);
    }

    private static async Task Until(string what, Func<Task<bool>> holds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed > Patience) throw new TimeoutException(
                $"Gave up waiting until {what}; the institution is active where it was.");
            await Task.Delay(100, ct);
        }
    }

    /// <summary>A schema of its own that nobody lives in any more goes; its tables would cost catalogue space for ever.</summary>
    private async Task DropIfEmpty(Cell cell, CancellationToken ct)
    {
        if (cell.Kind is not CellKind.Schema) return;
        await using var source = access.Administrator(directory.Database(cell.DatabaseId));
        await using var command = source.CreateCommand(
            $"""
            DROP SCHEMA IF EXISTS "{cell.Schema}" CASCADE;
            DELETE FROM platform.schema_state WHERE schema_name = '{cell.Schema}';
            DELETE FROM platform.applied_migrations WHERE schema_name = '{cell.Schema}';
            DELETE FROM platform.audit_marks WHERE schema_name = '{cell.Schema}';
            """);
        await command.ExecuteNonQueryAsync(ct);
        await admin.Run($"""
            WITH moves AS (DELETE FROM platform.tenant_moves WHERE from_cell_id = {cell.Id} RETURNING 1)
            DELETE FROM platform.cells c WHERE c.cell_id = {cell.Id} AND NOT EXISTS (SELECT FROM platform.tenants t WHERE t.cell_id =
                c.cell_id)
            """, ct);
    }

    private static async Task<T> One<T>(NpgsqlConnection connection, string text, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(text, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record Promised(string? Region, string? Cluster, SizeTier? Tier, string Plan);

    private sealed record Underway(int FromCellId, int ToCellId, string Step);
}

/// <summary>Where somebody wants an institution to live: in what kind of cell, in which one, in which shard.</summary>
internal sealed record MoveTo(CellKind Kind, string? Cell = null, string? Shard = null);

/// <summary>What a move did: from where to where, every table with its rows and checksum, and for how long nothing could be
/// changed.</summary>
internal sealed record MoveReport(string From, string To, IReadOnlyList<TableSum> Tables, bool LateAudit, TimeSpan ReadOnly);
