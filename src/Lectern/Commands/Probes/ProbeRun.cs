using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Lectern.Commands.Probes;

/// <summary>One visit to every chain people depend on, in the order in which they need each other.</summary>
internal static class ProbeRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<ProbeOutcome> Once(Uri address, string email, string password, CancellationToken ct)
    {
        DateTimeOffset? ends = null;
        await using var services = Clients(certificate => ends = certificate);
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Probe));
        http.BaseAddress = address;
        var visitor = new ProbeVisitor(http);
        var chains = new List<ChainOutcome>();
        foreach (var (name, visit) in new (string, Func<CancellationToken, Task<string>>)[]
        {
            ("access", inner => visitor.Access(email, password, inner)), ("content", visitor.Content), ("video", visitor.Video),
            ("realtime", visitor.RealTime),
        }) chains.Add(await Visit(name, visit, ct));
        await Visit("leave", visitor.Leave, ct);
        return new ProbeOutcome(chains, ends, TimeProvider.System.GetUtcNow());
    }

    private static async Task<ChainOutcome> Visit(string name, Func<CancellationToken, Task<string>> visit, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var saw = await visit(limit.Token);
            return new ChainOutcome(name, true, Stopwatch.GetElapsedTime(began), saw);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ChainOutcome(name, false, Stopwatch.GetElapsedTime(began), $"not done in {Patience.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ProbeFailedException
            or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new ChainOutcome(name, false, Stopwatch.GetElapsedTime(began), (failure.InnerException ?? failure).Message);
        }
    }

    private static ServiceProvider Clients(Action<DateTimeOffset> saw)
    {
        var services = new ServiceCollection();
        services.AddHttpClient(nameof(Probe)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // Looked at, and judged as ever.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            {
                if (shown is X509Certificate2 certificate) saw(new DateTimeOffset(certificate.NotAfter));
                return errors == SslPolicyErrors.None;
            } },
        });
        return services.BuildServiceProvider();
    }
}

/// <summary>What became of one chain: how long it took, and what was seen or went wrong.</summary>
internal sealed record ChainOutcome(string Name, bool Well, TimeSpan Took, string Saw)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name,-11} {(Well ? " ok " : " BAD")} {Took.TotalSeconds,7:0.000} s  {Saw}");
}

/// <summary>What became of a visit.</summary>
/// <param name="CertificateEnds">Until when the server's certificate holds; null where there was none.</param>
internal sealed record ProbeOutcome(IReadOnlyList<ChainOutcome> Chains, DateTimeOffset? CertificateEnds, DateTimeOffset At)
{
    public int Broken => Chains.Count(chain => !chain.Well);

    public bool CertificateHolds => CertificateEnds is not { } ends || ends - At > TimeSpan.FromDays(2);

    public IEnumerable<string> Lines => Chains.Select(chain => chain.ToString()).Concat(CertificateEnds is not { } ends ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"certificate {(CertificateHolds ? " ok " : " BAD")}            ends {ends:yyyy-MM-dd}, in {(ends - At).TotalDays:0} days"),
    ]);
}

/// <summary>A chain did not do what it is for.</summary>
internal sealed class ProbeFailedException(string what) : Exception(what);
