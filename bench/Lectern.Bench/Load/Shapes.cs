using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Load;

/// <summary>One kind of request and how many of a hundred it is.</summary>
internal sealed record Kind(string Name, int Share, Func<int, HttpRequestMessage> Ask);

/// <summary>A mix of requests. Which kind the request of a number is, is the same in every run.</summary>
internal sealed record Shape(string Name, IReadOnlyList<Kind> Kinds)
{
    public HttpRequestMessage Ask(int i)
    {
        // 61 and 100 have no common divisor, so every hundred requests hold each kind exactly as often as its share says.
        var left = (int)(i * 61L % 100);
        foreach (var kind in Kinds)
        {
            if (left < kind.Share) return kind.Ask(i);
            left -= kind.Share;
        }

        throw new InvalidOperationException($"The shares of {Name} do not add up to 100.");
    }
}

/// <summary>What people do: mostly read; write before a deadline; have much computed at the end of term.</summary>
internal sealed class Shapes(LoadSchool school, IReadOnlyDictionary<int, string> etags)
{
    private readonly Course course = school.Course;
    private readonly int[] versions = new int[school.Tenants.Count * school.Course.Learners * school.Course.Assignments];
    private int writes;

    /// <summary>The three mixes; what is asked over open streams is <see cref="LiveShape"/>.</summary>
    public IReadOnlyList<Shape> All =>
    [
        new("read-heavy",
        [
            new("dashboard", 35, i => Get(i, "/dashboard", Learner(i))),
            new("course", 15, i => Get(i, $"/courses/{course.Id}", Learner(i))),
            new("assignments", 15, i => Get(i, $"/courses/{course.Id}/assignments", Learner(i))),
            new("own-grades", 20, i => Get(i, $"/courses/{course.Id}/grades/mine", Learner(i))),
            new("gradebook-unchanged", 10, Unchanged),
            new("gradebook", 5, i => Get(i, $"/courses/{course.Id}/gradebook", course.Instructor)),
        ]),
        new("write-heavy",
        [
            new("draft", 60, _ => Write(0, 10, (learner, assignment, seen) =>
                (HttpMethod.Put, $"/assignments/{assignment}/draft", learner, new { body_text = Text, version = seen }))),
            new("hand-in", 20, _ => Write(10, 5, (learner, assignment, _) =>
                (HttpMethod.Post, $"/assignments/{assignment}/submissions", learner, new { body_text = Text }))),
            new("grade", 20, _ => Write(15, 5, (learner, assignment, seen) =>
                (HttpMethod.Put, $"/assignments/{assignment}/grades/{learner}", course.Instructor,
                    new { score = (seen + 1) * 7 % 100, version = seen + 1 }))),
        ]),
        new("compute-heavy",
        [
            new("explanation", 80, i => Get(i, $"/courses/{course.Id}/grades/{Learner(i)}", course.Instructor)),
            new("roster-preview", 20, Roster),
        ]),
    ];

    private static readonly string Text = "My work so far. " + new string('x', 2_000);

    private Tenant At(int i) => school.Tenants[i % school.Tenants.Count];

    private long Learner(int i) => course.Learner((int)(i / school.Tenants.Count * 37L % course.Learners));

    private HttpRequestMessage Get(int i, string path, long person) => To(HttpMethod.Get, At(i), path, person);

    private HttpRequestMessage Unchanged(int i)
    {
        var request = Get(i, $"/courses/{course.Id}/gradebook", course.Instructor);
        if (etags.TryGetValue(i % school.Tenants.Count, out var etag)) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(etag));
        return request;
    }

    /// <summary>Each write is of another learner and assignment, until there are none left and the first comes again.</summary>
    private HttpRequestMessage Write(
        int from, int among, Func<long, long, int, (HttpMethod Method, string Path, long Person, object Body)> what)
    {
        var i = Interlocked.Increment(ref writes);
        var (tenant, learner) = (i % school.Tenants.Count, i / school.Tenants.Count % course.Learners);
        var assignment = from + (i / (school.Tenants.Count * course.Learners) % among);
        var place = (((tenant * course.Learners) + learner) * course.Assignments) + assignment;
        var seen = Interlocked.Increment(ref versions[place]) - 1;
        var (method, path, person, body) = what(course.Learner(learner), course.Assignment(assignment), seen);
        var request = To(method, At(tenant), path, person);
        request.Content = JsonContent.Create(body);
        return request;
    }

    /// <summary>Fifty people to be read in; what it would change is worked out and kept, and nobody is.</summary>
    private HttpRequestMessage Roster(int i)
    {
        var text = new StringBuilder("user_id,login_id,first_name,last_name,email,status\n");
        for (var row = 0; row < 50; row++)
            text.Append(FormattableString.Invariant($"s{row},s{row},Sam,Sample {row},s{row}@roster.example,active\n"));
        var request = To(HttpMethod.Post, At(i), "/roster-imports", course.Instructor);
        request.Content = new MultipartFormDataContent { { new StringContent(text.ToString()), "file", "users.csv" } };
        return request;
    }

    public static HttpRequestMessage To(HttpMethod method, Tenant tenant, string path, long person)
    {
        var request = new HttpRequestMessage(method, $"/t/{tenant.Slug}/api/v1{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Course.Token(tenant.Id, person));
        return request;
    }
}
