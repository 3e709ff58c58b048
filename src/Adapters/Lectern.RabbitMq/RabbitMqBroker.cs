using Lectern.Platform.Events;
using RabbitMQ.Client;

namespace Lectern.RabbitMq;

/// <summary>
/// RabbitMQ as the outside broker. One channel publishes, with confirms: nothing counts as told before the broker has said so.
/// </summary>
internal sealed class RabbitMqBroker(BrokerOptions options) : IEventBroker, IAsyncDisposable
{
    private readonly Link link = new(options);
    private readonly SemaphoreSlim gate = new(1, 1);
    private IConnection? connection;
    private IChannel? channel;

    public string Address => link.Address;

    public async Task Publish(IReadOnlyList<OutgoingEvent> events, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        var done = false;
        try
        {
            await Link.Try(async () =>
            {
                var open = await Channel(ct);
                // Each aggregate waits for its own confirms, and no aggregate for another's: a later event is never sent before an
                // earlier one is safe, even when the broker refuses one in the middle.
                await Task.WhenAll(events.GroupBy(one => one.Order).Select(together => InOrder(open, together, ct)));
                return true;
            });
            done = true;
        }
        finally
        {
            // After a failure nobody knows what of the channel still holds.
            if (!done) await Drop();
            gate.Release();
        }
    }

    public async Task Check(CancellationToken ct) => await Link.Try(async () =>
    {
        await using var probe = await link.Open(ct);
        return true;
    });

    public IAsyncEnumerable<LoggedEvent> Read(LogStart from, CancellationToken ct) => new EventLog(link).Read(from, ct);

    public Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken ct) => Link.Try(() => new DeadLetterQueue(link).List(ct));

    public Task<int> PutBack(string? messageId, CancellationToken ct) => Link.Try(() => new DeadLetterQueue(link).PutBack(messageId, ct));

    public async ValueTask DisposeAsync()
    {
        await Drop();
        gate.Dispose();
    }

    private static async Task InOrder(IChannel open, IEnumerable<OutgoingEvent> events, CancellationToken ct)
    {
        foreach (var one in events)
        {
            var properties = new BasicProperties
            {
                MessageId = one.Id.ToString(), Type = one.Type, ContentType = "application/cloudevents+json",
                DeliveryMode = DeliveryModes.Persistent,
            };
            // Mandatory: an event that reaches no queue, not even the log, comes back as a failure.
            await open.BasicPublishAsync(Topology.Events, one.Type, mandatory: true, properties, one.Body, ct);
        }
    }

    private async Task<IChannel> Channel(CancellationToken ct)
    {
        if (channel is { IsOpen: true }) return channel;
        await Drop();
        connection = await link.Open(ct);
        channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        return channel;
    }

    private async Task Drop()
    {
        var (oldChannel, oldConnection) = (channel, connection);
        (channel, connection) = (null, null);
        try
        {
            if (oldChannel is not null) await oldChannel.DisposeAsync();
            if (oldConnection is not null) await oldConnection.DisposeAsync();
        }
        catch (Exception gone) when (gone is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or TimeoutException
            or ObjectDisposedException or OperationCanceledException)
        {
            // It was lost already.
        }
    }
}
