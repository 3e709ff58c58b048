using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Lectern.Bench.Drills.Cluster;

namespace Lectern.Bench.Drills.Regions;

/// <summary>Files that people hand in, and the copying of one region's objects to the other as a bucket's replication does it.</summary>
internal sealed class RegionFiles(HttpClient http, DrillSchool school)
{
    private readonly ConcurrentBag<(long Submission, string Sha256)> acknowledged = [];

    public int Acknowledged => acknowledged.Count;

    public async Task Run(CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                await HandIn(i);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
            {
                // Not acknowledged.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>How many hand-ins are not there, and how many are but for their bytes.</summary>
    public async Task<(int Lost, int WithoutBytes)> Missing()
    {
        var (lost, withoutBytes) = (0, 0);
        foreach (var (submission, sha256) in acknowledged)
        {
            using var asked = Request(HttpMethod.Get, $"{school.Root}/submissions/{submission}", school.Course.Instructor);
            using var work = await http.SendAsync(asked);
            var text = await work.Content.ReadAsStringAsync();
            if (!work.IsSuccessStatusCode || FileOf(text, sha256) is not { } address) lost++;
            else if (await Hash(address) != sha256) withoutBytes++;
        }

        return (lost, withoutBytes);
    }

    private async Task HandIn(int i)
    {
        var bytes = RandomNumberGenerator.GetBytes(4096);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "files", $"work-{i}.bin" } };
        using var request = Request(
            HttpMethod.Post, $"{school.Root}/assignments/{school.Course.Assignment(0)}/submissions",
            school.Course.Learner(i % DrillSchool.Learners));
        request.Content = form;
        using var response = await http.SendAsync(request);
        if ((int)response.StatusCode != 201) return;
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        acknowledged.Add((answer.GetProperty("submission_id").GetInt64(), Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    private async Task<string> Hash(string address)
    {
        using var response = await http.GetAsync($"{school.Root}/{address}");
        return response.IsSuccessStatusCode
            ? Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync()))
            : string.Empty;
    }

    private static string? FileOf(string work, string sha256) => JsonDocument.Parse(work).RootElement.GetProperty("attempts")
        .EnumerateArray().SelectMany(attempt => attempt.GetProperty("files").EnumerateArray())
        .Where(file => file.GetProperty("sha256").GetString() == sha256).Select(file => file.GetProperty("url").GetString())
        .FirstOrDefault();

    private HttpRequestMessage Request(HttpMethod method, string path, long person)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", school.Token(person));
        return request;
    }
}
