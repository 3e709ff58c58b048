using System.Globalization;
using System.Text.Json;
using Lectern.Hosting;
using Lectern.Platform.Data;
using Lectern.Platform.Observability;

namespace Lectern.Commands;

/// <summary>Tells an operator how all shards are: as a table, or as JSON for other programs.</summary>
internal static class Report
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        await using var installed = await Installed.Open(product, ServePart.None, migrate: false, CancellationToken.None, anyShards: true);
        var lines = await installed.Services.GetRequiredService<OperatorReport>().Make(CancellationToken.None);
        if (arguments.Has("json")) Console.WriteLine(JsonSerializer.Serialize(lines, LecternJson.Options));
        else Show(lines);
        return lines.Exists(line => line.Away is not null) ? 1 : 0;
    }

    private static void Show(List<ShardLine> lines)
    {
        Console.WriteLine(
            $"{"shard",-16} {"tier",-7} {"instit.",8} {"people",10} {"courses",9} {"rows",12} {"database",10} {"files",10} "
            + $"{"outbox",8} {"age s",7} {"jobs",7} {"dead",6}");
        foreach (var line in lines)
        {
            var tier = line.Tier is { } size ? SqlValue.NameOf(size) : "any";
            var head = string.Create(CultureInfo.InvariantCulture, $"{line.Shard,-16} {tier,-7} {line.Institutions,8}");
            Console.WriteLine(line.Away is { } away ? $"{head} away: {away}" : string.Create(
                CultureInfo.InvariantCulture,
                $"{head} {line.People,10} {line.Courses,9} {line.Rows,12} {line.DatabaseBytes >> 20,6} MiB {line.FileBytes >> 20,6} MiB "
                + $"{line.OutboxWaiting,8} {line.OutboxAgeSeconds,7:0.0} {line.JobsWaiting,7} {line.JobsDead,6}"));
            foreach (var replica in line.Replicas) Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  replica {replica.Address,-24} {(replica.LagSeconds is { } lag ? $"{lag:0.0} s behind" : "away or unknown")}"));
        }
    }
}
