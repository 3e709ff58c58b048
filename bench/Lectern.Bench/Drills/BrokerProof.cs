using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;
using Lectern.RabbitMq;
using RabbitMQ.Client;

namespace Lectern.Bench.Drills;

/// <summary>What the broker must hold after a drill, compared with the outbox.</summary>
internal sealed class BrokerProof(Scratch scratch, Tenant tenant, BrokerOptions options)
{
    private const int MostTries = 20;
    private readonly string queue = Topology.QueueOf(options.Consumers[0]);

    internal sealed record Held(int Expected, int Messages, int Repeated, int Missing, int OutOfOrder, int Foreign);

    public async Task<long> Waiting() => (await scratch.App.Services.GetRequiredService<OutboxLag>().Measure(default))
        .Where(reader => reader.Name == OutboxCursor.Broker).Sum(reader => reader.Waiting);

    /// <summary>Waits until the broker has been told of everything.</summary>
    public async Task Caught()
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (await Waiting() == 0) return;
            await Task.Delay(100);
        }

        throw new InvalidOperationException("After two minutes the broker had still not been told of everything.");
    }

    /// <summary>Reads the log from its first event to its end.</summary>
    public async Task<Held> Log()
    {
        await using var broker = new RabbitMqBroker(options);
        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var bodies = new List<ReadOnlyMemory<byte>>();
        try
        {
            await foreach (var logged in broker.Read(new LogStart(), silence.Token))
            {
                bodies.Add(logged.Body);
                silence.CancelAfter(TimeSpan.FromSeconds(5));
            }
        }
        catch (OperationCanceledException)
        {
            // Its end.
        }

        return await Compare(bodies);
    }

    /// <summary>Takes everything out of the consumer's queue but the last message, which is left for <see cref="Poison"/>.</summary>
    public async Task<Held> Queue()
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var bodies = new List<ReadOnlyMemory<byte>>();
        while (await channel.BasicGetAsync(queue, autoAck: false) is { } taken)
        {
            bodies.Add(taken.Body.ToArray());
            if (taken.MessageCount > 0) await channel.BasicAckAsync(taken.DeliveryTag, multiple: false);
            else break;
        }

        return await Compare(bodies);
    }

    /// <summary>Fails on one message until it is a dead letter, finds it there, and puts it back.</summary>
    public async Task<bool> Poison()
    {
        await using var broker = new RabbitMqBroker(options);
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        IReadOnlyList<DeadLetter> dead = [];
        for (var attempt = 0; attempt < MostTries && dead.Count == 0; attempt++)
        {
            if (await channel.BasicGetAsync(queue, autoAck: false) is { } taken)
                await channel.BasicNackAsync(taken.DeliveryTag, multiple: false, requeue: true);
            await Task.Delay(200);
            dead = await broker.DeadLetters(default);
        }

        if (dead is not [var letter] || letter.Queue != queue || letter.Reason != "delivery_limit") return false;
        if (await broker.PutBack(letter.MessageId, default) != 1 || (await broker.DeadLetters(default)).Count != 0) return false;
        var back = await channel.BasicGetAsync(queue, autoAck: true);
        return back?.BasicProperties.MessageId == letter.MessageId;
    }

    private async Task<Held> Compare(List<ReadOnlyMemory<byte>> bodies)
    {
        var catalogue = scratch.App.Services.GetRequiredService<EventCatalogue>().Published;
        var expected = new HashSet<Guid>();
        await using (var command = scratch.Admin.CreateCommand("SELECT event_id, type FROM platform.outbox"))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                if (catalogue.ContainsKey(reader.GetString(1))) expected.Add(reader.GetGuid(0));
            }
        }

        var envelopes = bodies.ConvertAll(body => JsonDocument.Parse(body).RootElement);
        // Where each event came first; what comes again is recognised by its id.
        var first = envelopes.DistinctBy(envelope => envelope.GetProperty("id").GetGuid()).ToList();
        var outOfOrder = first.GroupBy(envelope => envelope.GetProperty("subject").GetString())
            .Sum(together => together.Select(envelope => envelope.GetProperty("sequence").GetString()!).ToList() is var sequence
                ? sequence.Zip(sequence.Skip(1)).Count(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0)
                : 0);
        var foreign = first.Count(envelope => envelope.GetProperty("source").GetString() != $"/tenants/{tenant.Id}");
        expected.ExceptWith(first.Select(envelope => envelope.GetProperty("id").GetGuid()));
        return new Held(first.Count + expected.Count, envelopes.Count, envelopes.Count - first.Count, expected.Count, outOfOrder, foreign);
    }

    private Task<IConnection> Connect() => new ConnectionFactory { Uri = new Uri(options.Address) }.CreateConnectionAsync();
}
