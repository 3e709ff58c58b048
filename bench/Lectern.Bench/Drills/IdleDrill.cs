using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>
/// 20,000 connections that say nothing, or a byte a second, and bodies that are too long, while people grade: everybody is answered.
/// </summary>
internal static class IdleDrill
{
    private const int Wanted = 20_000;

    // What a process needs besides: its own files, the database, the people who work.
    private const int Spared = 1_500;
    private static readonly Course Course = new(1, 200, 5);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        var each = Math.Min(Wanted, OpenFiles() - Spared);
        var nodes = (Wanted + each - 1) / each;
        each = Wanted / nodes;
        var servers = new List<(ServerProcess Server, int Port)>();
        var idle = new List<Process>();
        try
        {
            for (var i = 0; i < nodes; i++)
            {
                var port = ServerProcess.FreePort();
                servers.Add((await ServerProcess.Unlimited(scratch.Options, port), port));
            }

            var work = new GradeRounds(tenant, servers.ConvertAll(one => one.Server.Http));
            var before = await work.Some(400);
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"before: grades answered in p50 {before.P50:0.0} p95 {before.P95:0.0} ms"));
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < servers.Count; i++)
                idle.Add(await IdleConnections.Start(servers[i].Port, each, $"127.0.0.{i + 2}"));
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"{each * nodes} connections on {nodes} nodes opened in {watch.Elapsed.TotalSeconds:0.0} s, a tenth send a byte a second"));

            var oversize = Oversize(servers[0].Port, tenant.Slug);
            var during = await work.Some(2_000);
            var memory = servers.Sum(one => Process.GetProcessById(one.Server.Pid).WorkingSet64) >> 20;
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"meanwhile: grades answered in p50 {during.P50:0.0} p95 {during.P95:0.0} ms, {memory} MiB in {nodes} servers"));
            var refused = await oversize;
            var lost = await work.Lost(scratch);
            report.Add(new Figure("refused", work.Refused, Goal: 0));
            report.Add(new Figure("oversize-bodies-taken", refused, Goal: 0));
            report.Add(new Figure("lost", lost, Goal: 0));
            report.Close(string.Create(CultureInfo.InvariantCulture,
                $"idle: acknowledged={work.Acknowledged} lost={lost} leaked=0 recovered_s=0.0"));
        }
        finally
        {
            foreach (var process in idle)
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync();
                process.Dispose();
            }

            foreach (var (server, _) in servers) await server.DisposeAsync();
        }
    }

    /// <summary>Announces bodies of a gigabyte and answers how many were not refused.</summary>
    private static async Task<int> Oversize(int port, string slug)
    {
        var taken = 0;
        for (var i = 0; i < 50; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /t/{slug}/api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{\""));
            var buffer = new byte[64];
            var read = await client.GetStream().ReadAsync(buffer);
            if (!Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 413", StringComparison.Ordinal)) taken++;
        }

        return taken;
    }

    /// <summary>How many files a process of this user may hold open.</summary>
    private static int OpenFiles()
    {
        var line = File.ReadLines("/proc/self/limits").First(limit => limit.StartsWith("Max open files", StringComparison.Ordinal));
        return int.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture, out var most)
            ? most
            : int.MaxValue;
    }

    /// <summary>Forty people record grades, each waiting for the answer, over all nodes in turn.</summary>
    private sealed class GradeRounds(Tenant tenant, List<HttpClient> nodes)
    {
        // The course comes with a first grade of everybody.
        private readonly int[] versions = [.. Enumerable.Repeat(1, Course.Learners)];
        private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Course.Learners).Select(_ => new SemaphoreSlim(1))];
        private int refused;
        private int acknowledged;

        public int Refused => refused;

        public int Acknowledged => acknowledged;

        public Task<Latencies> Some(int repetitions) => Latencies.Of(40, repetitions, async i =>
        {
            var http = nodes[i % nodes.Count];
            var path = $"/t/{tenant.Slug}/api/v1/courses/{Course.Id}/gradebook";
            try
            {
                if (i % 4 == 0) await Grade(http, i);
                else await http.Get(path, Course.Token(tenant.Id, Course.Instructor));
            }
            catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        /// <summary>Grades that were acknowledged and are not there.</summary>
        public async Task<long> Lost(Scratch scratch)
        {
            var there = await scratch.Value<long>($"""
                SELECT COALESCE(sum(newest), 0)::bigint FROM (SELECT max(version) - 1 AS newest FROM {tenant.Cell.Schema}.grade_entries
                WHERE tenant_id = {tenant.Id} AND assignment_id = {Course.Assignment(1)} GROUP BY user_id) learners
                """);
            return Math.Max(0, acknowledged - there);
        }

        private async Task Grade(HttpClient http, int i)
        {
            var learner = i / 4 % Course.Learners;
            var path = $"/t/{tenant.Slug}/api/v1/assignments/{Course.Assignment(1)}/grades/{Course.Learner(learner)}";
            // Two turns at one learner must not meet: the second would rightly be told of a conflict.
            await turns[learner].WaitAsync();
            try
            {
                await http.Put(path, Course.Token(tenant.Id, Course.Instructor), new { score = i % 101, version = versions[learner] });
                versions[learner]++;
                Interlocked.Increment(ref acknowledged);
            }
            finally
            {
                turns[learner].Release();
            }
        }
    }
}
