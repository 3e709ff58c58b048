using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Limits;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;
using Lectern.Platform.Resilience;
using Lectern.Platform.Sharing;
using Lectern.Platform.Sites;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>Registers what every service stands on, and maps the platform's own routes.</summary>
internal static class PlatformServices
{
    private const int MostKeptInProcess = 50_000;

    public static IServiceCollection AddPlatform(this IServiceCollection services, PlatformOptions options, MigrationPlan plan)
    {
        services.AddSingleton(Options.Create(options)).AddSingleton(options).AddSingleton(plan);
        services.AddSingleton(NodeIdentity.ForThisProcess()).AddSingleton<ServingState>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(root => new LoadControl(
            TimeSpan.FromMilliseconds(options.ToleratedWaitMilliseconds), root.GetRequiredService<TimeProvider>()));
        services.AddSingleton(root => new Dependencies(
            root.GetRequiredService<TimeProvider>(), root.GetRequiredService<ILogger<Dependencies>>()));
        AddTenancy(services, options);
        AddWork(services);
        services.AddSingleton<KeyRing>().AddSingleton<ServiceTokens>();
        services.AddSingleton<SignedLinks>().AddSingleton<IObjectStore, LocalObjectStore>();
        services.AddSingleton<FileSweep>().AddSingleton<IScheduledTask>(root => root.GetRequiredService<FileSweep>());
        services.AddJob<CheckFile, CheckFileHandler>();
        services.AddScoped(scope => new StoredFiles(
            scope.GetRequiredService<TenantDb>(), scope.GetRequiredService<Actor>(), scope.GetRequiredService<IObjectStore>(),
            scope.GetRequiredService<SignedLinks>(), scope.GetRequiredService<IOptions<PlatformOptions>>()));
        AddShared(services);
        services.AddSingleton<MetricsText>();
        services.ConfigureHttpJsonOptions(json => LecternJson.Apply(json.SerializerOptions));
        // What cannot be read is answered by Failures in the one shape of all problems, not with an empty 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        // An address alone says which route is meant. Chosen by content type too, a route that is sent something else would give way to
        // the one that knows no such address, and say 404 before anybody was asked for permission.
        services.AddRouting();
        services.Remove(services.Single(known => known.ImplementationType?.Name is "AcceptsMatcherPolicy"));
        services.AddProblemDetails().AddExceptionHandler<Failures>();
        return services;
    }

    /// <summary>What nodes remember: each for itself, and together where an adapter replaces <see cref="NothingShared"/>.</summary>
    private static void AddShared(IServiceCollection services)
    {
        services.AddSingleton<ISharedStore, NothingShared>();
        // The least recently used go first when it is full.
        services.AddMemoryCache(cache => cache.SizeLimit = MostKeptInProcess);
        services.AddSingleton(root => new CacheNews(
            root.GetRequiredService<ISharedStore>(), () => root.GetRequiredService<TenantDirectory>().KnownDatabases));
        services.AddSingleton<HybridCache, TenantCache>();
        services.AddSingleton<SharedSessions>().AddSingleton<SeenSessions>();
        services.AddHostedService(root => root.GetRequiredService<SeenSessions>());
        services.AddSingleton(root => new RateLimits(
            root.GetRequiredService<ISharedStore>(), root.GetRequiredService<IOptions<PlatformOptions>>(),
            root.GetRequiredService<TimeProvider>()));
    }

