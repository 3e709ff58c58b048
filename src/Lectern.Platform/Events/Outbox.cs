using System.Diagnostics;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Events;

/// <summary>Appends events to the outbox inside the transaction that made them true.</summary>
internal static class Outbox
{
    public static Sql Append<TEvent>(Tenant tenant, TEvent happened, DateTimeOffset now) where TEvent : IEvent => $"""
        INSERT INTO platform.outbox (tenant_id, event_id, type, aggregate, body, occurred_at, trace)
        VALUES ({tenant.Id}, {Guid.CreateVersion7(now)}, {WireName.Of(happened.GetType())}, {happened.Aggregate},
                {Sql.Json<object>(new Envelope(happened.LiveTopic, happened))}, {now}, {Activity.Current?.Id})
        """;

    /// <summary>What the outbox keeps of an event: the topic of open pages it concerns, and the event itself.</summary>
    internal sealed record Envelope(string? Topic, object Happened);
}
