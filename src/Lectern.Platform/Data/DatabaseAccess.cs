using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// Who may connect as what. Each purpose has a database role of its own; their passwords follow from the installation's secret,
/// so every node with that secret can connect and none is written down.
/// </summary>
internal sealed class DatabaseAccess(PlatformOptions options)
{
    /// <summary>Owns schemas and runs migrations. Never used to answer a request.</summary>
    public const string Owner = "lectern_owner";

    /// <summary>Reads the catalogue, relays events, leases jobs. Sees no institution's tables.</summary>
    public const string Worker = "lectern_worker";

    /// <summary>Seals audit rows. Sees audit tables only.</summary>
    public const string Sealer = "lectern_sealer";

    /// <summary>Serves the schema cells of a database, which are too many to have a role each.</summary>
    public const string SharedCell = "lectern_schemas";

    /// <summary>Reads everything, for backups and moves. Cannot write to institutions' tables it has not been granted.</summary>
    public const string Backup = "lectern_backup";

    /// <summary>Lets PgBouncer look up whether a role of ours may come in. Sees no table.</summary>
    public const string Pooler = "lectern_pooler";

    public string Secret => options.Secret;

    public string PasswordOf(string role) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Secret), Encoding.UTF8.GetBytes($"role:{role}")))[..40];

    /// <summary>
    /// What PostgreSQL keeps of a role's password (RFC 5803). The salt follows from the installation's secret too, so the same role has
    /// the same entry on every server and after every start: a pooler that let somebody in by it can go on using what it learnt.
    /// </summary>
    public string VerifierOf(string role)
    {
        const int rounds = 4096;
        var salt = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Secret), Encoding.UTF8.GetBytes($"salt:{role}"))[..16];
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(PasswordOf(role)), salt, rounds, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${rounds}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }

    /// <summary>The administrator's connection, which makes roles and databases. Only commands and the first start use it.</summary>
    public NpgsqlDataSource Administrator(string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.Postgres) { Database = database, ApplicationName = "lectern-admin" };
        return Named(builder, $"administrator-{database}");
    }

    /// <summary>The same in whichever cluster a database is; other clusters may have an administrator of their own.</summary>
    public NpgsqlDataSource Administrator(ShardDatabase database) =>
        Named(AdministratorOf(database), $"administrator-{database.Id}");

    /// <summary>The same for a server that may be away: asked with little patience, and by a new connection each time.</summary>
    public NpgsqlDataSource ImpatientAdministrator(ShardDatabase database)
    {
        var builder = AdministratorOf(database);
        (builder.Timeout, builder.Pooling) = (3, false);
        return Named(builder, $"administrator-{database.Host}:{database.Port}");
    }

    private NpgsqlConnectionStringBuilder AdministratorOf(ShardDatabase database) =>
        new(options.Administrators.GetValueOrDefault(database.Cluster, options.Postgres))
        {
            Host = database.Host,
            Port = database.Port,
            Database = database.Name,
            ApplicationName = "lectern-admin",
        };

    public NpgsqlDataSource As(string role, ShardDatabase database, int maxPoolSize = 10) =>
        Named(Direct(role, database, maxPoolSize), $"{role}-{database.Id}");

    public NpgsqlDataSource ForCell(ShardDatabase database, Cell cell, string name, int size, Replica? replica = null)
    {
        var role = cell.Kind is CellKind.Schema ? SharedCell : cell.Role;
        var builder = Direct(role, database, size);
        builder.MinPoolSize = replica is null ? 1 : 0;
        if (replica is not null) (builder.Host, builder.Port) = (replica.Host, replica.Port);
        if (replica is null && PoolerOf(database) is { } pooler)
        {
            // PgBouncer in transaction mode below 1.21 keeps no prepared statements apart, and a reset would be a wasted trip.
            (builder.Host, builder.Port) = (pooler.Host, pooler.Port);
            builder.MaxAutoPrepare = 0;
            builder.NoResetOnClose = true;
        }
        else
        {
            // Whatever a unit of work sets, it sets for its transaction only, so a connection comes back clean by itself.
            builder.NoResetOnClose = true;
            if (cell.Kind is not CellKind.Schema)
            {
                builder.MaxAutoPrepare = 100;
                builder.AutoPrepareMinUsages = 2;
            }
        }

        return Named(builder, name);
    }

    // The installation's pooler stands before its first server; another server has one of its own or none.
    private PlatformOptions.Endpoint? PoolerOf(ShardDatabase database) =>
        database.Pooler ?? (database.Cluster == "main" ? options.Pooler : null);

    private NpgsqlConnectionStringBuilder Direct(string role, ShardDatabase database, int maxPoolSize) => new()
    {
        Host = database.Host,
        Port = database.Port,
        Database = database.Name,
        Username = role,
        Password = PasswordOf(role),
        MaxPoolSize = maxPoolSize,
        ConnectionIdleLifetime = 60,
        Timeout = 10,
        CommandTimeout = options.StatementSeconds,
        ApplicationName = role,
        IncludeErrorDetail = false,
    };

    // The name is what metrics show; without one they would show the connection string.
    private static NpgsqlDataSource Named(NpgsqlConnectionStringBuilder connection, string name)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name };
        // PostgreSQL's own types are known, and there are no others. Asked for them, a server with thousands of schemas lists two
        // types for each of their tables, to every new source.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
