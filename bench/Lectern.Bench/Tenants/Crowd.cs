using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>A PostgreSQL with institutions on it, each with a course's worth of grades.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int Repetitions = 100;

    private readonly Report report;
    private readonly GradeWork grades;
    private ServerProcess? server;

    private Crowd(Report report, Scratch scratch) => (this.report, Scratch, grades) = (report, scratch, new GradeWork(scratch));

    public Scratch Scratch { get; }

    private ServerProcess Server => server ?? throw new InvalidOperationException("The institutions are not being served.");

    public List<Tenant> Pooled { get; } = [];

    public List<Tenant> Schemas { get; } = [];

    // Thousands of schemas have a catalogue of hundreds of megabytes; who runs them gives the server memory for it.
    public static async Task<Crowd> Open(Report report, string name) => new(report, await Scratch.Open(report, 4096, name));

    public List<Tenant> Of(string kind) => kind switch
    {
        "pooled" => Pooled,
        "schema" => Schemas,
        _ => [.. Pooled, .. Schemas],
    };

    /// <summary>Makes institutions as `lectern tenants create` does, each on its own and in full, two at a time.</summary>
    public async Task Create(CellKind kind, int count)
    {
        var word = kind is CellKind.Pooled ? "pooled" : "schema";
        var times = new double[count];
        var made = new Tenant[count];
        var done = 0;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, ct) =>
        {
            var began = Stopwatch.GetTimestamp();
            made[i] = await Scratch.Tenants.Create(new NewTenant($"{word}-{i + 1}", $"Institution {i + 1}", kind), ct);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (Interlocked.Increment(ref done) % 500 == 0) report.Progress($"{done} of {count} {word} institutions made");
        });
        Of(word).AddRange(made);
        if (count < 50) return;
        var (all, last) = (new Latencies(times), new Latencies(times[^(count / 10)..]));
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"creation: {count} {word} institutions in {watch.Elapsed.TotalSeconds:0.0} s, each by TenantAdmin.Create, two at a time; "
            + $"each p50 {all.P50:0.0} p95 {all.P95:0.0} ms, the last tenth p50 {last.P50:0.0} ms"));
        report.Add(new Figure($"create-{word}-p50-ms", all.P50));
    }

    /// <summary>Gives everybody their course and lets the database take stock.</summary>
    public async Task Settle()
    {
        await grades.Fill([.. Pooled, .. Schemas]);
        await Scratch.Execute("VACUUM ANALYZE");
        await Scratch.Execute("CHECKPOINT");
    }

    /// <summary>Finds the institutions that an earlier run has made.</summary>
    public async Task Meet()
    {
        foreach (var tenant in await Scratch.App.Services.GetRequiredService<TenantDirectory>().List(default))
            (tenant.Cell.Kind is CellKind.Pooled ? Pooled : Schemas).Add(tenant);
    }

    public async Task Serve()
    {
        var began = Stopwatch.GetTimestamp();
        server = await ServerProcess.Unlimited(Scratch.Options);
        var relations = await Scratch.Value<long>("SELECT count(*) FROM pg_class");
        var bytes = await Scratch.Value<long>("SELECT pg_database_size(current_database())");
        var tables = await Scratch.Value<long>(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 't_schema_1'::regnamespace AND relkind = 'r'");
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"size: {Pooled.Count} + {Schemas.Count} institutions, {tables} tables a cell, {relations} relations, "
            + $"database {bytes / (double)(1 << 20):0} MiB; "
            + $"the product answers {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after its start"));
    }

    public async Task StopServing()
    {
        await Server.DisposeAsync();
        server = null;
    }

    /// <summary>Does everything once in each of these institutions.</summary>
    public async Task Visit(List<Tenant> tenants, ServerProcess? by = null)
    {
        foreach (var tenant in tenants)
        {
            await grades.Read(by ?? Server, tenant);
            await grades.Write(by ?? Server, tenant);
        }
    }

    public Task<Latencies> Time(string work, List<Tenant> tenants, int round)
    {
        var dice = new Random(round);
        var order = Enumerable.Range(0, Repetitions).Select(_ => tenants[dice.Next(tenants.Count)]).ToList();
        return Latencies.Of(1, Repetitions, i => work is "read" ? grades.Read(Server, order[i]) : grades.Write(Server, order[i]));
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await Scratch.DisposeAsync();
    }
}
