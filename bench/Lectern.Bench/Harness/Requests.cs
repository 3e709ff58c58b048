using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Lectern.Bench.Harness;

/// <summary>Requests of a load: sent, read to the last byte, and never silently failed.</summary>
internal static class Requests
{
    /// <summary>Asks and reads the whole answer; any status but the expected one ends the bench.</summary>
    public static async Task<byte[]> Get(
        this HttpClient http, string path, string? token, HttpStatusCode expected = HttpStatusCode.OK, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (etag is not null) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(etag));
        using var response = await http.Send(request, token, expected);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public static async Task<byte[]> Put(this HttpClient http, string path, string token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        using var response = await http.Send(request, token, HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Makes something new; nothing but the expected status will do.</summary>
    public static async Task<byte[]> Post(
        this HttpClient http, string path, string token, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        using var response = await http.Send(request, token, expected);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Takes something away; 204 and nothing else will do.</summary>
    public static async Task Delete(this HttpClient http, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        using var response = await http.Send(request, token, HttpStatusCode.NoContent);
    }

    /// <summary>The ETag an address answers with now.</summary>
    public static async Task<string> EtagOf(this HttpClient http, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await http.Send(request, token, HttpStatusCode.OK);
        return response.Headers.ETag!.ToString();
    }

    /// <summary>Milliseconds until the first byte of the body and until the last, and how many there were.</summary>
    public static async Task<(double First, double Whole, long Bytes)> Stream(this HttpClient http, string path, string token)
    {
        var began = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await http.Send(request, token, HttpStatusCode.OK);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 << 10];
        var bytes = (long)await body.ReadAsync(buffer);
        var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        for (var read = 1; read > 0; bytes += read) read = await body.ReadAsync(buffer);
        return (first, Stopwatch.GetElapsedTime(began).TotalMilliseconds, bytes);
    }

    private static async Task<HttpResponseMessage> Send(
        this HttpClient http, HttpRequestMessage request, string? token, HttpStatusCode expected)
    {
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == expected) return response;
        var text = await response.Content.ReadAsStringAsync();
        throw new InvalidOperationException($"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {text}");
    }
}
