using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Two institutions side by side in one placement: the attacker's, and the other, which holds the same numbers and more, and a
/// word planted in all of it.
/// </summary>
internal sealed record Stage(
    Tenant Self, Tenant Other, Cast Ours, Cast Theirs, ForeignIds Numbers, string Word, string ServiceToken)
{
    /// <summary>What the building of the stage has to tell: steps taken through the API, tables with bait, tables without.</summary>
    public required string Built { get; init; }

    public static async Task<Stage> Build(ScratchInstallation scratch, CellKind placement, CancellationToken ct)
    {
        var name = placement.ToString().ToLowerInvariant();
        var admin = scratch.Services.GetRequiredService<TenantAdmin>();
        var self = await admin.Create(new NewTenant($"self-{name}", "Self", placement), ct);
        var other = await admin.Create(new NewTenant($"other-{name}", "Other", placement), ct);
        var word = $"planted{Guid.NewGuid():N}"[..20];
        using var door = new Door(scratch.Address);

        // Numbers begin again at 1 before each, so both hold equal ones; then far away, so the other holds some that only it has.
        var (ours, _) = await Fill(scratch, door, self, "ours", 1, ct);
        var (_, taken) = await Fill(scratch, door, other, "same" + word, 1, ct);
        var (theirs, more) = await Fill(scratch, door, other, word, Bait.Far, ct);

        await using var source = scratch.Administrator(other.Cell);
        await using var connection = await source.OpenConnectionAsync(ct);
        var (baited, bare) = await new Bait(connection, other.Cell, other.Id, word).Plant(ct);
        var service = scratch.Services.GetRequiredService<ServiceTokens>().IssueForService("proof", TimeSpan.FromHours(2));
        return new Stage(self, other, ours, theirs, await ForeignIds.Of(connection, other, ct), word, service)
        {
            Built = $"{taken + more} steps through the API, bait in {baited} tables"
                + (bare.Count == 0 ? string.Empty : $", none in {string.Join(", ", bare)}"),
        };
    }

    /// <summary>The other's rows, table by table. Its audit log is left out: refusing a stranger is written there.</summary>
    public async Task<List<TableSum>> SumOther(ScratchInstallation scratch, CancellationToken ct)
    {
        await using var source = scratch.Administrator(Other.Cell);
        await using var connection = await source.OpenConnectionAsync(ct);
        var sums = new List<TableSum>();
        foreach (var table in await TenantTable.Of(connection, Other.Cell.Schema, ct))
        {
            if (table.Name is not ("audit_entries" or "audit_seals")) sums.Add(await table.Sum(connection, Other.Id, ct));
        }

        return sums;
    }

    public async Task<List<TenantTable>> Tables(ScratchInstallation scratch, CancellationToken ct)
    {
        await using var source = scratch.Administrator(Self.Cell);
        await using var connection = await source.OpenConnectionAsync(ct);
        var tables = await TenantTable.Of(connection, Self.Cell.Schema, ct);
        tables.AddRange((await TenantTable.Of(connection, "platform", ct)).Where(table => TenantCopy.Work.Contains(table.Name)));
        return tables;
    }

    private static async Task<(Cast Cast, int Taken)> Fill(
        ScratchInstallation scratch, Door door, Tenant tenant, string word, long from, CancellationToken ct)
    {
        await using (var source = scratch.Administrator(tenant.Cell))
        await using (var connection = await source.OpenConnectionAsync(ct)) await Bait.Renumber(connection, tenant.Cell, from, ct);
        var cast = await Cast.Hire(scratch.Services, tenant, word, ct);
        var filling = new Filling(door, tenant, cast, word);
        await filling.Run(ct);
        return (cast, filling.Taken);
    }
}
