using System.Globalization;
using System.Text;
using Lectern.Hosting;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Looks at events on their way out of the product, and tells them again.</summary>
internal static class Events
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, Func<Installed, Arguments, CancellationToken, Task<int>>> Verbs = new(StringComparer.Ordinal)
    {
        ["status"] = Status,
        ["tail"] = Tail,
        ["replay"] = Replay,
        ["republish"] = Republish,
        ["dead"] = Dead,
        ["disconnect"] = Disconnect,
    };

    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var verb = arguments.Need(0, $"What to do with events ({string.Join(", ", Verbs.Keys)})");
        if (!Verbs.TryGetValue(verb, out var run)) throw new ArgumentException($"'{verb}' is not something to do with events.");
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        return await run(installed, arguments, CancellationToken.None);
    }

    private static async Task<int> Status(Installed installed, Arguments arguments, CancellationToken ct)
    {
        foreach (var reader in await installed.Services.GetRequiredService<OutboxLag>().Measure(ct))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"database {reader.Database,-4} {reader.Name,-8} {reader.Waiting,9} waiting  oldest {reader.AgeSeconds:0} s"));
        }

        if (installed.Services.GetService<IEventBroker>() is not { } broker)
        {
            Console.WriteLine("No broker is configured.");
            return 0;
        }

        await broker.Check(ct);
        Console.WriteLine($"The broker {broker.Address} answers.");
        return 0;
    }

    /// <summary>Prints the log, one envelope a line after its offset, until nothing has come for a while; with --follow for ever.</summary>
    private static async Task<int> Tail(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var broker = Broker(installed);
        var most = arguments.Of("count") is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : long.MaxValue;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var printed = 0L;
        try
        {
            Listen();
            await foreach (var logged in broker.Read(StartOf(arguments.Of("from")), silence.Token))
            {
                Listen();
                if (arguments.Of("type") is { } type && type != logged.Type) continue;
                Console.WriteLine($"{logged.Offset}\t{Encoding.UTF8.GetString(logged.Body.Span)}");
                if (++printed >= most) break;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The log has been read to its end.
        }

        return 0;

        void Listen()
        {
            if (!arguments.Has("follow")) silence.CancelAfter(Quiet);
        }
    }

    private static async Task<int> Replay(Installed installed, Arguments arguments, CancellationToken ct)
    {
        TenantId? tenant = arguments.Of("tenant") is { } slug
            ? (await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct)
                ?? throw new ArgumentException($"There is no institution '{slug}'.")).Id
            : null;
        var listener = arguments.Of("listener") ?? throw new ArgumentException("--listener NAME is missing: who is to be told again.");
        var request = new EventReplay.Request(InstantOf(arguments), listener, arguments.Of("type"), tenant);
        var made = await installed.Services.GetRequiredService<EventReplay>().ToListener(request, ct);
        Console.WriteLine($"{made} deliveries to {listener} are queued; those it had handled before are left out.");
        return 0;
    }

    private static async Task<int> Republish(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var from = InstantOf(arguments);
        await installed.Services.GetRequiredService<EventReplay>().ToBroker(from, ct);
        Console.WriteLine($"The broker is told again what happened since {from:O}, as far as the outbox still holds it.");
        return 0;
    }

    private static async Task<int> Dead(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var broker = Broker(installed);
        if (arguments.Has("put-back"))
        {
            Console.WriteLine($"{await broker.PutBack(arguments.Of("put-back"), ct)} dead letters are back in their queues.");
            return 0;
        }

        var letters = await broker.DeadLetters(ct);
        foreach (var letter in letters)
            Console.WriteLine($"{letter.MessageId}  {letter.DiedAt:u}  {letter.Queue,-30} {letter.Reason,-16} {letter.Type}");
        Console.WriteLine($"{letters.Count} dead letters");
        return 0;
    }

    private static async Task<int> Disconnect(Installed installed, Arguments arguments, CancellationToken ct)
    {
        if (installed.Services.GetService<IEventBroker>() is not null)
            throw new ArgumentException("A broker is configured. Take Lectern:Broker out of every node first.");
        var forgotten = await installed.Services.GetRequiredService<EventReplay>().Disconnect(ct);
        Console.WriteLine($"Events are no longer kept for a broker in {forgotten} databases.");
        return 0;
    }

    private static IEventBroker Broker(Installed installed) =>
        installed.Services.GetService<IEventBroker>() ?? throw new ArgumentException("No broker is configured; see Lectern:Broker.");

    private static DateTimeOffset InstantOf(Arguments arguments) => StartOf(arguments.Of("from")).Time
        ?? throw new ArgumentException("--from TIME is missing, for example --from 2026-09-01T08:00Z.");

    private static LogStart StartOf(string? from)
    {
        if (from is null or "first") return new LogStart();
        if (long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return new LogStart(Offset: offset);
        return DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LogStart(Time: time)
            : throw new ArgumentException($"'{from}' is neither an offset, an instant, nor 'first'.");
    }
}
