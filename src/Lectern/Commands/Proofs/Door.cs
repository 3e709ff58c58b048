using System.Net.Http.Headers;
using System.Text;

namespace Lectern.Commands.Proofs;

/// <summary>The way in for everybody: plain HTTP to one running process, without cookies and following nothing.</summary>
internal sealed class Door(Uri address) : IDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async Task<Answer> Send(Call call, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(address, call.Path));
        if (call.Host is { } host) request.Headers.Host = host;
        if (call.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (call.TenantHeader is { } named) request.Headers.TryAddWithoutValidation("X-Tenant-ID", named);
        if (call.Json is { } json) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, ct);
        return new Answer((int)response.StatusCode, await Read(response, ct));
    }

    public void Dispose() => http.Dispose();

    private static async Task<string> Read(HttpResponseMessage response, CancellationToken ct)
    {
        // A live channel never ends; its first words are enough.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream") limit.CancelAfter(TimeSpan.FromMilliseconds(150));
        var text = new StringBuilder(
            string.Join(' ', response.Headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))).Append('\n');
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct), Encoding.UTF8);
            var buffer = new char[16 << 10];
            int read;
            while (text.Length < MostBytes && (read = await reader.ReadAsync(buffer, limit.Token)) > 0) text.Append(buffer, 0, read);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The channel stayed silent.
        }

        return text.ToString();
    }
}

/// <summary>A request as an attacker might make it.</summary>
internal sealed record Call(HttpMethod Method, string Path)
{
    public string? Host { get; init; }

    public string? Token { get; init; }

    public string? TenantHeader { get; init; }

    public string? Json { get; init; }
}

/// <summary>What came back: status, headers and body.</summary>
internal sealed record Answer(int Status, string Text)
{
    public string Body => Text[(Text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
}
