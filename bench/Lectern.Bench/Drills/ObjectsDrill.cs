using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;

namespace Lectern.Bench.Drills;

/// <summary>
/// The S3 store is killed while people send files in parts, stays away for a while, and comes back. Pages must go on, downloads must say
/// what is the matter, uploads must go on where they were, and every file that got a receipt must be there byte for byte.
/// </summary>
internal static class ObjectsDrill
{
    private const int People = 6;
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(6);
    private static readonly Course Course = new(1, People, 2);

    public static async Task Run(Report report)
    {
        if (!S3Server.IsFetched)
            throw new InvalidOperationException("The object store's packages are not there: npm ci in tools/objectstore");
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        await using var store = await S3Server.Start();
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        var other = await scratch.Tenants.Create(new NewTenant("other", "Others"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        await Course.Fill(scratch, other.Cell.Schema, [other.Id]);
        await using var server = await ServerProcess.Start(scratch.Options, 0,
            ("S3__Endpoint", store.Options.Endpoint), ("S3__Bucket", store.Options.Bucket), ("S3__AccessKey", store.Options.AccessKey),
            ("S3__SecretKey", store.Options.SecretKey));

        var load = new FileLoad(server.Http, tenant, Course);
        var people = Enumerable.Range(0, People).Select(load.Send).ToList();
        var readers = Enumerable.Range(0, 2).Select(load.ReadPages).ToList();
        await Until(() => load.Acknowledged.Count >= People && load.HalfSent > 0);
        report.Progress($"killing the object store after {load.Acknowledged.Count} files");
        var files = load.Acknowledged.Count;
        load.StoreIsAway = true;
        await store.Kill();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var told = await load.ReadFiles(load.Acknowledged.Take(5));
        await Task.Delay(Away);
        var (pages, slowest) = (load.PagesMeanwhile, load.SlowestMeanwhile);
        load.StoreIsAway = false;
        await store.Run();
        var watch = Stopwatch.StartNew();
        await Until(() => load.Acknowledged.Count > files);
        var recovered = watch.Elapsed.TotalSeconds;
        await Task.Delay(After);
        load.Stop();
        await Task.WhenAll([.. people, .. readers]);

        var lost = await load.Lost();
        var leaked = await load.Leaked(other);
        report.Note($"{load.Acknowledged.Count} files with receipts, {load.Resumed} uploads gone on with after a break");
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"while the store was away: {pages} pages read, the slowest {slowest:0} ms; {told.SaidSo} of {told.Asked} downloads said so"));
        report.Add(new Figure("pages-failed", load.PagesFailed, Goal: 0));
        report.Add(new Figure("pages-meanwhile", pages, Goal: 1, MoreIsBetter: true));
        report.Add(new Figure("downloads-that-did-not-say-so", told.Asked - told.SaidSo, Goal: 0));
        report.Add(new Figure("uploads-resumed", load.Resumed, Goal: 1, MoreIsBetter: true));
        report.Add(new Figure("lost", lost, Goal: 0));
        report.Add(new Figure("leaked", leaked, Goal: 0));
        report.Close(string.Create(CultureInfo.InvariantCulture,
            $"objects: acknowledged={load.Acknowledged.Count} lost={lost} leaked={leaked} recovered_s={recovered:0.0}"));
    }

    private static async Task Until(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            if (watch.Elapsed > Most) throw new InvalidOperationException("Within two minutes no file was handed in.");
            await Task.Delay(5);
        }
    }
}
