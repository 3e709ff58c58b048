using System.Text;
using Lectern.Platform.Events;
using RabbitMQ.Client;

namespace Lectern.RabbitMq;

/// <summary>
/// Looks at dead letters by taking them without acknowledging; when the channel closes, what was only looked at is back in the queue.
/// </summary>
internal sealed class DeadLetterQueue(Link link)
{
    private const int MostAtOnce = 1_000;
    private const string Deaths = "x-death";

    public async Task<IReadOnlyList<DeadLetter>> List(CancellationToken ct)
    {
        await using var connection = await link.Open(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var letters = new List<DeadLetter>();
        while (letters.Count < MostAtOnce && await channel.BasicGetAsync(Topology.Dead, autoAck: false, ct) is { } taken)
            letters.Add(Describe(taken));
        return letters;
    }

    public async Task<int> PutBack(string? messageId, CancellationToken ct)
    {
        await using var connection = await link.Open(ct);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        var putBack = 0;
        // What dies again meanwhile comes behind what was there, and is left for the next time.
        var there = await channel.MessageCountAsync(Topology.Dead, ct);
        for (var seen = 0; seen < there && await channel.BasicGetAsync(Topology.Dead, autoAck: false, ct) is { } taken; seen++)
        {
            var letter = Describe(taken);
            if (messageId is not null && letter.MessageId != messageId) continue;
            var properties = new BasicProperties(taken.BasicProperties) { Headers = null };
            // Safe in its old queue before it leaves this one: killed between the two, it is in both, and its id says so.
            await channel.BasicPublishAsync(string.Empty, letter.Queue, mandatory: true, properties, taken.Body, ct);
            await channel.BasicAckAsync(taken.DeliveryTag, multiple: false, ct);
            putBack++;
        }

        return putBack;
    }

    private static DeadLetter Describe(BasicGetResult taken)
    {
        var properties = taken.BasicProperties;
        var death = properties.Headers?.TryGetValue(Deaths, out var deaths) == true && deaths is IList<object?> { Count: > 0 } list
            ? list[0] as IDictionary<string, object?>
            : null;
        DateTimeOffset? diedAt = death?["time"] is AmqpTimestamp time ? DateTimeOffset.FromUnixTimeSeconds(time.UnixTime) : null;
        return new DeadLetter(properties.MessageId ?? string.Empty, properties.Type ?? string.Empty, Text(death?["queue"]),
            Text(death?["reason"]), diedAt, taken.Body.ToArray());
    }

    private static string Text(object? header) =>
        header is byte[] bytes ? Encoding.UTF8.GetString(bytes) : header?.ToString() ?? string.Empty;
}
