using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lectern.Commands.Probes;

/// <summary>The account's way through the product. What each chain needs of the one before it is kept between them.</summary>
internal sealed class ProbeVisitor(HttpClient http)
{
    private const int RecordingBytes = 256 << 10;
    private const int Piece = 64 << 10;
    private static readonly TimeSpan NewRecordingAfter = TimeSpan.FromDays(1);

    private string csrf = string.Empty;
    private long? learns;
    private long? teaches;
    private JsonElement? recording;

    /// <summary>Signs in and opens the dashboard.</summary>
    public async Task<string> Access(string email, string password, CancellationToken ct)
    {
        var session = await Send(HttpMethod.Post, "sessions", JsonContent.Create(new { email, password }), ct);
        csrf = session.GetProperty("csrf_token").GetString()!;
        var courses = (await Get("dashboard", ct)).GetProperty("courses").EnumerateArray().ToList();
        learns = CourseOf(courses, "learner");
        teaches = CourseOf(courses, "instructor");
        return learns is not null && teaches is not null
            ? $"signed in, dashboard with {courses.Count} courses"
            : throw new ProbeFailedException("The account's courses are not on its dashboard. 'lectern probe prepare' makes them.");
    }

    /// <summary>Opens a course and downloads what was handed in there, whole. The first visit, and one a day, hands something in.</summary>
    public async Task<string> Content(CancellationToken ct)
    {
        var course = Need(learns);
        await Get($"courses/{course}", ct);
        var assignments = Items(await Get($"courses/{course}/assignments", ct)).ToList();
        if (assignments.Count == 0) throw new ProbeFailedException("The course has no assignment.");
        var assignment = assignments[0].GetProperty("assignment_id").GetInt64();
        if (await Newest(assignment, ct) is not { } file) file = await HandIn(assignment, ct);
        recording = file;
        using var answer = await http.GetAsync(Address(file), ct);
        Insist(answer, HttpStatusCode.OK, "the download");
        var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.GetProperty("sha256").GetString()
            ? $"course opened, {bytes.Length >> 10} KiB downloaded as they were handed in"
            : throw new ProbeFailedException("The downloaded file is not what was handed in.");
    }

    /// <summary>Plays the recording as a player does: its head, a place in the middle, and beyond its end.</summary>
    public async Task<string> Video(CancellationToken ct)
    {
        if (recording is not { } file) throw new ProbeFailedException("There is no recording, because the chain before failed.");
        long number = 0;
        foreach (var from in new[] { 0, RecordingBytes / 2 })
        {
            using var answer = await Range(file, from, from + Piece - 1, ct);
            Insist(answer, HttpStatusCode.PartialContent, $"the bytes from {from} on");
            var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
            if (from == 0 && bytes.Length == Piece) number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            if (!bytes.AsSpan().SequenceEqual(Recording(number, from, Piece)))
                throw new ProbeFailedException($"The bytes from {from} on are not those of the recording.");
        }

        using var beyond = await Range(file, RecordingBytes, RecordingBytes + 1, ct);
        Insist(beyond, HttpStatusCode.RequestedRangeNotSatisfiable, "a place beyond the end");
        return "played from its start and from the middle";
    }

