using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;
using Lectern.RabbitMq;

namespace Lectern.Bench.Drills;

/// <summary>
/// RabbitMQ is killed while 40 people hand in and grade, stays away for a while, and comes back; then it is away from the start. Nobody may
/// notice, every event must be in its log and in a consumer's queue, in order for each aggregate, and a poison message must end among
/// the dead letters and come back from there.
/// </summary>
internal static class BrokerDrill
{
    private const int People = 40;
    private const string Consumer = "drill";
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(4);
    private static readonly Course Course = new(1, People, 5);

    public static async Task Run(Report report)
    {
        if (!RabbitMqServer.IsInstalled)
            throw new InvalidOperationException("RabbitMQ is not installed: apt-get install --no-install-recommends rabbitmq-server");
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var started = Stopwatch.StartNew();
        await using var rabbit = await RabbitMqServer.Start();
        report.Note(string.Create(CultureInfo.InvariantCulture, $"RabbitMQ started in {started.Elapsed.TotalSeconds:0.0} s"));
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        var proof = new BrokerProof(scratch, tenant, Options(rabbit.Address));

        var load = new CrashLoad(tenant, Course);
        double recovered;
        await using (var server = await Served(scratch, rabbit.Address))
        {
            recovered = await KilledUnderLoad(report, rabbit, server, load, proof);
        }

        var meanwhile = await AwayFromTheStart(report, scratch, rabbit, tenant, proof);
        var log = await proof.Log();
        var queue = await proof.Queue();
        var refused = load.Refused.Count + meanwhile.Refused.Count;
        var acknowledged = load.Acknowledged + meanwhile.Acknowledged;
        report.Note($"{log.Expected} events to publish; log {log.Messages} messages, {log.Repeated} of them repeated");
        report.Add(new Figure("refused", refused, Goal: 0));
        report.Add(new Figure("missing-from-the-log", log.Missing, Goal: 0));
        report.Add(new Figure("missing-from-the-queue", queue.Missing, Goal: 0));
        report.Add(new Figure("out-of-order", log.OutOfOrder + queue.OutOfOrder, Goal: 0));
        report.Add(new Figure("of-others", log.Foreign + queue.Foreign, Goal: 0));
        report.Add(new Figure("poison-not-set-aside-and-put-back", await proof.Poison() ? 0 : 1, Goal: 0));
        report.Add(new Figure("wrong-password-not-named", await SaysSo(rabbit) ? 0 : 1, Goal: 0));
        report.Close(string.Create(CultureInfo.InvariantCulture, $"broker: acknowledged={acknowledged} "
            + $"lost={log.Missing + queue.Missing} leaked={log.Foreign + queue.Foreign} recovered_s={recovered:0.0}"));
    }

    /// <summary>Answers the seconds from the broker's return until it had been told of everything.</summary>
    private static async Task<double> KilledUnderLoad(
        Report report, RabbitMqServer rabbit, ServerProcess server, CrashLoad load, BrokerProof proof)
    {
        var clients = Enumerable.Range(0, People).Select(person => load.Run(server.Http, person)).ToList();
        await Task.Delay(Before);
        report.Progress($"killing RabbitMQ after {load.Acknowledged} acknowledged writes");
        await rabbit.Kill();
        await Task.Delay(Away);
        report.Note($"events waiting while it was away: {await proof.Waiting()}");
        await rabbit.Run();
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(1));
        load.Stop();
        await Task.WhenAll(clients);
        await proof.Caught();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<CrashLoad> AwayFromTheStart(
        Report report, Scratch scratch, RabbitMqServer rabbit, Tenant tenant, BrokerProof proof)
    {
        await rabbit.Kill();
        // Learners of their own kind of work: grades are refused by version once they have been given.
        var load = new CrashLoad(tenant, Course);
        await using var server = await Served(scratch, rabbit.Address);
        var clients = Enumerable.Range(0, People / 2).Select(person => load.Run(server.Http, person * 2)).ToList();
        await Task.Delay(Away);
        load.Stop();
        await Task.WhenAll(clients);
        // Measured every five seconds.
        await Task.Delay(TimeSpan.FromSeconds(6));
        var metrics = await server.Http.GetStringAsync("/metrics");
        var told = metrics.Split('\n').FirstOrDefault(line =>
            line.StartsWith("lectern_outbox_waiting_events", StringComparison.Ordinal) && line.Contains("reader=\"broker\"",
                StringComparison.Ordinal)) ?? "nothing";
        report.Note($"{load.Acknowledged} writes acknowledged with no broker from the start; metrics say: {told}");
        report.Add(new Figure("lag-not-reported", told.EndsWith(" 0", StringComparison.Ordinal) || told == "nothing" ? 1 : 0, Goal: 0));
        await rabbit.Run();
        await proof.Caught();
        return load;
    }

    private static async Task<bool> SaysSo(RabbitMqServer rabbit)
    {
        await using var stranger = new RabbitMqBroker(Options(rabbit.With("wrong")));
        try
        {
            await stranger.Check(default);
            return false;
        }
        catch (BrokerException refusal)
        {
            return refusal.Message.Contains("password", StringComparison.Ordinal)
                && !refusal.Message.Contains("wrong", StringComparison.Ordinal);
        }
    }

    private static Task<ServerProcess> Served(Scratch scratch, string address) => ServerProcess.Unlimited(scratch.Options, 0,
        ("Broker__Address", address), ("Broker__DeliveryLimit", "2"), ("Broker__Consumers__0__Name", Consumer));

    private static BrokerOptions Options(string address) =>
        new() { Address = address, DeliveryLimit = 2, Consumers = { new BrokerConsumer { Name = Consumer } } };
}
