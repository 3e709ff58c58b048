using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// A small course whose gradebook changes at random, by address, as graders, learners and who makes the rules change one. The same seed
/// makes the same attempts; some of them are refused, which changes nothing.
/// </summary>
internal sealed class ChangingGradebook
{
    private const int Others = 3;
    private static readonly string[] Weightings = ["points", "percent", "percent", "none"];

    private readonly Door door;
    private readonly Cast cast;
    private readonly Random random;
    private readonly string api;
    private readonly string course;
    private readonly IReadOnlyList<AssignmentId> works;
    private readonly UserId[] learners;
    private readonly Stack<long> postings = new();
    private Dictionary<long, JsonElement> rows = [];

    private ChangingGradebook(
        Door door, Tenant tenant, Cast cast, CourseId course, IReadOnlyList<AssignmentId> works, UserId[] learners, int seed)
    {
        (this.door, this.cast, this.works, this.learners) = (door, cast, works, learners);
        (random, api) = (new Random(seed), $"/t/{tenant.Slug}/api/v1");
        this.course = $"courses/{course.Value}";
    }

    /// <summary>All the ways in which it changes.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["grade", "submission", "posting", "undo", "policy", "final grade"];

    public static async Task<ChangingGradebook> Open(
        IServiceProvider services, Door door, Tenant tenant, int seed, CancellationToken ct)
    {
        var cast = await Cast.Hire(services, tenant, $"a{seed}", ct);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return await services.GetRequiredService<TenantScopes>().Do(tenant.Id, async inside =>
        {
            var people = inside.GetRequiredService<IPeopleAdmin>();
            var learners = new List<UserId> { cast.Learner.User };
            for (var i = 0; i < Others; i++)
                learners.Add(await people.AddWithPassword($"Learner {i}", $"l{i}-a{seed}@example.edu", $"pass a{seed} learner {i}", ct));
            var courses = inside.GetRequiredService<ICourses>();
            var made = await courses.Create(new NewCourse($"A{seed}", "As of", string.Empty, null, null, null, "UTC"), ct);
            await courses.Enroll(made.Course, made.Section, [cast.Instructor.User], Role.Instructor, false, ct);
            await courses.Enroll(made.Course, made.Section, learners, Role.Learner, false, ct);
            await courses.Publish(made.Course, ct);
            // They have taken it since before anything was due, so that the rules may find work missing.
            var db = inside.GetRequiredService<TenantDb>();
            await db.Execute(
                $"UPDATE enrollments SET created_at = {now.AddDays(-60)} WHERE tenant_id = {db.Tenant} AND course_id = {made.Course}", ct);
            // Due long ago, long from now, or never: no date passes while the proof looks.
            DateTimeOffset?[] dues = [now.AddDays(-30), now.AddDays(30), null];
            NewAssignmentGroup Group(string name, decimal weight, params decimal[] points) =>
                new(name, weight, [.. points.Select((some, i) => new NewAssignment($"{name} {i}", string.Empty, some, ["text"], dues[i]))]);
            var works = await inside.GetRequiredService<IGrading>().AddAssignments(
                made.Course, [Group("Essays", 40, 10, 7.5m, 20), Group("Quizzes", 60, 3, 12, 100)], ct);
            return new ChangingGradebook(door, tenant, cast, made.Course, works, [.. learners], seed);
        }, ct);
    }

    /// <summary>One attempt, the way it was made, and whether it was taken.</summary>
    public async Task<(string Way, bool Done)> Change(CancellationToken ct)
    {
        if (rows.Count == 0) await Read(null, ct);
        return random.Next(16) switch
        {
            < 8 => ("grade", await Grade(ct)),
            8 => ("submission", await Submit(ct)),
            < 11 => ("posting", await Post(ct)),
            < 13 => ("undo", await Undo(ct)),
            < 15 => ("policy", await SetPolicy(ct)),
            _ => ("final grade", await SetFinal(ct)),
        };
    }

