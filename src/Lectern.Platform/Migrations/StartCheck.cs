using System.Net.Sockets;
using System.Security.Cryptography;
using Lectern.Platform.Data;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Migrations;

/// <summary>
/// Looks, before this process serves anybody, whether it can: with the installation's secret, at schemas it understands, and with every
/// database there. Whoever starts it is told what is wrong, and nothing is changed.
/// </summary>
internal sealed class StartCheck(
    DatabaseAccess access, CoreDatabase core, MigrationPlan plan, TenantDirectory directory, SiteStanding site,
    ILogger<StartCheck> log)
{
    private const string WrongSecret =
        "LECTERN_SECRET is not the secret this installation was made with. Every node needs the same one; "
        + "'lectern migrate --new-secret' changes it for good.";

    /// <summary>Refuses another secret than the installation's, before its roles' passwords are set from it.</summary>
    public async Task SecretFits(CancellationToken ct)
    {
        try
        {
            await using var worker = access.As(DatabaseAccess.Worker, core.Database, 1);
            await using var connection = await worker.OpenConnectionAsync(ct);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            // The same words are said to a role that is not there yet.
            if (await Prepared(ct)) throw new StartRefusedException(WrongSecret);
        }
        catch (PostgresException)
        {
            // Not prepared yet; the preparation says what it meets.
        }
        catch (Exception away) when (IsAway(away))
        {
            throw new StartRefusedException(Unreachable(core.Database, away));
        }
    }

    /// <summary>Refuses a copy of the installation that is not the one which works.</summary>
    public async Task SiteFits(CancellationToken ct)
    {
        await site.Look(ct);
        if (site.Refusal is { } why) throw new StartRefusedException(why);
    }

    /// <summary>Lets go of what was sealed under the secret before: people sign in again, nothing else is lost.</summary>
    public async Task ForgetSealedKeys(CancellationToken ct)
    {
        await using var admin = access.Administrator(core.Database);
        await using var command = admin.CreateCommand(
            "DO $do$ BEGIN IF to_regclass('platform.keys') IS NOT NULL THEN DELETE FROM platform.keys; END IF; END $do$");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Refuses databases that are away, behind this program, or too far ahead of it.</summary>
    public async Task DatabasesFit(CancellationToken ct)
    {
        try
        {
            var cells = (await directory.Cells(ct)).ToLookup(cell => cell.DatabaseId);
            foreach (var database in directory.Databases) await Fits(database, [.. cells[database.Id]], ct);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartRefusedException("The database has not been prepared for this program. Run 'lectern migrate'.");
        }
    }

    /// <summary>Keys that cannot be opened were sealed under another secret.</summary>
    public static StartRefusedException Of(CryptographicException unopened) => new(WrongSecret, unopened);

    private async Task Fits(ShardDatabase database, List<Cell> cells, CancellationToken ct)
    {
        var found = await Versions(database, ct);
        var needed = cells.SelectMany(cell => plan.Cell.Select(set => (cell.Schema, set)))
            .Append(("platform", plan.Shard))
            .Concat(database.Id == core.Database.Id ? [("platform", plan.Catalogue)] : []);
        foreach (var (schema, set) in needed.Where(pair => pair.Item2.Newest > 0))
        {
            var at = found.GetValueOrDefault((schema, set.Name));
            if (at is { ServesFrom: var least } && least > set.Newest) throw new StartRefusedException(
                $"Database {database.Label}: schema {schema} was changed by a newer program ({set.Name} {least}); this one "
                + $"knows {set.Newest}. Start the newer one.");
            // A cell is in the catalogue a moment before it has its tables, and after a move a moment longer than them.
            if (at is null && schema != "platform") continue;
            if (at?.Version >= set.Newest) continue;
            var behind = $"Database {database.Label}: schema {schema} is at {set.Name} {at?.Version ?? 0}, "
                + $"this program needs {set.Newest}.";
            // A cell whose migration was tried and refused keeps serving its version; it must not keep the others from being served.
            if (at?.LastError is null || schema == "platform") throw new StartRefusedException($"{behind} Run 'lectern migrate'.");
            log.LogError("{Behind} Its migration failed: {Error}", behind, at.LastError);
        }
    }

    private async Task<Dictionary<(string Schema, string Set), State>> Versions(ShardDatabase database, CancellationToken ct)
    {
        try
        {
            await using var worker = access.As(DatabaseAccess.Worker, database, 1);
            await using var command = worker.CreateCommand(
                "SELECT schema_name, migration_set, version, serves_from, last_error FROM platform.schema_state");
            await using var reader = await command.ExecuteReaderAsync(ct);
            var versions = new Dictionary<(string, string), State>();
            while (await reader.ReadAsync(ct)) versions[(reader.GetString(0), reader.GetString(1))] =
                new State(reader.GetInt32(2), reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetString(4));
            return versions;
        }
        catch (Exception away) when (IsAway(away))
        {
            throw new StartRefusedException(Unreachable(database, away), away);
        }
    }

    private async Task<bool> Prepared(CancellationToken ct)
    {
        await using var admin = access.Administrator(core.Database);
        await using var command = admin.CreateCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)");
        command.Parameters.AddWithValue(DatabaseAccess.Worker);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    internal static bool IsAway(Exception failure) => failure is TimeoutException
        || failure is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.InvalidCatalogName }
        || failure is NpgsqlException { InnerException: SocketException or IOException or TimeoutException };

    internal static string Unreachable(ShardDatabase database, Exception away) =>
        $"Database {database.Label} at {database.Host}:{database.Port} does not answer ({(away.InnerException ?? away).Message}). "
        + "Nobody is served until it does.";

    private sealed record State(int Version, int ServesFrom, string? LastError);
}

/// <summary>This process must not serve; the message is for whoever started it.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message) : base(message)
    {
    }

    public StartRefusedException(string message, Exception cause) : base(message, cause)
    {
    }
}
