using Lectern.Hosting;

namespace Lectern.Commands;

/// <summary>Answers requests and does background work until told to stop; then finishes what it has begun.</summary>
internal static class Serve
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var part = PartOf(product, arguments);
        var port = Environment.GetEnvironmentVariable("LECTERN_PORT") ?? "8080";
        var address = Environment.GetEnvironmentVariable("LECTERN_BIND") ?? "127.0.0.1";
        await using var installed =
            await Installed.Open(product, part, migrate: !arguments.Has("no-migrate"), CancellationToken.None, (options, builder) =>
        {
            builder.WebHost.UseUrls($"http://{address}:{port}");
            if (arguments.Has("demo")) options.DefaultTenant ??= "demo";
        });
        await installed.App.StartAsync();
        Console.WriteLine($"Lectern is at http://localhost:{port}");
        if (arguments.Has("demo")) await DemoCommand.Announce(installed, CancellationToken.None);
        await installed.App.WaitForShutdownAsync();
        return 0;
    }

    private static ServePart PartOf(Product product, Arguments arguments)
    {
        var services = arguments.Of("services")?.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        if (services?.FirstOrDefault(name => product.Services.All(service => service.Name != name)) is { } unknown)
            throw new ArgumentException(
                $"There is no service '{unknown}'. There are: {string.Join(", ", product.Services.Select(service => service.Name))}.");
        return (arguments.Of("target") ?? "all") switch
        {
            "all" => new ServePart(true, true, services),
            "api" => new ServePart(true, false, services),
            "worker" => new ServePart(false, true, services),
            "realtime" => new ServePart(true, false, services, OnlyLive: true),
            var other => throw new ArgumentException($"There is no target '{other}'. Use api, worker, realtime or all."),
        };
    }
}
