using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>Tells a database that is away, or is no longer the one that may be written, from a mistake in a statement.</summary>
internal static class DatabaseFailure
{
    /// <summary>A statement that took longer than it may. Where no connection was open, the same means that nobody answers.</summary>
    public static bool TookTooLong(Exception failure) => failure is NpgsqlException { InnerException: TimeoutException };

    public static bool IsLost(Exception failure) => failure switch
    {
        // 08: the connection broke, or PgBouncer has no server that lets it in; 57P: the server stops, crashed or starts;
        // 25006: it has become a standby since we connected.
        PostgresException answered => answered.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            || answered.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };
}

/// <summary>One statement took longer than any may; the database itself is well.</summary>
public sealed class StatementTooSlowException(Exception failure)
    : Exception("The database was asked for more than it can find in time.", failure);
