using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>People hand in files of two parts as a browser does, and go on where they were when something does not answer.</summary>
internal sealed class FileLoad(HttpClient http, Tenant tenant, Course course)
{
    private const int PartBytes = 8 << 20;
    private const int FileBytes = PartBytes + (7 << 20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private volatile bool stopped;
    private int resumed;
    private int halfSent;
    private int pagesMeanwhile;
    private int pagesFailed;
    private long slowestMeanwhile;

    internal sealed record Sent(long File, int Person, string Sha256);

    /// <summary>Files that were handed in and got a receipt.</summary>
    public ConcurrentBag<Sent> Acknowledged { get; } = [];

    public bool StoreIsAway { get; set; }

    public int Resumed => resumed;

    /// <summary>Uploads of which a part has arrived and a part is on its way.</summary>
    public int HalfSent => halfSent;

    public int PagesMeanwhile => pagesMeanwhile;

    public int PagesFailed => pagesFailed;

    public double SlowestMeanwhile => slowestMeanwhile;

    private string Api => $"/t/{tenant.Slug}/api/v1";

    public void Stop() => stopped = true;

    public async Task Send(int person)
    {
        var path = $"{Api}/assignments/{course.Assignment(0)}";
        while (!stopped)
        {
            var bytes = RandomNumberGenerator.GetBytes(FileBytes);
            var plan = await Until(HttpMethod.Post, path + "/uploads", person, new { name = "work.bin", size_bytes = FileBytes });
            var file = plan.GetProperty("file_id").GetInt64();
            while (!await PutParts(plan, bytes))
            {
                Interlocked.Increment(ref resumed);
                plan = await Until(HttpMethod.Get, $"{Api}/uploads/{file}", person, null);
            }

            JsonElement stored;
            do stored = await Until(HttpMethod.Post, $"{Api}/uploads/{file}/completion", person, null);
            while (!stored.TryGetProperty("sha256", out _));
            await Until(HttpMethod.Post, path + "/submissions", person, new { type = "file", file_ids = new[] { file } });
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            // What the receipt says must be what was sent; if not, the file counts as lost.
            Acknowledged.Add(new Sent(file, person, stored.GetProperty("sha256").GetString() == hash ? hash : "a false receipt"));
        }
    }

    public async Task ReadPages(int person)
    {
        while (!stopped)
        {
            var (away, began) = (StoreIsAway, Stopwatch.GetTimestamp());
            using var page = await Ask(HttpMethod.Get, $"{Api}/dashboard", Course.Token(tenant.Id, course.Learner(person)), null);
            if (!page.IsSuccessStatusCode) Interlocked.Increment(ref pagesFailed);
            else if (away && StoreIsAway)
            {
                Interlocked.Increment(ref pagesMeanwhile);
                slowestMeanwhile = Math.Max(slowestMeanwhile, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            await Task.Delay(50);
        }
    }

    /// <summary>How many of these are answered with the problem that says files cannot be reached.</summary>
    public async Task<(int Asked, int SaidSo)> ReadFiles(IEnumerable<Sent> files)
    {
        var answers = await Task.WhenAll(files.Select(async sent =>
        {
            using var answer = await Ask(HttpMethod.Get, await UrlOf(sent), null, null);
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && (await answer.Content.ReadAsStringAsync()).Contains("files_unavailable", StringComparison.Ordinal);
        }));
        return (answers.Length, answers.Count(said => said));
    }

    /// <summary>Files with a receipt that are not there as they were sent.</summary>
    public async Task<int> Lost()
    {
        var lost = 0;
        foreach (var sent in Acknowledged)
        {
            using var way = await Ask(HttpMethod.Get, await UrlOf(sent), null, null);
            var found = way.StatusCode == HttpStatusCode.Redirect
                ? await SHA256.HashDataAsync(await http.GetStreamAsync(way.Headers.Location))
                : [];
            if (Convert.ToHexStringLower(found) != sent.Sha256) lost++;
        }

        return lost;
    }

    /// <summary>Files that another institution can read or go on uploading.</summary>
    public async Task<int> Leaked(Tenant other)
    {
        var leaked = 0;
        foreach (var sent in Acknowledged)
        {
            var there = (await UrlOf(sent)).Replace($"/t/{tenant.Slug}/", $"/t/{other.Slug}/", StringComparison.Ordinal);
            using var read = await Ask(HttpMethod.Get, there, null, null);
            var token = Course.Token(other.Id, course.Learner(sent.Person));
            using var upload = await Ask(HttpMethod.Get, $"/t/{other.Slug}/api/v1/uploads/{sent.File}", token, null);
            if ((int)read.StatusCode < 400 || (int)upload.StatusCode < 400) leaked++;
        }

        return leaked;
    }

    /// <summary>Every part that has not arrived; false when one did not get through.</summary>
    private async Task<bool> PutParts(JsonElement plan, byte[] bytes)
    {
        foreach (var part in plan.GetProperty("parts").EnumerateArray().Where(part => !part.GetProperty("arrived").GetBoolean()))
        {
            var number = part.GetProperty("number").GetInt32();
            if (number > 1) Interlocked.Increment(ref halfSent);
            var arrived = await PutPart(part.GetProperty("url").GetString()!, bytes, (number - 1) * PartBytes);
            if (number > 1) Interlocked.Decrement(ref halfSent);
            if (!arrived) return false;
        }

        return true;
    }

    private async Task<bool> PutPart(string address, byte[] bytes, int start)
    {
        using var content = new ByteArrayContent(bytes, start, Math.Min(PartBytes, bytes.Length - start));
        try
        {
            using var answer = await http.PutAsync(new Uri(address), content);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return false;
        }
    }

    /// <summary>Asks again for as long as files cannot be reached; any other refusal ends the drill.</summary>
    private async Task<JsonElement> Until(HttpMethod method, string path, int person, object? body)
    {
        while (true)
        {
            using var answer = await Ask(method, path, Course.Token(tenant.Id, course.Learner(person)), body);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Accepted) return JsonDocument.Parse(text).RootElement;
            if ((int)answer.StatusCode is not (202 or 503)) throw new InvalidOperationException($"{method} {path}: {text}");
            await Task.Delay(Pause);
        }
    }

    private async Task<string> UrlOf(Sent sent) => $"{Api}/" + JsonDocument.Parse(await (await Ask(
        HttpMethod.Post, $"{Api}/uploads/{sent.File}/completion", Course.Token(tenant.Id, course.Learner(sent.Person)), null))
        .Content.ReadAsStringAsync()).RootElement.GetProperty("url").GetString();

    private Task<HttpResponseMessage> Ask(HttpMethod method, string path, string? token, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http.SendAsync(request);
    }
}
