using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>
/// nginx as the edge of these nodes: the cluster's own configuration, and the routes that <c>lectern gateway config</c> writes.
/// </summary>
internal sealed partial class EdgeServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private EdgeServer(Process process, string folder, int port)
    {
        (this.process, this.folder) = (process, folder);
#pragma warning disable RS0030, CA5359 // One client that lives as long as its server, which has a certificate of its own making.
        Http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}")),
        };
#pragma warning restore RS0030, CA5359
    }

    public static bool IsThere => File.Exists("/usr/sbin/nginx");

    public HttpClient Http { get; }

    public static async Task<EdgeServer> Start(string nodes)
    {
        var folder = Directory.CreateDirectory(Scratch.Temporary()).FullName;
        foreach (var one in new[] { "cache", "temp" }) Directory.CreateDirectory(Path.Combine(folder, one));
        var port = ServerProcess.FreePort();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/cluster/nginx.conf"));
        text = text.Replace("@DIR@", folder, StringComparison.Ordinal)
            .Replace("@EDGE_PORT@", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@EDGE_PLAIN_PORT@", ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        // Its workers may read what this account may, whoever runs the bench.
        if (Environment.UserName is "root") text = "user root;\n" + text;
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), text);
        await Output("openssl",
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-keyout", Path.Combine(folder, "edge.key"), "-out", Path.Combine(folder, "edge.crt"),
        ]);
        var routes = await Output("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "lectern.dll"), "gateway", "config", "--for", "nginx", "--nodes", $"api={nodes}"]);
        await File.WriteAllTextAsync(Path.Combine(folder, "gateway.conf"), routes);
        var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/nginx", ["-e", "stderr", "-p", folder, "-c", Path.Combine(folder, "nginx.conf")]))!;
        var edge = new EdgeServer(process, folder, port);
        for (var attempt = 0; attempt < 100 && !await edge.Answers(); attempt++) await Task.Delay(100);
        return edge;
    }

    /// <summary>How often the cache was asked, by what it said: HIT, MISS, … and empty for what it is not asked about.</summary>
    public async Task<Dictionary<string, int>> Told()
    {
        // It writes its log once a second.
        await Task.Delay(1_500);
        return File.ReadLines(Path.Combine(folder, "access.log")).Select(line => Cache().Match(line).Groups[1].Value)
            .GroupBy(said => said).ToDictionary(group => group.Key, group => group.Count());
    }

    /// <summary>Processor milliseconds used so far, by all of its workers.</summary>
    public double Cpu() => Processes.FamilyCpuMilliseconds(process.Id);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Told to end, the first of its processes ends the others.
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!process.HasExited)
        {
            return false;
        }
    }

    private static async Task<string> Output(string program, IEnumerable<string> words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program}: {await failed}");
    }

    [GeneratedRegex("\"cache\":\"([A-Z]*)\"")]
    private static partial Regex Cache();
}
