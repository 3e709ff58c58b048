using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lectern.Bench.Drills.Cluster;

internal sealed record HandedIn(long Submission, string Receipt, string Text);

internal sealed record Graded(long Assignment, long Learner, int Version, int Score);

/// <summary>
/// One institution's people at work, through the edge. Open loop: each request is sent when its time has come, whatever became of those
/// before. Nobody tries again: what fails is counted.
/// </summary>
internal sealed partial class DrillLoad(HttpClient http, DrillSchool school, DrillSchool[] others, Outcomes outcomes, Stopwatch clock)
{
    private readonly ConcurrentQueue<(int Assignment, int Learner, int Version)> cells = new(
        from learner in Enumerable.Range(0, DrillSchool.Learners)
        from assignment in Enumerable.Range(1, DrillSchool.Assignments - 1)
        select (assignment, learner, 1));

    private string? cookie;

    public ConcurrentBag<HandedIn> Submissions { get; } = [];

    public ConcurrentBag<Graded> Grades { get; } = [];

    /// <summary>Answers in which another institution's name stood, or one in which the own did not.</summary>
    public ConcurrentBag<string> Leaks { get; } = [];

    /// <summary>Grades of which it was said that nothing had changed, and which had.</summary>
    public ConcurrentBag<string> Untrue { get; } = [];

    public int Acknowledged => Submissions.Count + Grades.Count;

    public DrillSchool School => school;

    /// <summary>The session that must outlive every fault.</summary>
    public async Task SignIn()
    {
        cookie = await Session();
        if (cookie is null)
            throw new InvalidOperationException($"Nobody could sign in before the drill: {string.Join("; ", outcomes.Failures())}");
    }

    public async Task<bool> IsSignedIn() =>
        (await Send("session", HttpMethod.Get, $"{school.Root}/sessions/current", null, null)).Status == 200;

    public async Task Run(double perSecond, CancellationToken stop)
    {
        var under = new List<Task>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var number = i;
            under.Add(Task.Run(() => One(number), CancellationToken.None));
            var wait = TimeSpan.FromSeconds((i + 1) / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await Task.WhenAll(under);
    }

    private Task One(int i) => (i % 48, i % 8) switch
    {
        (47, _) => Session(),
        (_, 0 or 4) => HandIn(i),
        (_, 1 or 5) => Grade(i),
        (_, 2) => Read("gradebook", $"{school.Root}/courses/{school.Course.Id}/gradebook", school.Course.Instructor),
        (_, 3) => Read("work", $"{school.Root}/assignments/{school.Course.Assignment(0)}/submissions/mine", Learner(i)),
        _ when i % 16 == 6 => Read("notices", $"{school.Root}/notifications", Learner(i)),
        (_, 6) => Read("session", $"{school.Root}/sessions/current", null),
        _ => Read("grades", $"{school.Root}/courses/{school.Course.Id}/grades/mine", Learner(i)),
    };

    private long Learner(int i) => school.Course.Learner(i / 8 % DrillSchool.Learners);

    private async Task HandIn(int i)
    {
        var text = $"{school.Mark} work {i}";
        var path = $"{school.Root}/assignments/{school.Course.Assignment(0)}/submissions";
        var (status, body) = await Send("submit", HttpMethod.Post, path, Learner(i), new { body_text = text });
        if (status != 201) return;
        var answer = JsonDocument.Parse(body).RootElement;
        Submissions.Add(new HandedIn(
            answer.GetProperty("submission_id").GetInt64(), answer.GetProperty("receipt").GetProperty("number").GetString()!, text));
    }

    private async Task Grade(int i)
    {
        if (!cells.TryDequeue(out var cell)) return;
        var score = i * 7 % 101;
        var (assignment, learner) = (school.Course.Assignment(cell.Assignment), school.Course.Learner(cell.Learner));
        var (status, body) = await Send(
            "grade", HttpMethod.Put, $"{school.Root}/assignments/{assignment}/grades/{learner}", school.Course.Instructor,
            new { score, version = cell.Version });
        if (status == 200)
        {
            Grades.Add(new Graded(assignment, learner, cell.Version + 1, score));
            cells.Enqueue(cell with { Version = cell.Version + 1 });
        }
        else if (status == 503 && body.Contains("Nothing was changed", StringComparison.Ordinal))
        {
            cells.Enqueue(cell);
        }
        else if (status is 409 or 412)
        {
            Untrue.Add($"grade of {learner} in {assignment}: {body}");
        }

        // Of a request without an answer nobody knows whether it was done; its cell is left alone.
    }

    private async Task Read(string kind, string path, long? person)
    {
        var (status, body) = await Send(kind, HttpMethod.Get, path, person, null);
        // Somebody's list of notices may be empty.
        if (status == 200 && kind != "notices" && !body.Contains(school.Mark, StringComparison.Ordinal))
            Leaks.Add($"{kind} does not name {school.Mark}: {Short(body)}");
    }

    private async Task<string?> Session()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{school.Root}/sessions")
        {
            Content = JsonContent.Create(new { email = school.Email, password = school.Password }),
        };
        string? got = null;
        await Sent("sign-in", request, writes: true, response =>
            got = response.Headers.TryGetValues("Set-Cookie", out var set)
                ? string.Join("; ", set.Select(one => one.Split(';')[0])) : null);
        return got;
    }

    private async Task<(int Status, string Body)> Send(string kind, HttpMethod method, string path, long? person, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (person is { } who) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", school.Token(who));
        else request.Headers.Add("Cookie", cookie);
        return await Sent(kind, request, writes: method != HttpMethod.Get);
    }

    private async Task<(int Status, string Body)> Sent(
        string kind, HttpRequestMessage request, bool writes, Action<HttpResponseMessage>? look = null)
    {
        var began = clock.Elapsed.TotalSeconds;
        var (status, body) = (0, string.Empty);
        try
        {
            using var response = await http.SendAsync(request);
            body = await response.Content.ReadAsStringAsync();
            status = (int)response.StatusCode;
            look?.Invoke(response);
            if (status == 503 && response.Headers.RetryAfter is null) Untrue.Add($"{kind}: 503 without Retry-After: {Short(body)}");
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            body = cut.GetBaseException().Message;
        }

        foreach (var other in others.Where(other => body.Contains(other.Mark, StringComparison.Ordinal)))
            Leaks.Add($"{kind} of {school.Mark} names {other.Mark}: {Short(body)}");
        var failed = status is < 200 or >= 400;
        outcomes.Add(new Outcome(school.Mark, kind, writes, began, clock.Elapsed.TotalSeconds, status, failed ? Short(body) : null));
        return (status, body);
    }

    private static string Short(string body) => Lines().Replace(body.Length > 200 ? body[..200] : body, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Lines();
}
