using System.Net;
using System.Net.Sockets;

namespace Lectern.Tests.Harness;

/// <summary>Stands between the product and its object store, and lets a test do something just before a request goes on to it.</summary>
internal sealed class StoreBetween : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Uri store;
    private readonly HttpClient http;
    private readonly Task serving;

    public StoreBetween(string store, HttpClient http)
    {
        (this.store, this.http) = (new Uri(store), http);
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = Serve();
    }

    public string Address { get; }

    /// <summary>Done before each request is passed on.</summary>
    public Func<HttpListenerRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await Pass(context);
        }
    }

    private async Task Pass(HttpListenerContext context)
    {
        var asked = context.Request;
        await Before(asked);
        using var body = new MemoryStream();
        await asked.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), new Uri(store, asked.RawUrl));
        if (asked.HasEntityBody) request.Content = new ByteArrayContent(body.ToArray());
        // The name it was sent to included: it is part of what was signed.
        foreach (var name in asked.Headers.AllKeys)
        {
            if (!request.Headers.TryAddWithoutValidation(name!, asked.Headers[name]))
                request.Content?.Headers.TryAddWithoutValidation(name!, asked.Headers[name]);
        }

        using var answer = await http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var (name, values) in answer.Headers.Where(header =>
            header.Key is "ETag" || header.Key.StartsWith("x-amz", StringComparison.Ordinal)))
            context.Response.Headers[name] = values.First();
        await answer.Content.CopyToAsync(context.Response.OutputStream);
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