    /// <summary>Opens the stream of a gradebook's changes and waits for the first event to come through.</summary>
    public async Task<string> RealTime(CancellationToken ct)
    {
        using var answer = await http.GetAsync(
            $"api/v1/courses/{Need(teaches)}/gradebook/live", HttpCompletionOption.ResponseHeadersRead, ct);
        Insist(answer, HttpStatusCode.OK, "the stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        while (await lines.ReadLineAsync(ct) is { } line)
            if (line.StartsWith("event: version", StringComparison.Ordinal)) return "the stream of changes is open and told its first";
        throw new ProbeFailedException("The stream ended before it said anything.");
    }

    /// <summary>Signs out, so that visits leave no sessions behind.</summary>
    public async Task<string> Leave(CancellationToken ct)
    {
        if (csrf.Length > 0) await Send(HttpMethod.Delete, "sessions/current", null, ct);
        return string.Empty;
    }

    /// <summary>The newest recording of the account, unless it is too old or not one of ours.</summary>
    private async Task<JsonElement?> Newest(long assignment, CancellationToken ct)
    {
        var attempts = (await Get($"assignments/{assignment}/submissions/mine", ct)).GetProperty("attempts").EnumerateArray()
            .OrderByDescending(attempt => attempt.GetProperty("attempt").GetInt32()).ToList();
        if (attempts.Count == 0 || TimeProvider.System.GetUtcNow() - attempts[0].GetProperty("submitted_at").GetDateTimeOffset()
            > NewRecordingAfter) return null;
        var files = attempts[0].GetProperty("files").EnumerateArray().ToList();
        return files.Count == 1 && files[0].GetProperty("size_bytes").GetInt64() == RecordingBytes ? files[0] : null;
    }

    /// <summary>Sends a recording by parts, as the page does, and hands it in.</summary>
    private async Task<JsonElement> HandIn(long assignment, CancellationToken ct)
    {
        var bytes = Recording(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 0, RecordingBytes);
        var plan = await Send(HttpMethod.Post, $"assignments/{assignment}/uploads",
            JsonContent.Create(new { name = "recording.mp4", size_bytes = bytes.Length, content_type = "video/mp4" }), ct);
        var id = plan.GetProperty("file_id").GetInt64();
        using (var part = new HttpRequestMessage(HttpMethod.Put, Address(plan.GetProperty("parts")[0])))
        {
            part.Content = new ByteArrayContent(bytes);
            if (part.RequestUri!.Host == http.BaseAddress!.Host) part.Headers.Add("X-CSRF-Token", csrf);
            using var sent = await http.SendAsync(part, ct);
            if (!sent.IsSuccessStatusCode) throw new ProbeFailedException($"The upload was answered {(int)sent.StatusCode}.");
        }

        JsonElement file;
        // Where a store elsewhere keeps files, it is being read for a moment.
        while (!(file = await Send(HttpMethod.Post, $"uploads/{id}/completion", null, ct)).TryGetProperty("url", out _))
            await Task.Delay(500, ct);
        await Send(HttpMethod.Post, $"assignments/{assignment}/submissions", JsonContent.Create(new { file_ids = new[] { id } }), ct);
        return file;
    }

    private async Task<HttpResponseMessage> Range(JsonElement file, long from, long to, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(file));
        request.Headers.Range = new RangeHeaderValue(from, to);
        return await http.SendAsync(request, ct);
    }

    private Task<JsonElement> Get(string path, CancellationToken ct) => Send(HttpMethod.Get, path, null, ct);

    private async Task<JsonElement> Send(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}") { Content = content };
        if (csrf.Length > 0 && method != HttpMethod.Get) request.Headers.Add("X-CSRF-Token", csrf);
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
            throw new ProbeFailedException($"{method} {path} answered {(int)answer.StatusCode} {CodeIn(text)}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static void Insist(HttpResponseMessage answer, HttpStatusCode expected, string what)
    {
        if (answer.StatusCode != expected) throw new ProbeFailedException(
            $"For {what} the answer was {(int)answer.StatusCode}, not {(int)expected}.");
    }

    /// <summary>Addresses of files go on from that of the API; one of a store elsewhere is whole.</summary>
    private Uri Address(JsonElement holder) => new(new Uri(http.BaseAddress!, "api/v1/"), holder.GetProperty("url").GetString()!);

    private static long Need(long? course) =>
        course ?? throw new ProbeFailedException("Nobody is signed in, because the first chain failed.");

    private static long? CourseOf(List<JsonElement> courses, string role) => courses
        .Where(course => course.GetProperty("code").GetString()!.StartsWith("PROBE-", StringComparison.Ordinal)
            && course.GetProperty("roles").EnumerateArray().Any(held => held.GetString() == role))
        .Select(course => (long?)course.GetProperty("course_id").GetInt64()).FirstOrDefault();

    private static IEnumerable<JsonElement> Items(JsonElement answer) =>
        (answer.ValueKind is JsonValueKind.Array ? answer : answer.GetProperty("items")).EnumerateArray();

    private static string CodeIn(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() ?? string.Empty;
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return string.Empty;
        }
    }

    /// <summary>A piece of a recording. Its number is in its head, and every byte follows from it.</summary>
    private static byte[] Recording(long number, int from, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)(((from + i + number) * 2_654_435_761L) >> 7);
        if (from == 0) BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }
}