    /// <summary>The gradebook's lines by learner, as they are or as they were.</summary>
    public async Task<Dictionary<long, JsonElement>> Read(DateTimeOffset? asOf, CancellationToken ct)
    {
        var query = asOf is { } instant ? $"?as_of={Uri.EscapeDataString(instant.ToString("O"))}" : string.Empty;
        var answer = await Send(HttpMethod.Get, $"{course}/gradebook{query}", cast.Instructor, null, ct);
        if (answer.Status != 200) throw new InvalidOperationException($"The gradebook answered {answer.Status}: {answer.Body}");
        var read = Json(answer).GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("u").GetInt64());
        return asOf is null ? rows = read : read;
    }

    private Task<bool> Grade(CancellationToken ct)
    {
        var (place, learner) = (random.Next(works.Count), learners[random.Next(learners.Length)]);
        var version = rows[learner.Value].GetProperty("v")[place].GetInt32();
        object change = random.Next(10) switch
        {
            < 5 => new { score = random.Next(0, 12_000) / 100m, version },
            5 => new { status = "excused", version },
            6 => new { status = "missing", version },
            7 => new { status = "late", seconds_late = random.Next(200_000), version },
            8 => new { score = (decimal?)null, status = "computed", version },
            _ => new { restore = Math.Max(0, version - 1), version },
        };
        return Sent(HttpMethod.Put, $"assignments/{works[place].Value}/grades/{learner.Value}", cast.Instructor, change, ct);
    }

    private Task<bool> Submit(CancellationToken ct) => Sent(
        HttpMethod.Post, $"assignments/{Any().Value}/submissions", cast.Learner, new { body_text = $"Work {random.Next()}" }, ct);

    private async Task<bool> Post(CancellationToken ct)
    {
        var what = new { kind = random.Next(2) == 0 ? "post" : "hide", only_graded = random.Next(2) == 0 };
        var answer = await Send(HttpMethod.Post, $"assignments/{Any().Value}/postings", cast.Instructor, what, ct);
        if (answer.Status is not (201 or 202)) return false;
        postings.Push(Json(answer).GetProperty("posting_id").GetInt64());
        return true;
    }

    private async Task<bool> Undo(CancellationToken ct) =>
        postings.TryPop(out var last) && await Sent(HttpMethod.Post, $"postings/{last}/undo", cast.Instructor, null, ct);

    private async Task<bool> SetPolicy(CancellationToken ct)
    {
        var version = Json(await Send(HttpMethod.Get, $"{course}/grading-policy", cast.Instructor, null, ct)).GetProperty("version");
        var today = TimeProvider.System.GetUtcNow();
        var policy = new
        {
            weighting = Weightings[random.Next(Weightings.Length)],
            final_override = true,
            weight_periods = random.Next(2) == 0,
            late_policy = random.Next(2) == 0
                ? null
                : new
                {
                    deduct_percent = random.Next(1, 30), interval_seconds = 3_600 * random.Next(1, 25), minimum_percent = random.Next(60),
                },
            missing_policy = random.Next(2) == 0 ? null : Missing(random.Next(101)),
            letter_scheme = random.Next(2) == 0
                ? null
                : new { scheme_id = 1, version = 1, bands = new[] { Band("P", random.Next(40, 80)), Band("F", 0) } },
            periods = random.Next(3) != 0 ? [] : new[]
            {
                Period("First", today.AddDays(-60), today.AddDays(-1), random.Next(101)),
                Period("Second", today.AddDays(-1), today.AddDays(60), random.Next(101)),
            },
        };
        return await Sent(HttpMethod.Put, $"{course}/grading-policy", cast.Instructor, new { policy, version = version.GetInt32() }, ct);
    }

    private async Task<bool> SetFinal(CancellationToken ct)
    {
        var learner = learners[random.Next(learners.Length)].Value;
        var version = rows[learner].TryGetProperty("o", out var set) ? set.GetProperty("version").GetInt32() : 0;
        decimal? percent = random.Next(3) == 0 ? null : random.Next(0, 11_000) / 100m;
        return await Sent(
            HttpMethod.Put, $"{course}/learners/{learner}/final-grade", cast.Instructor, new { percent, reason = "Proof", version }, ct);
    }

    private AssignmentId Any() => works[random.Next(works.Count)];

    private static object Missing(int percent) => new { deduct_percent = percent, by_dates = percent % 3 > 0 };

    private static object Band(string letter, int from) => new { letter, lower_percent = from };

    private static object Period(string name, DateTimeOffset from, DateTimeOffset to, int weight) =>
        new { name, starts_at = from, ends_at = to, weight_percent = weight };

    private async Task<bool> Sent(HttpMethod method, string path, Member member, object? body, CancellationToken ct) =>
        (await Send(method, path, member, body, ct)).Status is >= 200 and < 300;

    private Task<Answer> Send(HttpMethod method, string path, Member member, object? body, CancellationToken ct) => door.Send(
        new Call(method, $"{api}/{path}")
        {
            Token = member.Token, Json = body is null ? null : JsonSerializer.Serialize(body, LecternJson.Options),
        }, ct);

    private static JsonElement Json(Answer answer) => JsonDocument.Parse(answer.Body).RootElement;
}
