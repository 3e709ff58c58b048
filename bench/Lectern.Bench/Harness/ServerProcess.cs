using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform;

namespace Lectern.Bench.Harness;

/// <summary>
/// The product as an operator runs it: `lectern serve` in a process of its own, on a free port of the loopback, on the bench's database.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Waits for the end of a pipe whose other end only the bench holds, so that no server outlives a killed bench.
    private const string Guard = "trap '' INT TERM HUP; cat > /dev/null; kill -9 \"$1\" 2> /dev/null";

    private readonly Process process;
    private readonly Process guard;
    private readonly ConcurrentQueue<string> last = new();

    private ServerProcess(Process process, int port)
    {
        this.process = process;
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "sh", id]) { RedirectStandardInput = true })!;
        Http = NewClient(new Uri($"http://127.0.0.1:{port}"));
    }

    public int Pid => process.Id;

    /// <summary>How it ended and its last words, if it has; a drill that did not kill it should not find any.</summary>
    public string? Ended => process.HasExited ? $"The server ended with {process.ExitCode}: {string.Join('\n', last)}" : null;

    /// <summary>A client without cookies; as many connections as there are requests at once.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it answers. <paramref name="settings"/> are options of the product by name.</summary>
    public static Task<ServerProcess> Start(PlatformOptions options, int port = 0, params (string Name, string Value)[] settings) =>
        Start(options, port, [], settings);

    /// <summary>With no limits on requests: a bench asks in a second what a person asks in an hour.</summary>
    public static Task<ServerProcess> Unlimited(PlatformOptions options, int port = 0, params (string, string)[] settings) => Start(
        options, port, settings:
        [
            ("Limits__PersonPerSecond", "0"), ("Limits__TenantPerSecond", "0"), ("Limits__AddressPerSecond", "0"), .. settings,
        ]);

    /// <param name="words">What else `lectern serve` is told.</param>
    public static async Task<ServerProcess> Start(
        PlatformOptions options, int port, string[] words, params (string Name, string Value)[] settings)
    {
        if (port == 0) port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "lectern.dll"), "serve", .. words]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["LECTERN_POSTGRES"] = options.Postgres;
        start.Environment["LECTERN_SECRET"] = options.Secret;
        start.Environment["LECTERN_DATA"] = options.DataFolder;
        start.Environment["LECTERN_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["LECTERN_BIND"] = "127.0.0.1";
        foreach (var (name, value) in settings) start.Environment[$"LECTERN__{name.ToUpperInvariant()}"] = value;
        return await Started(start, port, "/health/ready");
    }

    /// <summary>Starts the bench itself as a server that sends one file whatever is asked: the floor of any answer of that size.</summary>
    public static Task<ServerProcess> StartFloor(string file)
    {
        var start = SelfProcess.With(FloorServer.Child, file, FreePort().ToString(CultureInfo.InvariantCulture));
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return Started(start, int.Parse(start.ArgumentList[^1], CultureInfo.InvariantCulture), "/");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Kill();
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
        process.Dispose();
    }

    /// <summary>A port nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<ServerProcess> Started(ProcessStartInfo start, int port, string ready)
    {
        var process = Process.Start(start)!;
        var server = new ServerProcess(process, port);
        // What is written must be read, or the process stops at a full pipe.
        process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync();
                throw new InvalidOperationException(server.Ended);
            }

            if (await server.Answers(ready)) return server;
            await Task.Delay(100);
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("The server did not answer within a minute.");
    }

    // Its last words, whichever way they come.
    private void Keep(string? line)
    {
        if (line is not null) last.Enqueue(line);
        if (last.Count > 20) last.TryDequeue(out var _);
    }

    private async Task<bool> Answers(string path)
    {
        try
        {
            using var response = await Http.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

#pragma warning disable RS0030 // The load is generated by one client that lives as long as its server.
    private static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = address, Timeout = TimeSpan.FromSeconds(100),
        };
#pragma warning restore RS0030
}
