using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Migrations;

/// <summary>The database roles, one per purpose. None that answers requests owns a table or may pass row policies.</summary>
internal static class DatabaseRoles
{
    public static async Task Ensure(NpgsqlDataSource admin, DatabaseAccess access, string database, CancellationToken ct)
    {
        // Roles are the cluster's, not the database's; two starts at once must not trip over each other.
        await Run(admin, $"""
            DO $do$ BEGIN
                PERFORM pg_advisory_xact_lock(7205759);
                {Role("lectern_app", "NOLOGIN")}
                {Role(DatabaseAccess.Owner, "NOLOGIN")}
                {Login(access, DatabaseAccess.Worker)}
                {Login(access, DatabaseAccess.Sealer)}
                {Login(access, DatabaseAccess.SharedCell)}
                {Login(access, DatabaseAccess.Backup)}
                {Login(access, DatabaseAccess.Pooler)}
                ALTER ROLE lectern_backup BYPASSRLS;
                -- Migrations may have to fill a new column for every institution.
                ALTER ROLE lectern_owner BYPASSRLS;
                GRANT lectern_app TO {DatabaseAccess.SharedCell};
            END $do$;
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            REVOKE CONNECT, TEMPORARY ON DATABASE "{database}" FROM PUBLIC;
            GRANT CONNECT ON DATABASE "{database}" TO {DatabaseAccess.Worker}, {DatabaseAccess.Sealer}, {DatabaseAccess.SharedCell},
                {DatabaseAccess.Backup};
            GRANT CONNECT ON DATABASE "{database}" TO {DatabaseAccess.Pooler};
            GRANT pg_read_all_data TO {DatabaseAccess.Backup};
            """, ct);
    }

    /// <summary>What PgBouncer asks to let our roles in, and nobody else: administrators must come without it.</summary>
    public static Task EnsurePoolerLookUp(NpgsqlDataSource admin, CancellationToken ct) => Run(admin, $"""
        CREATE OR REPLACE FUNCTION platform.pooler_login(wanted text) RETURNS TABLE (rolname name, rolpassword text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $find$
            SELECT a.rolname, a.rolpassword FROM pg_catalog.pg_authid a
            WHERE a.rolname = wanted AND a.rolname LIKE 'lectern\_%' AND a.rolcanlogin AND NOT a.rolsuper AND NOT a.rolbypassrls
        $find$;
        REVOKE ALL ON FUNCTION platform.pooler_login(text) FROM PUBLIC;
        GRANT USAGE ON SCHEMA platform TO {DatabaseAccess.Pooler};
        GRANT EXECUTE ON FUNCTION platform.pooler_login(text) TO {DatabaseAccess.Pooler};
        """, ct);

    public static async Task EnsureCell(
        NpgsqlDataSource admin, DatabaseAccess access, string database, string schema, string role, bool ownSearchPath,
        CancellationToken ct)
    {
        // The shared role is there from the database's first day; setting it up again for each of thousands of cells would be for nothing.
        await Run(admin, $"""
            {(role is DatabaseAccess.SharedCell ? string.Empty : OwnRole(access, database, role))}
            CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {DatabaseAccess.Owner};
            GRANT USAGE ON SCHEMA {schema} TO {role}, {DatabaseAccess.Sealer}, {DatabaseAccess.Backup};
            {(ownSearchPath ? $"ALTER ROLE {role} IN DATABASE \"{database}\" SET search_path = {schema};" : string.Empty)}
            """, ct);
    }

    private static string OwnRole(DatabaseAccess access, string database, string role) =>
        $"""
        DO $do$ BEGIN
            PERFORM pg_advisory_xact_lock(7205759);
            {Login(access, role)}
            GRANT lectern_app TO {role};
        END $do$;
        GRANT CONNECT ON DATABASE "{database}" TO {role};
        """;

    /// <summary>
    /// Makes a database unless it is there. CREATE DATABASE cannot run in a transaction, so two at once may collide; the loser is content.
    /// </summary>
    public static async Task EnsureDatabase(NpgsqlDataSource admin, string name, CancellationToken ct)
    {
        await using var known = admin.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        known.Parameters.AddWithValue(name);
        if (await known.ExecuteScalarAsync(ct) is not null) return;
        try
        {
            await Run(admin, $"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'", ct);
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node made it a moment ago.
        }
    }

    private static string Role(string name, string attributes) =>
        $"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} {attributes}; END IF;";

    private static string Login(DatabaseAccess access, string name) =>
        Role(name, "LOGIN") + $" ALTER ROLE {name} PASSWORD '{access.VerifierOf(name)}';";

    private static async Task Run(NpgsqlDataSource admin, string text, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = admin.CreateCommand(text);
                await command.ExecuteNonQueryAsync(ct);
                return;
            }
            catch (PostgresException crossed) when (crossed.SqlState is PostgresErrorCodes.InternalError && attempt < 20)
            {
                // "Tuple concurrently updated": the advisory lock is one database's, the roles are the cluster's, and another database
                // is being prepared at this moment. All of this may run again.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 50) * attempt), ct);
            }
        }
    }
}
