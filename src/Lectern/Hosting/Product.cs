using System.Reflection;
using Lectern.Contracts.Courses;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Http;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;
using Lectern.Platform.Resilience;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Lectern.RabbitMq;
using Lectern.Redis;
using Lectern.S3;
using Microsoft.Extensions.Options;

namespace Lectern.Hosting;

/// <summary>The product as a list of services, and how a running program is made of it.</summary>
internal sealed class Product(IReadOnlyList<IService> services)
{
    public IReadOnlyList<IService> Services => services;

    public MigrationPlan Migrations { get; } = new(
        MigrationSet.From("catalogue", typeof(PlatformOptions).Assembly, "Directory"),
        MigrationSet.From("shard", typeof(PlatformOptions).Assembly, "Shard"),
        [
            MigrationSet.From("platform", typeof(PlatformOptions).Assembly, "Cell"),
            .. services.Select(service => MigrationSet.From(service.Name, service.GetType().Assembly)),
        ]);

    /// <summary>Where events are declared: the contracts, and the services themselves.</summary>
    public IEnumerable<Assembly> EventAssemblies =>
        services.Select(service => service.GetType().Assembly).Prepend(typeof(CourseId).Assembly);

    /// <summary>Builds the program with everything registered and, for a serving part, its routes mapped. Nothing runs yet.</summary>
    public WebApplication Build(PlatformOptions options, ServePart part, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "lectern", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Logging.Configure(log => log.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            RequestLimits.Set(kestrel.Limits, options);
        });
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddPlatform(options, Migrations);
        RedisAdapter.AddIfNamed(builder.Services, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.DrainSeconds));
        builder.Services.AddSingleton(new EventCatalogue(EventAssemblies));
        if (options.S3 is { } s3) builder.Services.AddS3(s3);
        if (options.Broker is { } broker) builder.Services.AddRabbitMq(broker).AddSingleton<BrokerRelay>();
        foreach (var service in services) service.Add(builder.Services);
        if (part.Works || part.Answers) builder.Services.AddHostedService<CatalogueWatch>();
        if (part.Works || part.Answers) builder.Services.AddSingleton(new NodeTarget(part.Target)).AddHostedService<NodeBeat>();
        if ((part.Works || part.Answers) && options.Site is { Length: > 0 }) builder.Services.AddHostedService<SiteWatch>();
        if (part.Works) builder.Services.AddHostedService<BackgroundLoops>();
        if (part.Answers) builder.Services.AddHostedService<LiveListener>().AddHostedService<LagWatch>();
        if (part.Answers) builder.Services.AddHostedService(root => root.GetRequiredService<ReplicaWatch>());
        ApiDescription.Add(builder.Services);
        Telemetry.Add(builder.Services, options);
        adjust?.Invoke(builder);

        var app = builder.Build();
        if (part.Answers) MapRoutes(app, part);
        else if (part.Works) Health.Map(app);
        return app;
    }

    private void MapRoutes(WebApplication app, ServePart part)
    {
        var api = app.MapPlatform(part.OnlyLive);
        foreach (var service in services.Where(service => part.Serves(service.Name))) service.Map(api);
        app.MapOpenApi("/api/{documentName}/openapi.json").AllowAnonymous("The API's description holds nothing of anybody's");
        var events = new Lazy<string>(() => EventDescription.Write(app.Services.GetRequiredService<EventCatalogue>()));
        app.MapGet("/api/v1/asyncapi.json", () => Results.Text(events.Value, "application/json")).ExcludeFromDescription()
            .AllowAnonymous("The description of events holds nothing of anybody's");
        WebPages.Map(app);
    }

    /// <summary>Brings the database up to the program's version and loads what every request needs.</summary>
    public static async Task Prepare(WebApplication app, bool migrate, CancellationToken ct, bool newSecret = false, bool anyShards = false)
    {
        var check = app.Services.GetRequiredService<StartCheck>();
        if (newSecret) await check.ForgetSealedKeys(ct);
        else await check.SecretFits(ct);
        if (!anyShards) await check.SiteFits(ct);
        if (migrate) await app.Services.GetRequiredService<Installation>().Prepare(ct);
        // A report says itself which of them are away.
        if (anyShards) await app.Services.GetRequiredService<TenantDirectory>().LoadDatabases(ct);
        else await check.DatabasesFit(ct);
        try
        {
            await app.Services.GetRequiredService<KeyRing>().Load(ct);
        }
        catch (System.Security.Cryptography.CryptographicException unopened)
        {
            throw StartCheck.Of(unopened);
        }

        app.Services.GetRequiredService<MetricsText>();
        app.Services.GetRequiredService<ServingState>().Started = true;
        app.Lifetime.ApplicationStopping.Register(() => app.Services.GetRequiredService<ServingState>().Draining = true);
    }
}

/// <summary>Which part of the program a process is.</summary>
internal sealed record ServePart(bool Answers, bool Works, IReadOnlySet<string>? Services = null, bool OnlyLive = false)
{
    public static ServePart All { get; } = new(true, true);

    /// <summary>A process that does neither: it runs a command.</summary>
    public static ServePart None { get; } = new(false, false);

    /// <summary>What it is called: the word after <c>--target</c>.</summary>
    public string Target => OnlyLive ? "realtime" : Answers && Works ? "all" : Answers ? "api" : "worker";

    public bool Serves(string service) => Services is null || Services.Contains(service);
}
