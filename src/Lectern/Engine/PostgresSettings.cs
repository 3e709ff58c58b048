using System.Globalization;
using System.Text;

namespace Lectern.Engine;

/// <summary>The postgresql.conf that Lectern writes before each start.</summary>
internal static class PostgresSettings
{
    internal static string Write(EmbeddedPostgresOptions options, PostgresBinaries binaries, string logs, string? socketFolder)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = socketFolder ?? "",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = $"{options.SharedBuffersMegabytes}MB",

            // A migration locks every table of a schema cell in one transaction, and several run side by side.
            ["max_locks_per_transaction"] = "256",
            ["wal_level"] = "replica",
            ["max_wal_size"] = "2GB",

            // Queries are short; compiling them costs more than it saves. Pages come from memory or flash, where random reads are cheap.
            ["jit"] = "off",
            ["random_page_cost"] = "1.1",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",

            // One file a weekday, overwritten a week later: bounded without anybody's care.
            ["logging_collector"] = "on",
            ["log_directory"] = logs,
            ["log_filename"] = "postgres-%a.log",
            ["log_rotation_age"] = "1d",
            ["log_rotation_size"] = "0",
            ["log_truncate_on_rotation"] = "on",
            ["log_line_prefix"] = "%m [%p] %q%u@%d %a ",
        };
        Add(settings, Durability(options.Durable));
        if (OperatingSystem.IsLinux())
        {
            // After a crash one system call instead of opening every file: minutes against a moment with many tables.
            settings["recovery_init_sync_method"] = "syncfs";
        }

        if (binaries.Has("pg_stat_statements"))
        {
            settings["shared_preload_libraries"] = "pg_stat_statements";
        }

        Add(settings, options.Settings);
        return Render(settings);
    }

    private static Dictionary<string, string> Durability(bool durable) => new()
    {
        ["fsync"] = durable ? "on" : "off",
        ["synchronous_commit"] = durable ? "on" : "off",
        ["full_page_writes"] = durable ? "on" : "off",
    };

    private static void Add(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> more)
    {
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }
    }

    private static string Render(Dictionary<string, string> settings)
    {
        var text = new StringBuilder("# Lectern writes this file before each start. Your own settings belong in own.conf beside it.\n");
        foreach (var (name, value) in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        }

        return text.Append("include_if_exists = 'own.conf'\n").ToString();
    }
}
