using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>One grade recorded over HTTP: ledger, grade, row, totals, version, audit and event, durable when it is answered.</summary>
internal static class GradeWriteBench
{
    private static readonly Course Course = new(1, 500, 20);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        await scratch.Execute("VACUUM ANALYZE");
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        var token = Course.Token(tenant.Id, Course.Instructor);
        var floor = new WriteFloor(scratch, tenant, Course);
        await floor.Prepare();
        var versions = new int[Course.Learners];
        Array.Fill(versions, 1);

        // Each learner's grade on the first assignment, over and over; no two clients change the same one at the same time.
        Task Write(int i) => Record(server, tenant, token, i % Course.Learners, ++versions[i % Course.Learners]);
        var sent = 0;
        foreach (var clients in new[] { 1, 8 })
        {
            var repetitions = report.Sized(4_000);
            var begun = sent;
            var ours = await Latencies.Of(clients, repetitions, i => Write(begun + i), warm: 200);
            sent += repetitions + 200;
            var database = await Latencies.Of(clients, repetitions, floor.Write, warm: 200);
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{clients} client(s): one write p50 {ours.P50:0.0} p99 {ours.P99:0.0} ms, "
                + $"{clients * 1000 / (ours.Sum / ours.Count):0} a second"
                + $"; its statements by Npgsql p50 {database.P50:0.0} p99 {database.P99:0.0} ms"));
            report.Add(new Figure($"p95-ms-{clients}-clients", ours.P95, database.P95, Goal: clients == 1 ? 25 : 100));
        }

        await CheckNoneLost(report, scratch, tenant, sent);
        report.Add(new Figure("server-memory-mib", Processes.Memory(server.Pid), Goal: 350));
    }

    private static Task Record(ServerProcess server, Tenant tenant, string token, int learner, int next)
    {
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{Course.Assignment(0)}/grades/{Course.Learner(learner)}";
        return server.Http.Put(path, token, new { score = (next * 7 % 1000) / 10m, version = next - 1 });
    }

    /// <summary>As many entries in the ledger as were acknowledged, and every row's version is its newest entry's.</summary>
    private static async Task CheckNoneLost(Report report, Scratch scratch, Tenant tenant, int sent)
    {
        var kept = await scratch.Value<long>($"""
            SELECT count(*) FROM {tenant.Cell.Schema}.grade_entries
            WHERE tenant_id = {tenant.Id} AND assignment_id = {Course.Assignment(0)} AND version > 1
            """);
        var apart = await scratch.Value<long>($"""
            SELECT count(*) FROM {tenant.Cell.Schema}.gradebook_rows r WHERE r.tenant_id = {tenant.Id} AND r.versions[1] <> (
                SELECT max(e.version) FROM {tenant.Cell.Schema}.grade_entries e
                WHERE e.tenant_id = r.tenant_id AND e.assignment_id = {Course.Assignment(0)} AND e.user_id = r.user_id)
            """);
        report.Add(new Figure("writes-lost", sent - kept + apart, Goal: 0));
    }
}
