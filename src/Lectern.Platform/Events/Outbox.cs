using System.Diagnostics;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Events;

/// <summary>Appends events to the outbox inside the transaction that made them true.</summary>
internal static class Outbox
{
    /// <summary>Events of one kind, in their order; at least one.</summary>
    public static Sql Append<TEvent>(Tenant tenant, IReadOnlyCollection<TEvent> happened, DateTimeOffset now) where TEvent : IEvent => $"""
        INSERT INTO platform.outbox (tenant_id, event_id, type, aggregate, body, occurred_at, trace)
        SELECT {tenant.Id}, t.event_id, {WireName.Of(happened.First().GetType())}, t.aggregate, t.body::jsonb, {now}, {Activity.Current?.Id}
        FROM unnest({happened.Select(_ => Guid.CreateVersion7(now)).ToArray()}, {happened.Select(one => one.Aggregate).ToArray()},
            {happened.Select(one => Sql.Json<object>(new Envelope(one.LiveTopic, one)).Text).ToArray()})
            WITH ORDINALITY AS t(event_id, aggregate, body, n)
        ORDER BY t.n
        """;

    /// <summary>What the outbox keeps of an event: the topic of open pages it concerns, and the event itself.</summary>
    internal sealed record Envelope(string? Topic, object Happened);
}
