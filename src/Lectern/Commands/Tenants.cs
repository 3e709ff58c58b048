using Lectern.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Manages institutions from the command line.</summary>
internal static class Tenants
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        var ct = CancellationToken.None;
        switch (arguments.Need(0, "What to do with institutions (create, list, show, …)"))
        {
            case "create":
                var slug = arguments.Need(1, "The slug");
                var placement = Enum.Parse<CellKind>(arguments.Of("placement") ?? "pooled", ignoreCase: true);
                var wanted = new NewTenant(slug, arguments.Of("name") ?? slug, placement, arguments.Of("plan") ?? "standard", arguments.Of("region"), arguments.Of("locale") ?? "en");
                Show(await installed.Services.GetRequiredService<TenantAdmin>().Create(wanted, ct));
                return 0;
            case "list":
                foreach (var tenant in await installed.Services.GetRequiredService<TenantDirectory>().List(ct)) Show(tenant);
                return 0;
            case "show":
                Show(await Named(installed, arguments, ct));
                return 0;
            case "suspend":
                await installed.Services.GetRequiredService<TenantAdmin>().SetState((await Named(installed, arguments, ct)).Id, TenantState.Suspended, ct);
                return 0;
            case "resume":
                await installed.Services.GetRequiredService<TenantAdmin>().SetState((await Named(installed, arguments, ct)).Id, TenantState.Active, ct);
                return 0;
            case var other:
                throw new ArgumentException($"'{other}' is not something to do with institutions.");
        }
    }

    private static async Task<Tenant> Named(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var slug = arguments.Need(1, "The slug");
        return await installed.Services.GetRequiredService<TenantDirectory>().Find(slug, ct) ?? throw new ArgumentException($"There is no institution '{slug}'.");
    }

    private static void Show(Tenant tenant) =>
        Console.WriteLine($"{tenant.Id,6}  {tenant.Slug,-24} {tenant.State,-10} {tenant.Cell.Kind,-9} {tenant.Cell.Name,-16} {tenant.Plan,-10} {tenant.Name}");
}
