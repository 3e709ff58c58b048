using System.Globalization;
using Lectern.Hosting;
using Lectern.Platform.Features;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Switches parts of the product off and on again, for everybody or for one institution.</summary>
internal static class Features
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var verb = arguments.Need(0, "What to do with features (list, off, on)");
        if (verb is not ("list" or "off" or "on")) throw new ArgumentException($"'{verb}' is not something to do with features.");
        await using var installed = await Installed.Open(product, ServePart.None, migrate: true, CancellationToken.None);
        var switches = installed.Services.GetRequiredService<FeatureSwitches>();
        var directory = installed.Services.GetRequiredService<TenantDirectory>();
        var tenant = arguments.Of("tenant") is not { } slug ? null
            : await directory.Find(slug, default) ?? throw new ArgumentException($"There is no institution '{slug}'.");
        if (verb == "off")
        {
            var because = arguments.Of("because") ?? throw new ArgumentException("--because is missing: people will read it.");
            await switches.TurnOff(arguments.Need(1, "The feature"), tenant, because, default);
        }
        else if (verb == "on")
        {
            await switches.TurnOn(arguments.Need(1, "The feature"), tenant, default);
        }

        await List(switches, directory);
        return 0;
    }

    private static async Task List(FeatureSwitches switches, TenantDirectory directory)
    {
        await switches.Refresh(default);
        foreach (var feature in switches.Known)
        {
            Console.WriteLine($"{feature.Name,-16} {(switches.Find(feature, null) is null ? "on " : "off")}  {feature.Called}");
            foreach (var ((_, tenant), off) in switches.All.Where(one => one.Key.Feature == feature.Name))
            {
                var whom = tenant == 0 ? "everybody" : (await directory.Find(new TenantId(tenant), default))?.Slug ?? $"#{tenant}";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"                 off for {whom} since {off.Since:yyyy-MM-dd HH:mm}Z: {off.Because}"));
            }
        }
    }
}
