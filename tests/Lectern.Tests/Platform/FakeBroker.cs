using System.Collections.Concurrent;
using System.Text.Json;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Platform;

/// <summary>A broker that keeps what it is given, and is away or breaks off when it is told to.</summary>
internal sealed class FakeBroker : IEventBroker
{
    public ConcurrentQueue<OutgoingEvent> Taken { get; } = new();

    /// <summary>Why it takes nothing; null when it does.</summary>
    public string? Away { get; set; }

    /// <summary>How many it still takes before it breaks off, once.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>Whether it takes a connection and then says nothing.</summary>
    public bool Hangs { get; set; }

    public string Address => "fake:5672";

    public async Task Publish(IReadOnlyList<OutgoingEvent> events, CancellationToken ct)
    {
        while (Hangs) await Task.Delay(20, ct);
        foreach (var one in events)
        {
            if (Away is { } because) throw new BrokerException(because);
            if (BreaksAfter is 0)
            {
                BreaksAfter = null;
                throw new BrokerException("It broke off, as asked.");
            }

            BreaksAfter--;
            Taken.Enqueue(one);
        }
    }

    public Task Check(CancellationToken ct) => Away is { } because ? throw new BrokerException(because) : Task.CompletedTask;

    public IAsyncEnumerable<LoggedEvent> Read(LogStart from, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken ct) => throw new NotSupportedException();

    public Task<int> PutBack(string? messageId, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>What it was told of an institution, in the order it came.</summary>
    public List<JsonElement> ToldOf(TenantId tenant) => [.. Taken.Select(one => JsonDocument.Parse(one.Body).RootElement)
        .Where(envelope => envelope.GetProperty("source").GetString() == $"/tenants/{tenant}")];
}
