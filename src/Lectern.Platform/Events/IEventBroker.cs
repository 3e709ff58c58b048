namespace Lectern.Platform.Events;

/// <summary>
/// An outside broker that is told of everything that happens, after it happened. The product never waits for it: the outbox keeps what
/// it has not taken. An adapter provides this when one is configured.
/// </summary>
public interface IEventBroker
{
    /// <summary>Host and port, for people; never with credentials.</summary>
    string Address { get; }

    /// <summary>
    /// Hands over events and returns when the broker has every one of them safe. Events of one <see cref="OutgoingEvent.Order"/> arrive
    /// in the order given; some may arrive although it throws, and then come again.
    /// </summary>
    /// <exception cref="BrokerException">The broker is away or refuses.</exception>
    Task Publish(IReadOnlyList<OutgoingEvent> events, CancellationToken ct);

    /// <summary>Connects and makes what is missing of exchanges and queues.</summary>
    /// <exception cref="BrokerException">Says why that cannot be.</exception>
    Task Check(CancellationToken ct);

    /// <summary>Reads the event log from a place in it and then goes on as events come.</summary>
    IAsyncEnumerable<LoggedEvent> Read(LogStart from, CancellationToken ct);

    /// <summary>What consumers have given up on, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken ct);

    /// <summary>Puts one dead letter, or all, back into the queue it came from; answers how many.</summary>
    Task<int> PutBack(string? messageId, CancellationToken ct);
}

/// <summary>An event in its envelope. <paramref name="Order"/> names what it must not overtake.</summary>
public sealed record OutgoingEvent(Guid Id, string Type, string Order, ReadOnlyMemory<byte> Body);

/// <summary>An event in the log with its place there.</summary>
public sealed record LoggedEvent(long Offset, string Type, ReadOnlyMemory<byte> Body);

/// <summary>Where reading of the log begins: an offset, an instant, or with neither the first event still kept.</summary>
public sealed record LogStart(long? Offset = null, DateTimeOffset? Time = null);

/// <summary>A message that a consumer failed on too often.</summary>
public sealed record DeadLetter(
    string MessageId, string Type, string Queue, string Reason, DateTimeOffset? DiedAt, ReadOnlyMemory<byte> Body);

/// <summary>The broker is away or refuses; the message says which, for an operator.</summary>
public sealed class BrokerException(string message, Exception? inner = null) : Exception(message, inner);
