using Lectern.Gateway;
using Lectern.Hosting;

namespace Lectern.Commands;

/// <summary>Prints an edge's configuration: whose each path is, and where each service's nodes are. Needs no database.</summary>
internal static class GatewayConfig
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        if (arguments.Need(0, "What to do with the gateway (config)") is not "config")
            throw new ArgumentException("The gateway's configuration is all there is: gateway config --for nginx|haproxy");
        var routes = await ServiceRoutes.Of(product);
        var services = routes.Select(route => route.Service).ToHashSet(StringComparer.Ordinal);
        var nodes = NodeGroups.Parse(
            arguments.Of("nodes") ?? "api=127.0.0.1:8080", arguments.Of("balance"), arguments.Of("balancer"), services);
        Console.Out.Write(arguments.Of("for") switch
        {
            "nginx" => NginxGateway.Write(routes, nodes),
            "haproxy" => HaproxyGateway.Write(nodes),
            var other => throw new ArgumentException($"--for {other}: there are nginx and haproxy."),
        });
        return 0;
    }
}
