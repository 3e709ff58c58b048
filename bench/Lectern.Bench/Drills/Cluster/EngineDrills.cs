using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lectern.Bench.Harness;
using Lectern.Platform.Events;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>Drills on the engines behind the product.</summary>
internal static class EngineDrills
{
    /// <summary>The leading PostgreSQL dies. A replica takes over; the product finds it by itself.</summary>
    public static async Task Primary(Report report)
    {
        await using var field = await Field.Open("primary", report);
        var leader = await Leader(field);
        await field.Kill("primary");
        await Until(field, 60, async () => await Leader(field) is { } now && now != leader);
        field.Say($"{await Leader(field)} leads instead of {leader}");
        await Calm(field, 75);
        await field.Start(leader!);
        await Field.Wait(4);
        field.Expect("failover-s", field.Outcomes.Recovered(field.Fault), 60);
        await field.Judge();
    }

    /// <summary>A replica dies, the one that every commit waits for. Reads go elsewhere, and commits wait for the other.</summary>
    public static async Task Replica(Report report)
    {
        await using var field = await Field.Open("replica", report);
        var first = await field.Fleet.DatabaseOf(1);
        var replica = await Fleet.Value<string>(
            first, "SELECT application_name FROM pg_stat_replication WHERE sync_state = 'sync' LIMIT 1");
        await field.Kill(replica);
        await Field.Wait(20);
        await field.Start(replica);
        await Field.Wait(4);
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    /// <summary>One Redis master dies, then all six are gone. It is slower, and nothing else.</summary>
    public static async Task Redis(Report report)
    {
        string[] all = ["redis1", "redis2", "redis3", "redis4", "redis5", "redis6"];
        await using var field = await Field.Open("redis", report);
        await field.Kill(await Busiest(field));
        await Field.Wait(12);
        var second = field.Now;
        field.Say($"one master gone: {field.Outcomes.Seen(field.Fault, second)}");
        foreach (var name in all) await field.Kill(name);
        await Field.Wait(10);
        field.Say($"all gone: {field.Outcomes.Seen(second)}");
        await field.Fleet.Dev("up");
        field.Say("started all six");
        await Field.Wait(5);
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    /// <summary>RabbitMQ is gone. Events wait in the outbox, which says how many; afterwards the broker is told of all of them.</summary>
    public static async Task Rabbit(Report report)
    {
        await using var field = await Field.Open("rabbit", report);
        await field.Kill("rabbitmq");
        await Field.Wait(15);
        var waiting = await Waiting(field);
        field.Say($"{waiting} events wait for the broker");
        field.Expect("lag-not-shown", waiting > 0 ? 0 : 1, 0);
        await field.Start("rabbitmq");
        await Until(field, 60, async () => await Waiting(field) < 20);
        field.Recovered();
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
        field.Expect("events-never-told", await Emptied(field) ? 0 : 1, 0);
    }

    /// <summary>The second shard is gone. Its institutions are told so; those of the first notice nothing.</summary>
    public static async Task Shard(Report report)
    {
        await using var field = await Field.Open("shard", report, ("drill-one", "main"), ("drill-far", "shard2"));
        await field.Kill("shard2");
        await Field.Wait(15);
        await field.Start("shard2");
        await Calm(field, 40);
        field.Expect("failed-in-the-other-shard", field.Outcomes.Failures(field.Fault).Count(o => o.School == "drill-one"), 0);
        field.Expect("other-than-503", field.Outcomes.Failures(field.Fault).Count(o => o.Status != 503), 0);
        await field.Judge();
    }

    private static async Task<string?> Leader(Field field)
    {
        for (var i = 1; i <= 3; i++)
        {
            try
            {
                using var response = await field.Fleet.Http.GetAsync($"http://127.0.0.1:{field.Fleet.Ports + 510 + i}/primary");
                if (response.IsSuccessStatusCode) return string.Create(CultureInfo.InvariantCulture, $"pg{i}");
            }
            catch (HttpRequestException)
            {
                // That one is gone.
            }
        }

        return null;
    }

    /// <summary>The master with the most keys.</summary>
    private static async Task<string> Busiest(Field field)
    {
        var (most, name) = (-1L, string.Empty);
        for (var i = 1; i <= 6; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, field.Fleet.Ports + 600 + i);
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            using var reader = new StreamReader(client.GetStream());
            await writer.WriteAsync($"AUTH {field.Fleet.Options.RedisPassword}\r\nDBSIZE\r\nROLE\r\n");
            string?[] said = [await reader.ReadLineAsync(), await reader.ReadLineAsync(), null, null, null];
            for (var line = 2; line < said.Length; line++) said[line] = await reader.ReadLineAsync();
            var keys = long.Parse(said[1]!.TrimStart(':'), CultureInfo.InvariantCulture);
            if (said[4] == "master" && keys > most) (most, name) = (keys, $"redis{i}");
        }

        field.Say($"{name} holds {most} keys");
        return name;
    }

    private static async Task<long> Waiting(Field field) =>
        (await field.Fleet.App.Services.GetRequiredService<OutboxLag>().Measure(default))
            .Where(reader => reader.Name == OutboxCursor.Broker).Sum(reader => reader.Waiting);

    private static async Task<bool> Emptied(Field field)
    {
        for (var waited = 0; waited < 60; waited++)
        {
            if (await Waiting(field) == 0) return true;
            await Field.Wait(0.5);
        }

        return false;
    }

    /// <summary>Waits until nothing has failed for five seconds.</summary>
    private static Task Calm(Field field, double seconds) =>
        Until(field, seconds, () => Task.FromResult(field.Now - field.Fault > 10 && field.Outcomes.Failures(field.Now - 5).Count == 0
            && field.Outcomes.Between(field.Now - 5, field.Now).Any(o => o is { Writes: true, Failed: false })));

    private static async Task Until(Field field, double seconds, Func<Task<bool>> done)
    {
        var end = field.Now + seconds;
        while (field.Now < end && !await done()) await Field.Wait(0.5);
    }
}
