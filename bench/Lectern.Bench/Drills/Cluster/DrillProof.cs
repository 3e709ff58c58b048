using System.Net.Http.Headers;
using Lectern.Commands.Proofs;
using Lectern.Platform.Events;
using Npgsql;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>What must hold of one institution after a fault, asked of its database and of the API.</summary>
internal sealed class DrillProof(IServiceProvider services, HttpClient http, DrillLoad load)
{
    private const int AskedByApi = 60;
    private readonly DrillSchool school = load.School;

    /// <summary>Acknowledged writes that are not there with the content that was acknowledged.</summary>
    public async Task<long> Lost()
    {
        var work = load.Submissions.ToList();
        var lost = work.Count == 0 ? 0 : await Value($"""
            SELECT count(*) FROM unnest(ARRAY[{Join(work.Select(w => w.Submission))}]::bigint[],
                ARRAY['{string.Join("','", work.Select(w => w.Receipt))}'],
                ARRAY['{string.Join("','", work.Select(w => w.Text))}']) r(id, receipt, body)
            WHERE NOT EXISTS (SELECT FROM {school.Schema}.submissions s
                WHERE s.tenant_id = {school.Tenant.Id} AND s.submission_id = r.id AND s.receipt_no = r.receipt AND s.body_text = r.body)
            """);
        var grades = load.Grades.ToList();
        return lost + (grades.Count == 0 ? 0 : await Value($"""
            SELECT count(*) FROM unnest(ARRAY[{Join(grades.Select(g => g.Assignment))}]::bigint[],
                ARRAY[{Join(grades.Select(g => g.Learner))}]::bigint[], ARRAY[{Join(grades.Select(g => (long)g.Version))}]::int[],
                ARRAY[{Join(grades.Select(g => (long)g.Score))}]::int[]) g(assignment, learner, version, score)
            WHERE NOT EXISTS (SELECT FROM {school.Schema}.grade_entries e
                WHERE e.tenant_id = {school.Tenant.Id} AND e.assignment_id = g.assignment AND e.user_id = g.learner
                    AND e.version = g.version AND e.entered_score = g.score)
            """));
    }

    /// <summary>The same for some of the submissions through the edge, as their learners see them.</summary>
    public async Task<long> LostToTheApi()
    {
        var missing = 0L;
        foreach (var work in load.Submissions.OrderBy(w => w.Submission % 101).Take(AskedByApi))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{school.Root}/submissions/{work.Submission}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", school.Token(school.Course.Instructor));
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            string[] whole = [$"\"{work.Text}\"", work.Receipt];
            if (!Array.TrueForAll(whole, part => body.Contains(part, StringComparison.Ordinal))) missing++;
        }

        return missing;
    }

    /// <summary>Grades, rows of the gradebook and the queue of graders that do not follow from the ledger, as `prove ledger`.</summary>
    public async Task<IReadOnlyList<string>> ApartFromTheLedger()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return [.. (await LedgerProofs.Of(services, school.Tenant, default)).Findings];
            }
            catch (NpgsqlException) when (attempt < 10)
            {
                // Connections from before the fault, one after the other.
                await Task.Delay(200);
            }
        }
    }

    /// <summary>
    /// Once nothing waits: for how many events and listeners there is no delivery, how many were given up, and how many notices of a posted
    /// grade are missing or too many. A notice has no key of its own, so a listener that was run twice would show here.
    /// </summary>
    public async Task<(long Expected, long Missing, long Dead, long Notices)> Deliveries()
    {
        var all = services.GetRequiredService<Listeners>().All;
        var listeners = string.Join(',', all.Select(l => $"('{l.EventName}', '{l.Consumer}')"));
        var expected = $"""
            FROM platform.outbox o JOIN (VALUES {listeners}) l(type, consumer) ON l.type = o.type WHERE o.tenant_id = {school.Tenant.Id}
            """;
        var undone = $"""
            SELECT count(*) {expected} AND NOT EXISTS (SELECT FROM platform.inbox i
                WHERE i.tenant_id = o.tenant_id AND i.consumer = l.consumer AND i.event_id = o.event_id)
            """;
        for (var attempt = 0; attempt < 180; attempt++)
        {
            if (await Value(undone) == 0 && await Jobs("'ready', 'running'") == 0) break;
            await Task.Delay(500);
        }

        return (await Value($"SELECT count(*) {expected}"), await Value(undone), await Jobs("'dead'"), await Notices());
    }

    private Task<long> Jobs(string states) =>
        Value($"SELECT count(*) FROM platform.jobs WHERE tenant_id = {school.Tenant.Id} AND state IN ({states})");

    private Task<long> Notices() => Value($"""
        SELECT abs((SELECT count(*) FROM {school.Schema}.notifications n WHERE n.tenant_id = {school.Tenant.Id} AND n.kind = 'grade_posted'
                AND n.link LIKE '/courses/{school.Course.Id}/%')
            - (SELECT count(*) FROM platform.outbox o WHERE o.tenant_id = {school.Tenant.Id} AND o.type = 'grading.grade_recorded'
                AND o.body->'happened'->>'course_id' = '{school.Course.Id}' AND (o.body->'happened'->>'posted')::boolean))
        """);

    private Task<long> Value(string text) => Fleet.Value<long>(school.Database, text);

    private static string Join(IEnumerable<long> numbers) => string.Join(',', numbers);
}
