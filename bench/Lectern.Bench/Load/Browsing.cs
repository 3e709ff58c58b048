using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>
/// People looking around through the edge. One in four comes with an empty browser and fetches every file of the page; the others have
/// them, since they are kept for a year and not asked about again. Twenty files stand in for those of the built page.
/// </summary>
internal sealed class Browsing(Report report, LoadSchool school)
{
    private const int Assets = 20;

    /// <summary>A page for nodes to serve, as <c>web</c> would build it.</summary>
    public static async Task<string> Page(string folder)
    {
        var assets = Directory.CreateDirectory(Path.Combine(folder, "page", "assets")).FullName;
        for (var i = 0; i < Assets; i++) await File.WriteAllBytesAsync(Path.Combine(assets, Asset(i)), new byte[(1 + (i % 5 * 10)) << 10]);
        await File.WriteAllTextAsync(Path.Combine(folder, "page", "index.html"), "<!doctype html><title>Lectern</title>");
        return Path.Combine(folder, "page");
    }

    public async Task Run(EdgeServer edge)
    {
        var visits = report.Sized(400);
        var cpu = edge.Cpu();
        var times = await Latencies.Of(8, visits, i => Visit(edge, i));
        cpu = edge.Cpu() - cpu;
        var told = await edge.Told();
        var asked = told.Values.Sum();
        var hits = told.GetValueOrDefault("HIT");
        var kept = asked - told.GetValueOrDefault(string.Empty) - told.GetValueOrDefault("BYPASS");
        var answers = told.OrderBy(pair => pair.Key).Select(pair => $"{(pair.Key.Length == 0 ? "not asked" : pair.Key)} {pair.Value}");
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"browsing through the edge: {visits} visits, {asked} requests, a visit p50 {times.P50:0.0} p95 {times.P95:0.0} ms; "
            + $"the cache said {string.Join(", ", answers)}"));
        report.Add(new Figure("edge-hit-percent-of-what-may-be-kept", 100.0 * hits / kept, Goal: 90, MoreIsBetter: true));
        report.Add(new Figure("edge-hit-percent-of-all-requests", 100.0 * hits / asked));
        report.Add(new Figure("edge-cpu-ms-a-request", cpu / asked));
    }

    private async Task Visit(EdgeServer edge, int i)
    {
        var tenant = school.Tenants[i % school.Tenants.Count];
        var learner = school.Course.Learner(i % school.Course.Learners);
        var root = $"/t/{tenant.Slug}";
        await edge.Http.GetByteArrayAsync($"{root}/");
        if (i / school.Tenants.Count % 4 == 0)
        {
            for (var asset = 0; asset < Assets; asset++) await edge.Http.GetByteArrayAsync($"/assets/{Asset(asset)}");
        }

        await edge.Http.GetByteArrayAsync($"{root}/api/v1/institution");
        foreach (var path in new[] { "/dashboard", $"/courses/{school.Course.Id}", $"/courses/{school.Course.Id}/grades/mine" })
        {
            using var request = Shapes.To(HttpMethod.Get, tenant, path, learner);
            using var response = await edge.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
        }
    }

    private static string Asset(int i) => string.Create(CultureInfo.InvariantCulture, $"part-{i}-0123abcd.js");
}
