using System.Diagnostics;
using System.Globalization;

namespace Lectern.Platform.Sites;

/// <summary>What only the operator's own platform can do: stop machines, start nodes, change names. Each may be run again.</summary>
internal sealed class OperatorCommands(SitePair sites, FailoverWords words, HttpClient http, Action<string> say)
{
    /// <summary>Runs one by the shell; true when it ended with 0.</summary>
    public async Task<bool> Run(string name, string command, CancellationToken ct)
    {
        say($"Running the {name} command.");
        var start = new ProcessStartInfo("sh", ["-c", command]);
        start.Environment["LECTERN_SITE"] = sites.Own;
        start.Environment["LECTERN_OLD_SITE"] = sites.Old;
        start.Environment["LECTERN_NODES"] = words.Nodes.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) say($"The {name} command ended with {process.ExitCode}.");
        return process.ExitCode == 0;
    }

    public async Task<bool> IsReady(Uri url, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, "/health/ready"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (!ct.IsCancellationRequested && away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
