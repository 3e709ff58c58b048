using System.Collections.Concurrent;
using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>Half of the people hand in, half are graded, each as fast as answers come; what was acknowledged is written down.</summary>
internal sealed class CrashLoad(Tenant tenant, Course course)
{
    private volatile bool stopped;

    /// <summary>Submissions by number, with the receipt that was given.</summary>
    public ConcurrentDictionary<long, string> Submissions { get; } = new();

    /// <summary>Learner, version and score of each grade that was acknowledged.</summary>
    public ConcurrentBag<(long Learner, int Version, int Score)> Grades { get; } = [];

    /// <summary>Answers that were neither success nor silence; there should be none.</summary>
    public ConcurrentBag<string> Refused { get; } = [];

    public int Acknowledged => Submissions.Count + Grades.Count;

    public void Stop() => stopped = true;

    public async Task Run(HttpClient http, int person)
    {
        try
        {
            for (var i = 1; !stopped; i++)
            {
                if (person % 2 == 0) await HandIn(http, person, i);
                else await Grade(http, person, i);
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException or ObjectDisposedException)
        {
            // Not acknowledged: it may be there or not.
        }
        catch (InvalidOperationException refusal)
        {
            Refused.Add(refusal.Message);
        }
    }

    private async Task HandIn(HttpClient http, int person, int i)
    {
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{course.Assignment(0)}/submissions";
        var body = new { body_text = $"Attempt {i} of {person}" };
        var answer = JsonDocument.Parse(await http.Post(path, Course.Token(tenant.Id, course.Learner(person)), body)).RootElement;
        Submissions[answer.GetProperty("submission_id").GetInt64()] = answer.GetProperty("receipt").GetProperty("number").GetString()!;
    }

    private async Task Grade(HttpClient http, int person, int version)
    {
        var score = version * 7 % 101;
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{course.Assignment(1)}/grades/{course.Learner(person)}";
        await http.Put(path, Course.Token(tenant.Id, course.Instructor), new { score, version });
        Grades.Add((course.Learner(person), version + 1, score));
    }
}
