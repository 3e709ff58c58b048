using System.Diagnostics;
using Npgsql;

namespace Lectern.Tests.Harness;

/// <summary>A base backup by hand: the files as they are, and the label that says from where to replay.</summary>
internal static class StandbyCopy
{
    /// <param name="admin">How the running server of the folder <paramref name="from"/> is reached.</param>
    /// <param name="from">Its folder, as the engine keeps it.</param>
    /// <param name="to">The folder of the standby, made anew.</param>
    public static async Task Make(string admin, string from, string to)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using (var start = new NpgsqlCommand("SELECT pg_backup_start('standby', true)", connection))
            await start.ExecuteNonQueryAsync();
        Directory.CreateDirectory(to);
        foreach (var part in new[] { "data", "password" }) await Shell("cp", "-a", Path.Combine(from, part), to);
        await using var stop = new NpgsqlCommand("SELECT labelfile FROM pg_backup_stop(false)", connection);
        var label = (string)(await stop.ExecuteScalarAsync())!;
        var data = Path.Combine(to, "data");
        File.Delete(Path.Combine(data, "postmaster.pid"));
        await File.WriteAllTextAsync(Path.Combine(data, "backup_label"), label);
        await File.WriteAllTextAsync(Path.Combine(data, "standby.signal"), string.Empty);
        // Whoever owns the data owns these too.
        await Shell("chown", "--reference", data, Path.Combine(data, "backup_label"), Path.Combine(data, "standby.signal"), to);
    }

    private static async Task Shell(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words))!;
        await process.WaitForExitAsync();
    }
}
