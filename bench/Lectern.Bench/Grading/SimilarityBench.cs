using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>
/// Comparing work: 10,000 essays are compared with each other and with the fingerprints of 100,000 others, all by jobs, while somebody
/// reads. What a piece of work costs must not depend on how many there are, and who reads must not feel it.
/// </summary>
internal static class SimilarityBench
{
    private const int Words = 600;
    // Of 600 words as many fingerprints are kept: 2 of 5 runs.
    private const int Prints = 238;

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var (works, others) = (report.Sized(10_000), report.Sized(100_000));
        var course = new Course(1, works, 1);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        report.Progress($"{works} essays of {Words} words, and fingerprints of {others} others");
        await HandIn(scratch, tenant, course);
        await Remember(scratch, tenant, others);
        await scratch.Execute("VACUUM ANALYZE");
        await Search(report, scratch, tenant, others);
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{course.Assignment(0)}";
        var token = Course.Token(tenant.Id, course.Instructor);
        var quiet = await Latencies.Of(1, report.Sized(400), _ => server.Http.Get(path, token), warm: 20);
        await Compare(report, scratch, tenant, course, server, quiet);
    }

    /// <summary>Essays by chance; every tenth has its first third from the one before.</summary>
    private static async Task HandIn(Scratch scratch, Tenant tenant, Course course)
    {
        await scratch.Execute($"""
            INSERT INTO {tenant.Cell.Schema}.submissions (tenant_id, course_id, assignment_id, user_id, attempt, type, body_text,
                submitted_at, late, seconds_late, receipt_no, receipt_sha256, content_sha256)
            SELECT {tenant.Id}, {course.Id}, {course.Assignment(0)}, p, 1, 'text', w.essay, now(), false, 0, p::text, '', ''
            FROM generate_series({course.Learner(0)}, {course.Learner(course.Learners - 1)}) p, LATERAL (
                SELECT string_agg('w' || (random() * 20000)::int, ' ') AS essay FROM generate_series(1, {Words} + 0 * p)) w
            """);
        await scratch.Execute($"""
            UPDATE {tenant.Cell.Schema}.submissions s SET body_text = left(b.body_text, 1200) || ' ' || s.body_text
            FROM {tenant.Cell.Schema}.submissions b
            WHERE b.tenant_id = s.tenant_id AND b.assignment_id = s.assignment_id AND b.user_id = s.user_id - 1 AND s.user_id % 10 = 0
            """);
    }

    /// <summary>Nine of ten fingerprints are a work's own, the tenth is one of what many write.</summary>
    private static async Task Remember(Scratch scratch, Tenant tenant, int others)
    {
        var schema = tenant.Cell.Schema;
        await scratch.Execute($"DROP INDEX {schema}.similarity_prints_by_print");
        await scratch.Execute($"""
            INSERT INTO {schema}.similarity_prints (tenant_id, submission_id, assignment_id, authors, prints)
            SELECT {tenant.Id}, 900000000 + n, 900000000 + n / 50, ARRAY[900000000 + n], f.prints
            FROM generate_series(1, {others}) n, LATERAL (
                SELECT array_agg(CASE WHEN random() < 0.1 THEN (random() * 20000)::int
                    ELSE (random() * 4294967294 - 2147483647)::bigint::int END) AS prints
                FROM generate_series(1, {Prints} + 0 * n)) f
            """);
        await scratch.Execute($"""
            SET maintenance_work_mem = '256MB';
            CREATE INDEX similarity_prints_by_print ON {schema}.similarity_prints USING gin (prints) WITH (fastupdate = off)
            """);
    }

    private static async Task Search(Report report, Scratch scratch, Tenant tenant, int others)
    {
        var schema = tenant.Cell.Schema;
        var times = new List<double>();
        for (var i = 0; i < report.Sized(400) + 20; i++)
        {
            var prints = await scratch.Value<int[]>(
                $"SELECT prints FROM {schema}.similarity_prints WHERE submission_id = {900_000_001 + (i * 7919 % others)}");
            var began = Stopwatch.GetTimestamp();
            await scratch.Do(tenant.Id, db => db.Query<long>(
                $"SELECT w.submission_id FROM similar_work({prints}, NULL::bigint, {Array.Empty<long>()}, 2, 20) w", default));
            // The first ones meet a cold server.
            if (i >= 20) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        report.Add(new Figure("search-p95-ms", new Latencies(times).P95, Goal: 100));
        var bytes = await scratch.Value<long>($"SELECT pg_total_relation_size('{schema}.similarity_prints')");
        report.Add(new Figure("index-kib-per-work", bytes / 1024.0 / others));
        report.Note("plan: " + await Plan(scratch, schema, tenant.Id));
    }

    /// <summary>How the search of the function is done, as its own lines say it.</summary>
    private static async Task<string> Plan(Scratch scratch, string schema, TenantId tenant)
    {
        var lines = new List<string>();
        await using var command = scratch.Admin.CreateCommand($"""
            EXPLAIN (ANALYZE, COSTS off, TIMING off) SELECT hit.submission_id
            FROM (SELECT unnest(o.prints) AS print FROM {schema}.similarity_prints o LIMIT {Prints}) w CROSS JOIN LATERAL (
                SELECT p.submission_id FROM {schema}.similarity_prints p
                WHERE p.tenant_id = {tenant} AND p.prints @> ARRAY[w.print] LIMIT 200) hit
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0).Trim());
        return string.Join(" | ", lines.Where(line => line.Contains("Scan", StringComparison.Ordinal)));
    }

    private static async Task Compare(
        Report report, Scratch scratch, Tenant tenant, Course course, ServerProcess server, Latencies quiet)
    {
        var token = Course.Token(tenant.Id, course.Instructor);
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{course.Assignment(0)}";
        Task<long> Left() => scratch.Value<long>($"""
            SELECT {course.Learners} - count(*) FROM {tenant.Cell.Schema}.similarity_checks
            WHERE assignment_id = {course.Assignment(0)} AND state = 'ready'
            """);
        var (cpu, engine) = (Processes.CpuMilliseconds(server.Pid), Processes.FamilyCpuMilliseconds(scratch.PostmasterPid));
        var watch = Stopwatch.StartNew();
        await server.Http.Put($"{path}/similarity-policy", token, new
        {
            enabled = true, reach = "institution", without_quotations = true, template = "", shown_to_learners = "never", version = 0,
        });
        var meanwhile = new List<double>();
        while (await Left() > 0)
        {
            for (var i = 0; i < 20; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await server.Http.Get(path, token);
                meanwhile.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            await Task.Delay(200);
        }

        watch.Stop();
        var used = Processes.CpuMilliseconds(server.Pid) - cpu + Processes.FamilyCpuMilliseconds(scratch.PostmasterPid) - engine;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{course.Learners} works in {watch.Elapsed.TotalSeconds:0} s"));
        report.Add(new Figure("processor-ms-per-work", used / course.Learners, Goal: 100));
        report.Add(new Figure("seconds-per-work", watch.Elapsed.TotalSeconds / course.Learners, Goal: 0.1));
        report.Add(new Figure("api-p95-ms-meanwhile", new Latencies(meanwhile).P95, quiet.P95, Goal: 100));
        var listed = JsonDocument.Parse(await server.Http.Get($"{path}/similarity-checks?limit=100", token)).RootElement;
        report.Note($"most alike: {listed.GetProperty("items")[0].GetProperty("share_percent").GetDecimal()} %");
        var found = await scratch.Value<long>(
            $"SELECT count(*) FROM {tenant.Cell.Schema}.similarity_checks WHERE tenant_id = {tenant.Id} AND share > 2000");
        // A tenth copied, and each of those has one it was copied from.
        report.Add(new Figure("copies-missed", 2 * (course.Learners / 10) - found, Goal: 0));
    }
}
