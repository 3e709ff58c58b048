using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Manages the databases institutions live in, and their replicas.</summary>
internal static partial class Shards
{
    private static readonly Dictionary<string, Func<Installed, Arguments, CancellationToken, Task<int>>> Verbs = new(StringComparer.Ordinal)
    {
        ["add"] = Add,
        ["list"] = List,
        ["set"] = Set,
        ["drain"] = Drain,
        ["open"] = Open,
        ["remove"] = Remove,
        ["add-replica"] = AddReplica,
        ["remove-replica"] = RemoveReplica,
        ["place"] = SetPlace,
    };

    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var verb = arguments.Need(0, $"What to do with shards ({string.Join(", ", Verbs.Keys)})");
        if (!Verbs.TryGetValue(verb, out var run)) throw new ArgumentException($"'{verb}' is not something to do with shards.");
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        return await run(installed, arguments, CancellationToken.None);
    }

    public static SizeTier? TierOf(string? word) => word is null ? null
        : Enum.TryParse<SizeTier>(word, ignoreCase: true, out var tier) ? tier
        : throw new ArgumentException($"There is no tier '{word}'. Use small, medium or large.");

    private static async Task<int> Add(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var label = Label(arguments);
        if (!LabelShape().IsMatch(label)) throw new ArgumentException(
            $"'{label}' cannot be a shard's label: a lower-case letter, then letters, digits and hyphens, at most 30.");
        var wanted = new NewShard(
            label, arguments.Of("host") ?? throw new ArgumentException("--host is missing."), Number(arguments, "port", 5432),
            arguments.Of("database") ?? "lectern", arguments.Of("cluster") ?? label,
            Number(arguments, "cells", installed.Options.PooledCells))
        {
            Region = arguments.Of("region"), Tier = TierOf(arguments.Of("tier")), Pooler = Place(arguments.Of("pooler"), 6432),
        };
        Show(await Of(installed).Add(wanted, ct), 0);
        return 0;
    }

    private static async Task<int> List(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var directory = installed.Services.GetRequiredService<TenantDirectory>();
        var institutions = (await directory.List(ct)).ToLookup(tenant => tenant.Cell.DatabaseId);
        await using var catalogue = installed.Services.GetRequiredService<DatabaseAccess>().Administrator(directory.Databases.First());
        var places = (await SiteCatalogue.Places(catalogue, ct)).ToLookup(place => place.DatabaseId);
        foreach (var shard in directory.Databases)
        {
            Show(shard, institutions[shard.Id].Count());
            foreach (var place in places[shard.Id]) Console.WriteLine($"      in site {place.Site} at {place.Host}:{place.Port}");
        }

        return 0;
    }

    private static async Task<int> Set(Installed installed, Arguments arguments, CancellationToken ct)
    {
        await Of(installed).Set(
            Label(arguments), arguments.Of("region"), TierOf(arguments.Of("tier")), Place(arguments.Of("pooler"), 6432), ct);
        return await List(installed, arguments, ct);
    }

    /// <summary>Takes no new institutions and moves those there are to where each may live, one after another.</summary>
    private static async Task<int> Drain(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var label = Label(arguments);
        await Of(installed).SetDraining(label, true, ct);
        var mover = installed.Services.GetRequiredService<TenantMover>();
        var stayed = 0;
        foreach (var tenant in await Of(installed).Inhabitants(label, ct))
        {
            if (tenant.State is TenantState.Deleted)
            {
                // Nobody may miss it: it is erased when it can be restored no longer, here or nowhere.
                Console.Error.WriteLine($"{tenant.Slug} stays: it is deleted. 'tenants delete {tenant.Slug} --now' erases it, "
                    + $"and 'tenants restore {tenant.Slug}' brings it back to be moved.");
                stayed++;
                continue;
            }

            try
            {
                var report = await mover.Move(tenant, new MoveTo(tenant.Cell.Kind), ct);
                Console.WriteLine($"{tenant.Slug} moved from {report.From} to {report.To}");
            }
            catch (Exception refusal) when (refusal is ArgumentException or TimeoutException or InvalidOperationException)
            {
                Console.Error.WriteLine($"{tenant.Slug} stays: {refusal.Message}");
                stayed++;
            }
        }

        Console.WriteLine($"drain: shard {label} takes nobody new, {stayed} institutions stayed");
        return stayed == 0 ? 0 : 1;
    }

    private static async Task<int> Open(Installed installed, Arguments arguments, CancellationToken ct)
    {
        await Of(installed).SetDraining(Label(arguments), false, ct);
        return await List(installed, arguments, ct);
    }

    private static async Task<int> Remove(Installed installed, Arguments arguments, CancellationToken ct)
    {
        await Of(installed).Remove(Label(arguments), ct);
        Console.WriteLine($"Shard {Label(arguments)} is no longer in the catalogue. Its database was left as it is.");
        return 0;
    }

    private static async Task<int> AddReplica(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var place = Place(arguments.Need(2, "The replica as host:port"), 5432)!;
        var purposes = (arguments.Of("for") ?? "app").Split(',').Select(PurposeOf).ToList();
        await Of(installed).AddReplica(Label(arguments), new Replica(place.Host, place.Port, purposes), ct);
        return await List(installed, arguments, ct);
    }

    private static ReadPurpose PurposeOf(string word) => Enum.TryParse<ReadPurpose>(word, ignoreCase: true, out var purpose)
        ? purpose
        : throw new ArgumentException($"There is no purpose '{word}'. Use app, analytics or reporting.");

    private static async Task<int> RemoveReplica(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var place = Place(arguments.Need(2, "The replica as host:port"), 5432)!;
        await Of(installed).RemoveReplica(Label(arguments), place.Host, place.Port, ct);
        return await List(installed, arguments, ct);
    }

    private static async Task<int> SetPlace(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var site = arguments.Need(2, "The site");
        if (!LabelShape().IsMatch(site)) throw new ArgumentException(
            $"'{site}' cannot be a site's name: a lower-case letter, then letters, digits and hyphens, at most 30.");
        var at = Place(arguments.Need(3, "The database there as host:port"), 5432)!;
        await Of(installed).SetPlace(Label(arguments), site, at, Place(arguments.Of("pooler"), 6432), ct);
        return await List(installed, arguments, ct);
    }

    private static ShardAdmin Of(Installed installed) => installed.Services.GetRequiredService<ShardAdmin>();

    private static string Label(Arguments arguments) => arguments.Need(1, "The shard's label");

    private static int Number(Arguments arguments, string name, int otherwise) => arguments.Of(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{name} wants a number.");

    private static PlatformOptions.Endpoint? Place(string? text, int otherwise)
    {
        if (text is null) return null;
        var colon = text.LastIndexOf(':');
        if (colon < 0) return new PlatformOptions.Endpoint { Host = text, Port = otherwise };
        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new PlatformOptions.Endpoint { Host = text[..colon], Port = port }
            : throw new ArgumentException($"'{text}' is not host:port.");
    }

    private static void Show(ShardDatabase shard, int institutions)
    {
        var tier = shard.Tier is { } size ? SqlValue.NameOf(size) : "any";
        var state = shard.Dedicated ? "dedicated" : shard.Draining ? "draining" : "open";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shard.Id,4}  {shard.Label,-20} {shard.Cluster,-12} {shard.Region ?? "-",-10} {tier,-7} {state,-9} {institutions,6}  "
            + $"{shard.Host}:{shard.Port}/{shard.Name}"));
        foreach (var replica in shard.Replicas)
        {
            var purposes = string.Join(", ", replica.Purposes.Select(purpose => SqlValue.NameOf(purpose)));
            Console.WriteLine($"      replica {replica.Address} for {purposes}");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,29}$")]
    private static partial Regex LabelShape();
}
