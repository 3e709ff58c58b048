using System.Globalization;

namespace Lectern.Bench.Drills.Regions;

/// <summary>Leads a name to whichever nodes a file lists, as a resolver with a short life would: one after another.</summary>
internal sealed class Names(string file) : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000, ConnectTimeout = TimeSpan.FromSeconds(5),
})
{
    private int turn;

    /// <summary>A client of these names.</summary>
#pragma warning disable RS0030 // One client for the whole drill.
    public HttpClient Client() => new(this) { BaseAddress = new Uri("http://127.0.0.1"), Timeout = TimeSpan.FromSeconds(20) };
#pragma warning restore RS0030

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string[] ports;
        // Empty while it is being written.
        do ports = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        while (ports.Length == 0);
        var port = ports[(Interlocked.Increment(ref turn) & int.MaxValue) % ports.Length];
        request.RequestUri = new UriBuilder(request.RequestUri!) { Port = int.Parse(port, CultureInfo.InvariantCulture) }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
