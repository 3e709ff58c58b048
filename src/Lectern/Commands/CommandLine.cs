using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform.Events;
using Lectern.Platform.Migrations;
using Npgsql;

namespace Lectern.Commands;

/// <summary>What <c>lectern</c> can be told to do. Each command is a file of this folder.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, (string Words, string Says, Func<Product, Arguments, Task<int>> Run)> Commands =
        new(StringComparer.Ordinal)
        {
            ["serve"] = (
                "[--target api|worker|realtime|all] [--services a,b] [--demo]", "answer requests and do background work", Serve.Run),
            ["migrate"] = (string.Empty, "bring every schema up to date", Migrate.Run),
            ["demo"] = (string.Empty, "make the demonstration institution and say who can sign in", DemoCommand.Run),
            ["import"] = ("oulad DIR [--tenant SLUG]", "read learners and scores that others have published", Import.Run),
            ["tenants"] = ("create|list|show|move|suspend|resume|delete|restore|export|backup", "manage institutions", Tenants.Run),
            ["shards"] = ("add|list|set|drain|open|remove|add-replica|remove-replica|place", "manage the databases institutions live in",
                Shards.Run),
            ["report"] = ("[--json]", "how all shards are: institutions, sizes, what waits", Report.Run),
            ["features"] = ("list|off NAME --because WHY|on NAME [--tenant SLUG]", "switch parts of the product off and on", Features.Run),
            ["token"] = ("EMAIL [--tenant demo] [--hours 24]", "print a bearer token, nothing else", Token.Run),
            ["operator"] = ("EMAIL [--tenant demo] [--withdraw]", "let somebody see the whole installation, or no longer", Operator.Run),
            ["doctor"] = (string.Empty, "say whether this installation is well", Doctor.Run),
            ["prove"] = ("isolation|audit|ledger|calculator", "try to break a promise, and count", Prove.Run),
            ["gateway"] = ("config --for nginx|haproxy --nodes \"api=HOST:PORT …\"", "print an edge's configuration", GatewayConfig.Run),
            ["autoscale"] = ("replay FILE|run [--policy threshold|target]", "grow and shrink a fleet of api nodes", Autoscale.Run),
            ["failover"] = ("[--now] [--dry-run] --fence CMD --start CMD --dns CMD", "make this site the one that works", Failover.Run),
            ["probe"] = ("[prepare] --url URL [--every SECONDS] [--metrics FILE]", "do from outside what people depend on", Probe.Run),
            ["openapi"] = (string.Empty, "print the API's description", OpenApi.Run),
            ["asyncapi"] = (string.Empty, "print the description of events", AsyncApi.Run),
            ["events"] = ("status|tail|replay|republish|dead|disconnect", "look at events on their way out, tell them again", Events.Run),
        };

    public static async Task<int> Run(Product product, string[] args)
    {
        var name = args.Length > 0 ? args[0] : "serve";
        if (!Commands.TryGetValue(name, out var command))
        {
            Console.Error.WriteLine(
                name is "help" or "--help" ? "lectern: a learning management system" : $"lectern: there is no command '{name}'.");
            foreach (var (known, (words, says, _)) in Commands) Console.Error.WriteLine($"  {known + " " + words,-70} {says}");
            return name is "help" or "--help" ? 0 : 2;
        }

        try
        {
            return await command.Run(product, new Arguments(args.Skip(1).ToArray()));
        }
        catch (Exception failure) when (failure is SettingsException or EngineException or ArgumentException or BrokerException
            or StartRefusedException)
        {
            Console.Error.WriteLine($"lectern {name}: {failure.Message}");
            return 2;
        }
        catch (IOException failure) when (failure.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            Console.Error.WriteLine(
                $"lectern {name}: something else already listens there. Stop it, or choose another port with LECTERN_PORT.");
            return 2;
        }
        catch (NpgsqlException failure)
        {
            Console.Error.WriteLine($"lectern {name}: the database refused: {failure.Message}");
            return 1;
        }
    }
}

/// <summary>Words after the command: positions, and <c>--name value</c> or <c>--name</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> named = new(StringComparer.Ordinal);
    private readonly List<string> placed = [];

    public Arguments(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                placed.Add(words[i]);
                continue;
            }

            var hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            named[words[i][2..]] = hasValue ? words[++i] : null;
        }
    }

    public string? At(int place) => place < placed.Count ? placed[place] : null;

    public string Need(int place, string what) => At(place) ?? throw new ArgumentException($"{what} is missing.");

    public bool Has(string name) => named.ContainsKey(name);

    public string? Of(string name) => named.GetValueOrDefault(name);
}
