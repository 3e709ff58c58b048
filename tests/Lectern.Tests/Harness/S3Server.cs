using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform.Storage;

namespace Lectern.Tests.Harness;

/// <summary>The cluster's S3 server in a process of its own, on a free port of the loopback; it checks signatures and expiries.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    // Waits for the end of a pipe whose other end only we hold, so that nothing outlives a killed run.
    private const string Guard = "cat > /dev/null; kill -9 \"$1\" 2> /dev/null";

    private static readonly string Tool = Path.Combine(RootOf(AppContext.BaseDirectory), "tools", "objectstore");
    private readonly string folder = Directory.CreateTempSubdirectory("lectern-s3-").FullName;
    private readonly int port = FreePort();
    private Process? process;
    private Process? guard;

    private S3Server()
    {
    }

    /// <summary>Whether its packages have been fetched.</summary>
    public static bool IsFetched => Directory.Exists(Path.Combine(Tool, "node_modules", "@20minutes"));

    public S3Options Options => new()
    {
        Endpoint = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", Bucket = "lectern", AccessKey = "drill",
        SecretKey = "not-a-secret-outside-this-machine",
    };

    public static async Task<S3Server> Start()
    {
        var server = new S3Server();
        await server.Run();
        return server;
    }

    /// <summary>Starts it, for the first time or again, and waits until it answers.</summary>
    public async Task Run()
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Tool, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = ["serve.mjs", port.ToString(CultureInfo.InvariantCulture), folder, Options.Bucket];
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["S3_KEY"] = Options.AccessKey;
        start.Environment["S3_SECRET"] = Options.SecretKey;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEndAsync();
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "sh", id]) { RedirectStandardInput = true })!;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (process.HasExited) throw new InvalidOperationException("The object store ended: " + await said);
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("The object store did not answer within half a minute.");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        guard!.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string RootOf(string place) =>
        File.Exists(Path.Combine(place, "Lectern.slnx")) ? place : RootOf(Path.GetDirectoryName(place)!);
}
