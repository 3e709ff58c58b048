using System.Collections.Concurrent;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Features;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>A service with nothing to it but the platform beneath: it shows what every service gets without asking.</summary>
internal sealed class ProbeService : IService
{
    private static readonly Feature Mail = new("probe-mail", "The probe's mail");

    public string Name => "probe";

    public void Add(IServiceCollection services)
    {
        services.AddListener<ProbeHappened, OnProbeHappened>();
        services.AddJob<ProbeJob, ProbeJobHandler>();
        services.AddJob<ProbeExport, ProbeExportHandler>(JobLane.Bulk);
        services.AddSingleton(Mail).AddJob<ProbeLetter, ProbeLetterHandler>(JobLane.Outside, Mail);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/probes", Create).RequirePermission(PlatformPermission.SignedIn);
        routes.MapGet("/probes/report", Report).RequirePermission(PlatformPermission.SignedIn).CanWait();
        routes.MapGet("/probes/place", Place).RequirePermission(PlatformPermission.SignedIn);
        routes.MapGet("/probes/lagging-place", Place).RequirePermission(PlatformPermission.SignedIn).ReadsMayLag();
        routes.MapGet("/probes", List).RequirePermission(PlatformPermission.SignedIn);
    }

    internal sealed record Request(string Name, string? Then = null);

    internal sealed record Response(string Name, Guid Number);

    private static async Task<IResult> Create(Request request, TenantDb db, CancellationToken ct)
    {
        var key = $"probe:{request.Name}:{Guid.NewGuid()}";
        await db.Execute($"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, {key}, ARRAY['institution'])", ct);
        db.Raise(new ProbeHappened("probe", 0, request.Name));
        db.Audit(new AuditAction("probe.created"), request.Name);
        return request.Then switch
        {
            "refuse" => new Refusal("probe_refused", "As asked.").ToProblem(),
            "throw" => throw new InvalidOperationException("As asked."),
            _ => TypedResults.Created($"/probes/{request.Name}", new Response(request.Name, Guid.NewGuid())),
        };
    }

    /// <summary>Holds a database connection for as long as it is told to.</summary>
    private static async Task<IResult> Report(int? seconds, TenantDb db, CancellationToken ct) =>
        TypedResults.Ok(await db.Value<int>($"SELECT 1 FROM (SELECT pg_sleep({(double)(seconds ?? 0)})) slept", ct));

    private static async Task<IResult> Place(TenantDb db, CancellationToken ct) =>
        TypedResults.Ok(await db.Value<bool>($"SELECT pg_is_in_recovery()", ct) ? "standby" : "primary");

    private static async Task<IResult> List(TenantDb db, CancellationToken ct) =>
        TypedResults.Ok(await db.Query<string>(
            $"SELECT scope FROM scopes WHERE tenant_id = {db.Tenant} AND scope LIKE 'probe:%' ORDER BY scope", ct));
}

internal sealed record ProbeHappened(string Thing, int Number, string Name) : IEvent
{
    public string Aggregate => $"probe:{Thing}";
}

internal sealed class OnProbeHappened(TenantDb db) : IListener<ProbeHappened>
{
    /// <summary>What was heard, in order, by institution and thing.</summary>
    public static readonly ConcurrentDictionary<string, ConcurrentQueue<int>> Heard = new();

    public async Task Hear(ProbeHappened happened, CancellationToken ct)
    {
        // A second effect would be a second row with the same key, and fail.
        var key = $"heard:{happened.Thing}:{happened.Number}:{happened.Name}";
        await db.Execute($"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, {key}, '{{}}')", ct);
        Heard.GetOrAdd($"{db.Tenant}/{happened.Thing}", _ => new()).Enqueue(happened.Number);
    }
}

/// <summary>Long work that can wait: runs until its test lets it end.</summary>
internal sealed record ProbeExport(string Mark) : IJob;

internal sealed class ProbeExportHandler : IJobHandler<ProbeExport>
{
    public static readonly ConcurrentDictionary<string, (int Begun, TaskCompletionSource End)> Marks = new();

    public static TaskCompletionSource Begin(string mark) => (Marks[mark] = (0, new TaskCompletionSource())).End;

    public async Task<object?> Run(ProbeExport job, JobProgress progress, CancellationToken ct)
    {
        var (_, end) = Marks.AddOrUpdate(
            job.Mark, _ => throw new InvalidOperationException("No such test."), (_, before) => (before.Begun + 1, before.End));
        await end.Task.WaitAsync(ct);
        return null;
    }
}

/// <summary>Work that ends with a feature.</summary>
internal sealed record ProbeLetter(string Mark) : IJob;

internal sealed class ProbeLetterHandler : IJobHandler<ProbeLetter>
{
    public Task<object?> Run(ProbeLetter job, JobProgress progress, CancellationToken ct)
    {
        ProbeJobHandler.Runs[job.Mark] = 1;
        return Task.FromResult<object?>(null);
    }
}

/// <summary>Does as it is told: <c>ok</c>, <c>fail</c>, <c>fail-once</c>, <c>long</c> (until it is cancelled), <c>nap</c>.</summary>
internal sealed record ProbeJob(string Do, string Mark) : IJob;

internal sealed class ProbeJobHandler(TenantDb db) : IJobHandler<ProbeJob>
{
    public static readonly ConcurrentDictionary<string, int> Runs = new();

    public async Task<object?> Run(ProbeJob job, JobProgress progress, CancellationToken ct)
    {
        var run = Runs.AddOrUpdate(job.Mark, 1, (_, before) => before + 1);
        var key = $"job:{job.Mark}:{run}";
        await db.Execute($"INSERT INTO scopes (tenant_id, scope, path) VALUES ({db.Tenant}, {key}, '{{}}')", ct);
        if (job.Do == "fail" || (job.Do == "fail-once" && run == 1)) throw new InvalidOperationException("As asked.");
        if (job.Do == "nap") await Task.Delay(20, ct);
        for (var step = 0; job.Do == "long" && step < 6_000; step++)
        {
            await progress.At(step, 6_000, ct);
            await Task.Delay(50, ct);
        }

        return new { run };
    }
}
