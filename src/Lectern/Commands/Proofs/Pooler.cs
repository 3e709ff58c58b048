using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>PgBouncer in transaction mode before the scratch installation, when the machine has it.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Pooler(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public PlatformOptions.Endpoint Endpoint => new() { Host = "127.0.0.1", Port = Port };

    /// <summary>Null where PgBouncer is not installed.</summary>
    public static async Task<Pooler?> Start(ScratchInstallation scratch, CancellationToken ct)
    {
        if (new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer" }.FirstOrDefault(
            File.Exists) is not { } binary) return null;
        var folder = Directory.CreateTempSubdirectory("lectern-pooler-").FullName;
        var port = FreePort();
        await Configure(folder, port, scratch, ct);
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, RedirectStandardOutput = true };
        // It refuses to run as root.
        if (Environment.UserName == "root") foreach (var word in new[] { "-u", "nobody" }) start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(folder, "pgbouncer.ini"));
        var pooler = new Pooler(Process.Start(start)!, folder, port);
        await pooler.Ready(ct);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Configure(string folder, int port, ScratchInstallation scratch, CancellationToken ct)
    {
        var superuser = new NpgsqlConnectionStringBuilder(scratch.Options.Postgres);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), $"\"{superuser.Username}\" \"{superuser.Password}\"\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            * = host=127.0.0.1 port={scratch.PostgresPort} auth_user={superuser.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {folder}/users.txt
            auth_query = SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1
            pool_mode = transaction
            default_pool_size = 6
            max_client_conn = 500
            logfile = {folder}/log
            pidfile = {folder}/pid
            """, ct);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        foreach (var file in Directory.GetFiles(folder)) File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
    }

    private async Task Ready(CancellationToken ct)
    {
        for (var attempt = 0; attempt < 100 && !process.HasExited; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, ct);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, ct);
            }
        }

        throw new InvalidOperationException("PgBouncer did not start.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
