using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.Load;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>
/// Gradebooks asked for as in an hour with 10,000 questions, and as in one with ten times as many: a minute of each, whole documents, one
/// in twenty of them the large one, sent when they are due. The floor is Npgsql reading the smaller one's rows at the same rate.
/// </summary>
internal static class PeakHour
{
    private const double PerSecond = 10_000 / 3_600.0;
    private const int Seconds = 60;

    public static async Task Measure(Report report, Scratch scratch, ServerProcess server, Tenant tenant, Course usual, Course large)
    {
        var rows = new MatrixFloor(scratch, tenant, usual);
        var token = Course.Token(tenant.Id, usual.Instructor);
        var tokenOfLarge = Course.Token(tenant.Id, large.Instructor);
        foreach (var times in new[] { 1, 10 })
        {
            var time = TimeSpan.FromSeconds(report.Sized(Seconds));
            var floor = await OpenLoop.Run(PerSecond * times, time / 4, (_, _) => rows.Read());
            var seen = await OpenLoop.Run(PerSecond * times, time, async (i, _) => i % 20 == 0
                ? (await server.Http.Get(GradebookBench.PathOf(tenant, large), tokenOfLarge)).Length
                : (await server.Http.Get(GradebookBench.PathOf(tenant, usual), token)).Length);
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{PerSecond * times:0.0} gradebooks a second for {time.TotalSeconds:0} s ({times * 10_000} an hour): "
                + $"{seen.Answered} answered, p50 {seen.Times.P50:0.0} p99 {seen.Times.P99:0.0} ms, {seen.Bytes >> 20} MiB"));
            report.Add(new Figure($"peak-hour-{times}x-p95-ms", seen.Times.P95, floor.Times.P95, Goal: 500));
            report.Add(new Figure($"peak-hour-{times}x-not-answered", seen.Asked - seen.Answered, Goal: 0));
        }
    }
}