    private static void AddTenancy(IServiceCollection services, PlatformOptions options)
    {
        services.AddSingleton<DatabaseAccess>();
        services.AddSingleton(_ =>
        {
            var connection = new NpgsqlConnectionStringBuilder(options.Postgres);
            return new CoreDatabase(
                new ShardDatabase(1, connection.Host ?? "127.0.0.1", connection.Port, connection.Database ?? "lectern"));
        });
        services.AddSingleton(root => new TenantDirectory(
            root.GetRequiredService<DatabaseAccess>(), root.GetRequiredService<CoreDatabase>(), root.GetRequiredService<TimeProvider>(),
            root.GetRequiredService<SiteStanding>()));
        services.AddSingleton<SiteStanding>();
        services.AddSingleton<CellSources>().AddSingleton<ShardSources>().AddSingleton<Installation>().AddSingleton<StartCheck>();
        services.AddSingleton<FeatureSwitches>().AddSingleton<TenantAdmin>().AddSingleton<ShardAdmin>();
        services.AddSingleton<TenantCopy>().AddSingleton<TenantMover>().AddSingleton<TenantExport>().AddSingleton<TenantErasure>();
        services.AddSingleton<TenantBackup>().AddSingleton<TenantRestore>().AddSingleton<OperatorReport>();
        services.AddSingleton<AuditSealer>().AddSingleton<AuditVerifier>().AddSingleton<Checkup>();
        services.AddSingleton(
            root => new TenantScopes(root.GetRequiredService<IServiceScopeFactory>(), root.GetRequiredService<TenantDirectory>()));
        services.AddScoped<TenantContext>();
        services.AddScoped(scope => new TenantDb(
            scope.GetRequiredService<CellSources>(), scope.GetRequiredService<Replicas>(), scope.GetRequiredService<TenantContext>(),
            scope.GetRequiredService<TimeProvider>(), scope.GetRequiredService<WorkSignal>(), scope.GetRequiredService<CacheNews>()));
        services.AddSingleton<Replicas>().AddSingleton<ReplicaWatch>().AddSingleton<LaggingReads>();
        // Transient, because within a request the actor becomes known only after the institution is.
        services.AddTransient(scope => scope.GetRequiredService<TenantContext>().Actor);
        services.AddScoped<Access.Access>().AddScoped<Grants>();
        services.AddScoped(scope => new Sessions(scope.GetRequiredService<TenantDb>(), scope.GetRequiredService<SharedSessions>()));
    }

    private static void AddWork(IServiceCollection services)
    {
        services.AddSingleton<Listeners>().AddSingleton<OutboxRelay>().AddSingleton<JobWorker>().AddSingleton<Scheduler>();
        services.AddSingleton<OutboxLag>().AddSingleton<ShardMeasures>().AddSingleton<ClusterView>().AddSingleton<EventReplay>();
        services.AddSingleton<WorkSignal>().AddSingleton<LiveSignals>();
        services.AddSingleton(root => new LivePresence(
            root.GetRequiredService<TenantDirectory>(), root.GetRequiredService<ShardSources>(), root.GetRequiredService<TimeProvider>(),
            root.GetRequiredService<ILogger<LivePresence>>()));
        services.AddSingleton<IScheduledTask>(root => root.GetRequiredService<AuditSealer>()).AddSingleton<IScheduledTask, Housekeeping>()
            .AddSingleton<IScheduledTask, NightlyRound>();
        services.AddSingleton<IScheduledTask>(root => root.GetRequiredService<TenantErasure>());
        services.AddScoped<DeliveryHandler>().AddScoped<JobWatch>();
        services.AddJob<Delivery, DeliveryHandler>();
    }

    /// <summary>The part of the program that answers requests: institution and person first, then the routes of all services.</summary>
    public static RouteGroupBuilder MapPlatform(this WebApplication app, bool onlyLive)
    {
        TrustedProxies.Use(app, app.Services.GetRequiredService<PlatformOptions>());
        app.UseMiddleware<RequestMeasures>();
        app.UseExceptionHandler();
        app.UseMiddleware<SecurityHeaders>();
        // The path loses /t/{slug} first, so that routes match however the institution was named.
        app.Use(TenantNames.TakeFromPath);
        app.UseRouting();
        app.Use(RequestLimits.ShortenPlainBodies);
        // Before anybody is looked up: what is refused must cost nothing.
        app.UseMiddleware<ShedMiddleware>();
        app.UseMiddleware<TenantMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<FeatureMiddleware>();
        if (onlyLive) app.Use(RefuseWhatIsNotLive);
        app.UseMiddleware<AccessMiddleware>();
        Health.Map(app);
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilterFactory((_, next) => invocation => UnitOfWork.Around(invocation, next));
        FileRoutes.Map(api);
        FeatureRoutes.Map(api);
        JobRoutes.Map(api);
        AuditRoutes.Map(api);
        OutboxRoutes.Map(api);
        ClusterRoutes.Map(api);
        AccessTokenRoutes.Map(api);
        return api;
    }

    // Held-open streams live on nodes of their own so that nothing else can slow them, and they nothing else.
    private static Task RefuseWhatIsNotLive(HttpContext context, RequestDelegate next) =>
        TenantNames.IsApi(context.Request.Path) && context.GetEndpoint()?.Metadata.GetMetadata<LiveAnswer>() is null
            ? Problems.NotFound("This server answers live streams only.").ExecuteAsync(context)
            : next(context);
}
