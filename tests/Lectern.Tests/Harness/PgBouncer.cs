using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform;
using Lectern.Platform.Data;

namespace Lectern.Tests.Harness;

/// <summary>Debian's PgBouncer in transaction mode before the test database, when <c>LECTERN_TEST_POOLER=1</c> asks for it.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private PgBouncer(Process process, string folder) => (this.process, this.folder) = (process, folder);

    public static async Task<PgBouncer?> StartIfAsked(int postgresPort, PlatformOptions options)
    {
        if (Environment.GetEnvironmentVariable("LECTERN_TEST_POOLER") is not "1") return null;
        var binary = Path.Exists("/usr/sbin/pgbouncer")
            ? "/usr/sbin/pgbouncer"
            : throw new InvalidOperationException("PgBouncer is not installed.");
        return await Start(binary, postgresPort, options);
    }

    internal static async Task<PgBouncer> Start(string binary, int postgresPort, PlatformOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-pgbouncer-").FullName;
        var port = FreePort();
        // The pooler looks passwords up as it meets users, so that cells made later are served without a reload.
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), 
            $"\"{DatabaseAccess.Pooler}\" \"{new DatabaseAccess(options).PasswordOf(DatabaseAccess.Pooler)}\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            * = host=127.0.0.1 port={postgresPort} auth_user={DatabaseAccess.Pooler}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {folder}/users.txt
            auth_query = SELECT rolname, rolpassword FROM platform.pooler_login($1)
            pool_mode = transaction
            default_pool_size = 10
            max_client_conn = 500
            server_lifetime = 600
            logfile = {folder}/log
            pidfile = {folder}/pid
            """);
        MakeReadable(folder);
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Environment.UserName == "root")
        {
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("nobody");
        }

        start.ArgumentList.Add(Path.Combine(folder, "pgbouncer.ini"));
        var process = Process.Start(start)!;
        options.Pooler = new PlatformOptions.Endpoint { Host = "127.0.0.1", Port = port };
        await WaitFor(port, process);
        return new PgBouncer(process, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void MakeReadable(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        foreach (var file in Directory.GetFiles(folder)) File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task WaitFor(int port, Process process)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (process.HasExited) throw new InvalidOperationException("PgBouncer ended: " + await process.StandardError.ReadToEndAsync());
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("PgBouncer did not start.");
    }
}
