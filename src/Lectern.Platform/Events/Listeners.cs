using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Events;

/// <summary>Who hears what. Filled at start by each service's <c>Add</c>.</summary>
internal sealed class Listeners(IEnumerable<Listeners.Registration> registrations)
{
    private readonly ILookup<string, Registration> byEvent = registrations.ToLookup(registration => registration.EventName);

    public IEnumerable<Registration> Of(string eventName) => byEvent[eventName];

    public IEnumerable<Registration> All => byEvent.SelectMany(group => group);

    internal sealed record Registration(
        string EventName, string Consumer, Type Listener, Func<IServiceProvider, JsonElement, CancellationToken, Task> Deliver);
}

/// <summary>The work of telling one listener about one event.</summary>
internal sealed record Delivery(Guid EventId, string Consumer, JsonElement Happened) : IJob
{
    /// <summary>Asks for one event to be told to one listener, after those of the same aggregate that were asked for before.</summary>
    public static Sql Append(OutboxCursor.Waiting waiting, string consumer, DateTimeOffset now)
    {
        var delivery = new Delivery(waiting.EventId, consumer, waiting.Body.GetProperty("happened"));
        var options = new JobOptions { OrderKey = $"{consumer}/{waiting.Tenant}/{waiting.Aggregate}", Priority = JobPriority.Soon };
        return JobQueue.Append(waiting.Tenant, JobId.New(now), delivery, options, new JobOrigin(null, now, waiting.Trace));
    }
}

/// <summary>Hands an event to its listener once: the inbox row and the listener's effect commit together.</summary>
internal sealed class DeliveryHandler(TenantDb db, Listeners listeners, IServiceProvider services) : IJobHandler<Delivery>
{
    public async Task<object?> Run(Delivery job, JobProgress progress, CancellationToken ct)
    {
        var registration = listeners.All.FirstOrDefault(listener => listener.Consumer == job.Consumer);
        // A listener that a newer version removed has nothing left to do.
        if (registration is null) return null;
        System.Diagnostics.Activity.Current?.SetTag("listener", job.Consumer);
        var first = await db.Execute($"""
            INSERT INTO platform.inbox (tenant_id, consumer, event_id, handled_at)
            VALUES ({db.Tenant}, {job.Consumer}, {job.EventId}, {db.Now}) ON CONFLICT DO NOTHING
            """, ct);
        if (first == 1) await registration.Deliver(services, job.Happened, ct);
        return null;
    }
}

public static class ListenerRegistration
{
    /// <summary>Lets <typeparamref name="TListener"/> hear <typeparamref name="TEvent"/>.</summary>
    public static IServiceCollection AddListener<TEvent, TListener>(this IServiceCollection services)
        where TEvent : IEvent where TListener : class, IListener<TEvent>
    {
        services.AddScoped<TListener>();
        return services.AddSingleton(new Listeners.Registration(
            WireName.Of(typeof(TEvent)), WireName.OfListener(typeof(TListener)), typeof(TListener),
            (scope, body, ct) => scope.GetRequiredService<TListener>().Hear(body.Deserialize<TEvent>(LecternJson.Options)!, ct)));
    }
}
