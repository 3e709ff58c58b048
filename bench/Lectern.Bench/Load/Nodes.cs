using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>So many processes of the product on one PostgreSQL; requests go to them in turn.</summary>
internal sealed partial class Nodes(Scratch scratch, IReadOnlyList<ServerProcess> servers) : IAsyncDisposable
{
    public int Count => servers.Count;

    public string Name => Count == 1 ? "1-node" : $"{Count}-nodes";

    public static async Task<Nodes> Start(Scratch scratch, int count)
    {
        var servers = new List<ServerProcess>();
        for (var i = 0; i < count; i++) servers.Add(await ServerProcess.Unlimited(scratch.Options));

        return new Nodes(scratch, servers);
    }

    public HttpClient Http(int i) => servers[i % servers.Count].Http;

    public string Addresses => string.Join(',', servers.Select(server => server.Http.BaseAddress!.Authority));

    /// <summary>Sends it, reads the answer to its end and gives its size; anything but 2xx and 304 is a failure.</summary>
    public async Task<long> Send(int i, HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            using var response = await Http(i).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.NotModified)
                throw new HttpRequestException(await response.Content.ReadAsStringAsync(ct), null, response.StatusCode);
            return (await response.Content.ReadAsByteArrayAsync(ct)).Length;
        }
    }

    /// <summary>A node that is no more ends the bench: what is measured without it means nothing.</summary>
    public void AssertAlive()
    {
        if (servers.Select(server => server.Ended).FirstOrDefault(why => why is not null) is { } ended)
            throw new InvalidOperationException(ended);
    }

    /// <summary>Processor milliseconds used so far.</summary>
    public (double Servers, double Database) Cpu() =>
        (servers.Sum(server => Processes.CpuMilliseconds(server.Pid)), Processes.FamilyCpuMilliseconds(scratch.PostmasterPid));

    /// <summary>Memory in use, in MiB, of all nodes.</summary>
    public double Memory() => servers.Sum(server => Processes.Memory(server.Pid));

    /// <summary>How often work waited at most so many milliseconds for its turn at the database, by bound, summed over nodes.</summary>
    public async Task<SortedDictionary<double, double>> PoolWaits()
    {
        var waits = new SortedDictionary<double, double>();
        foreach (var server in servers)
        {
            foreach (Match bucket in Bucket().Matches(await server.Http.GetStringAsync("/metrics")))
            {
                var bound = bucket.Groups[1].Value is "+Inf" ? double.PositiveInfinity : Number(bucket.Groups[1].Value) * 1000;
                waits[bound] = waits.GetValueOrDefault(bound) + Number(bucket.Groups[2].Value);
            }
        }

        return waits;
    }

    /// <summary>The least bound that half of the waits since <paramref name="before"/> stayed under, in ms.</summary>
    public static double Median(SortedDictionary<double, double> before, SortedDictionary<double, double> after)
    {
        var since = after.ToDictionary(pair => pair.Key, pair => pair.Value - before.GetValueOrDefault(pair.Key));
        var all = since.GetValueOrDefault(double.PositiveInfinity);
        return all == 0 ? 0 : since.Where(pair => pair.Value * 2 >= all).Min(pair => pair.Key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^lectern_pool_wait_seconds_bucket\{.*le="([^"]+)"\} (\S+)""", RegexOptions.Multiline)]
    private static partial Regex Bucket();
}
