using System.Globalization;
using System.Security.Cryptography;
using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Manages institutions from the command line.</summary>
internal static class Tenants
{
    private static readonly Dictionary<string, Func<Installed, Arguments, CancellationToken, Task<int>>> Verbs = new(StringComparer.Ordinal)
    {
        ["create"] = Create,
        ["list"] = List,
        ["show"] = async (installed, arguments, ct) => Show(await Named(installed, arguments, ct)),
        ["move"] = Move,
        ["suspend"] = (installed, arguments, ct) => Set(installed, arguments, TenantState.Suspended, ct),
        ["resume"] = (installed, arguments, ct) => Set(installed, arguments, TenantState.Active, ct),
        ["delete"] = Delete,
        ["restore"] = Restore,
        ["export"] = Export,
        ["backup"] = TenantBackups.Backup,
    };

    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var verb = arguments.Need(0, $"What to do with institutions ({string.Join(", ", Verbs.Keys)})");
        if (!Verbs.TryGetValue(verb, out var run)) throw new ArgumentException($"'{verb}' is not something to do with institutions.");
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        return await run(installed, arguments, CancellationToken.None);
    }

    private static async Task<int> Create(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var slug = arguments.Need(1, "The slug");
        var wanted = new NewTenant(
            slug, arguments.Of("name") ?? slug, PlacementOf(arguments.Of("placement") ?? "pooled"), arguments.Of("plan") ?? "standard",
            arguments.Of("region"), arguments.Of("locale") ?? "en")
        {
            Cluster = arguments.Of("cluster"), Tier = Shards.TierOf(arguments.Of("tier")), Shard = arguments.Of("shard"),
        };
        var tenant = await installed.Services.GetRequiredService<TenantAdmin>().Create(wanted, ct);
        Show(tenant);
        if (arguments.Of("admin") is not { } email) return 0;
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
        await installed.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, async services =>
        {
            var people = services.GetRequiredService<IPeopleAdmin>();
            var user = await people.AddWithPassword(arguments.Of("admin-name") ?? "Administrator", email, password, ct);
            await people.MakeAdministrator(user, ct);
            return true;
        }, ct);
        Console.WriteLine($"{email} administers {slug}. Password, shown this once: {password}");
        return 0;
    }

    private static async Task<int> List(Installed installed, Arguments arguments, CancellationToken ct)
    {
        foreach (var tenant in await installed.Services.GetRequiredService<TenantDirectory>().List(ct)) Show(tenant);
        return 0;
    }

    private static async Task<int> Move(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var tenant = await Named(installed, arguments, ct);
        var to = arguments.Of("to") is { } word ? PlacementOf(word)
            : arguments.Has("shard") ? tenant.Cell.Kind
            : throw new ArgumentException("--to pooled, schema or database is missing, or --shard LABEL.");
        Console.WriteLine($"{tenant.Slug} can be read but not changed until this has ended.");
        var wish = new MoveTo(to, arguments.Of("cell"), arguments.Of("shard"));
        var report = await installed.Services.GetRequiredService<TenantMover>().Move(tenant, wish, ct);
        foreach (var table in report.Tables.Where(table => table.Rows > 0))
            Console.WriteLine($"  {table.Table,-32} {table.Rows,9} rows  checksum {table.Checksum}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"{tenant.Slug} moved from {report.From} to {report.To}, read-only for {report.ReadOnly.TotalSeconds:0.0} s"));
        return 0;
    }

    private static async Task<int> Set(Installed installed, Arguments arguments, TenantState state, CancellationToken ct)
    {
        var tenant = await Named(installed, arguments, ct);
        // Active and suspended are the operator's to choose; the other states belong to work under way.
        if (tenant.State is not (TenantState.Active or TenantState.Suspended)) throw new ArgumentException(
            $"Institution '{tenant.Slug}' is {tenant.State}.");
        await installed.Services.GetRequiredService<TenantAdmin>().SetState(tenant.Id, state, ct);
        return 0;
    }

    private static async Task<int> Delete(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var erasure = installed.Services.GetRequiredService<TenantErasure>();
        var slug = arguments.Need(1, "The slug");
        if (await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct) is { } tenant) await erasure.Delete(tenant, ct);
        else if (!arguments.Has("now")) throw new ArgumentException($"There is no institution '{slug}'.");
        if (!arguments.Has("now"))
        {
            var days = TenantErasure.RestoreWindow.Days;
            Console.WriteLine($"{slug} is deleted. 'tenants restore {slug}' brings it back for {days} days; then it is erased.");
            return 0;
        }

        var receipt = await erasure.EraseNow(slug, ct) ?? throw new ArgumentException($"There is no institution '{slug}', deleted or not.");
        foreach (var table in receipt.Tables) Console.WriteLine($"  {table.Table,-32} {table.Rows,9} rows erased");
        Console.WriteLine($"  {"files",-32} {receipt.Files,9} erased");
        Console.WriteLine($"{slug} is erased. Receipt {receipt.Sha256}");
        return 0;
    }

    private static async Task<int> Restore(Installed installed, Arguments arguments, CancellationToken ct)
    {
        // From a file: another institution of a name of its own. Without one: the deleted one itself.
        if (arguments.Of("slug") is not null) return await TenantBackups.Restore(installed, arguments, ct);
        var slug = arguments.Need(1, "The slug");
        if (!await installed.Services.GetRequiredService<TenantErasure>().Restore(slug, ct))
            throw new ArgumentException($"There is no deleted institution '{slug}' that could be restored.");
        Console.WriteLine($"{slug} is back.");
        return 0;
    }

    private static async Task<int> Export(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var tenant = await Named(installed, arguments, ct);
        var path = arguments.Need(2, "The file to write");
        ExportManifest manifest;
        await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.ReadWrite))
            manifest = await installed.Services.GetRequiredService<TenantExport>().Write(tenant, file, ct);
        // Whole or not at all: a file cut short must not look like an export.
        File.Move(path + ".part", path, overwrite: true);
        foreach (var entry in manifest.Entries) Console.WriteLine($"  {entry.Path,-40} {entry.Count,9}  {entry.Sha256}");
        Console.WriteLine($"{tenant.Slug}: {manifest.Entries.Count} entries in {path}");
        return 0;
    }

    internal static CellKind PlacementOf(string word) => Enum.TryParse<CellKind>(word, ignoreCase: true, out var kind)
        ? kind
        : throw new ArgumentException($"There is no placement '{word}'. Use pooled, schema or database.");

    internal static async Task<Tenant> Named(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var slug = arguments.Need(1, "The slug");
        return await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct)
            ?? throw new ArgumentException($"There is no institution '{slug}'.");
    }

    private static int Show(Tenant tenant)
    {
        var (cell, state) = (tenant.Cell, tenant.State);
        Console.WriteLine($"{tenant.Id,6}  {tenant.Slug,-24} {state,-10} {cell.Kind,-9} {cell.Name,-16} {tenant.Plan,-10} {tenant.Name}");
        return 0;
    }
}
