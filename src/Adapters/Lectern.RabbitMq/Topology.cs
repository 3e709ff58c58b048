using Lectern.Platform.Events;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Lectern.RabbitMq;

/// <summary>
/// What the product needs of the broker: one topic exchange, a stream that is the log of all events, a quorum queue of work for each
/// consumer, and one for dead letters. What is there already stays as its operator made it.
/// </summary>
internal static class Topology
{
    public const string Events = "lectern.events";
    public const string Log = "lectern.log";
    public const string Dead = "lectern.dead";

    private const ushort NotFound = 404;
    private const long SegmentBytes = 50L << 20;

    public static string QueueOf(BrokerConsumer consumer) => $"lectern.work.{consumer.Name}";

    public static async Task Declare(IConnection connection, BrokerOptions options, CancellationToken ct)
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: ct))
        {
            await channel.ExchangeDeclareAsync(Events, ExchangeType.Topic, durable: true, cancellationToken: ct);
            await channel.ExchangeDeclareAsync(Dead, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        }

        await Queue(connection, Dead, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, ct);
        await Queue(connection, Log, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "stream", ["x-max-age"] = $"{options.LogDays}D", ["x-max-length-bytes"] = options.LogBytes,
            ["x-stream-max-segment-size-bytes"] = SegmentBytes,
        }, ct);
        foreach (var consumer in options.Consumers) await Queue(connection, QueueOf(consumer), Work(options), ct);
        await Bind(connection, options, ct);
    }

    /// <summary>A dead letter leaves its queue only when the queue of dead letters has it; RabbitMQ wants that said twice.</summary>
    private static Dictionary<string, object?> Work(BrokerOptions options) => new()
    {
        ["x-queue-type"] = "quorum", ["x-delivery-limit"] = options.DeliveryLimit, ["x-dead-letter-exchange"] = Dead,
        ["x-dead-letter-strategy"] = "at-least-once", ["x-overflow"] = "reject-publish",
    };

    private static async Task Bind(IConnection connection, BrokerOptions options, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueueBindAsync(Dead, Dead, string.Empty, cancellationToken: ct);
        await channel.QueueBindAsync(Log, Events, "#", cancellationToken: ct);
        foreach (var consumer in options.Consumers)
        {
            foreach (var type in consumer.Types.DefaultIfEmpty("#"))
                await channel.QueueBindAsync(QueueOf(consumer), Events, type, cancellationToken: ct);
        }
    }

    /// <summary>Asks first: declaring a queue with other arguments than it was made with is refused, and closes the channel.</summary>
    private static async Task Queue(IConnection connection, string name, Dictionary<string, object?> how, CancellationToken ct)
    {
        try
        {
            await using var probe = await connection.CreateChannelAsync(cancellationToken: ct);
            await probe.QueueDeclarePassiveAsync(name, ct);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, how, cancellationToken: ct);
        }
    }
}
