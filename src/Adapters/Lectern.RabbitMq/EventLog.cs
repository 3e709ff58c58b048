using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Lectern.Platform.Events;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Lectern.RabbitMq;

/// <summary>Reads the stream from any place in it. Reading takes nothing away, so any number may read.</summary>
internal sealed class EventLog(Link link)
{
    private const ushort Ahead = 200;

    public async IAsyncEnumerable<LoggedEvent> Read(LogStart from, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await Link.Try(() => link.Open(ct));
        await using var channel = await Link.Try(() => connection.CreateChannelAsync(cancellationToken: ct));
        var arrived = Channel.CreateUnbounded<BasicDeliverEventArgs>();
        await Link.Try(async () =>
        {
            // A stream wants to be told how far ahead it may send; what has been read is acknowledged to let it send more.
            await channel.BasicQosAsync(0, Ahead, global: false, ct);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                // The body is the client's only until this returns.
                arrived.Writer.TryWrite(new BasicDeliverEventArgs(
                    delivery.ConsumerTag, delivery.DeliveryTag, delivery.Redelivered, delivery.Exchange, delivery.RoutingKey,
                    delivery.BasicProperties, delivery.Body.ToArray(), ct));
                return Task.CompletedTask;
            };
            channel.ChannelShutdownAsync += (_, end) =>
            {
                arrived.Writer.TryComplete(new BrokerException($"The connection was lost: {end.ReplyText}"));
                return Task.CompletedTask;
            };
            return await channel.BasicConsumeAsync(Topology.Log, autoAck: false, string.Empty, noLocal: false, exclusive: false,
                new Dictionary<string, object?> { ["x-stream-offset"] = Place(from) }, consumer, ct);
        });
        await foreach (var delivery in arrived.Reader.ReadAllAsync(ct))
        {
            var offset = Convert.ToInt64(
                delivery.BasicProperties.Headers!["x-stream-offset"], System.Globalization.CultureInfo.InvariantCulture);
            await Link.Try(async () =>
            {
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, ct);
                return true;
            });
            // The broker begins at the chunk that holds the place, which may be earlier.
            if (offset >= (from.Offset ?? 0)) yield return new LoggedEvent(offset, delivery.RoutingKey, delivery.Body);
        }
    }

    private static object Place(LogStart from) => from switch
    {
        { Offset: { } offset } => offset,
        { Time: { } time } => new AmqpTimestamp(time.ToUnixTimeSeconds()),
        _ => "first",
    };
}
