using System.Text;

namespace Lectern.Gateway;

/// <summary>
/// The part of nginx's configuration that follows from the program and the nodes: which path is which service's, where each service is,
/// and what may be kept. Everything else (TLS, limits, headers, the cache) is the operator's: see <c>deploy/cluster/nginx.conf</c>.
/// </summary>
internal static class NginxGateway
{
    public static string Write(IReadOnlyList<ServiceRoute> routes, NodeGroups nodes)
    {
        var text = new StringBuilder("# Written by `lectern gateway config --for nginx`. Write it anew rather than changing it.\n\n");
        text.Append("# Whose a path is. Pages, and what nobody knows, are anybody's.\n");
        text.Append("map $uri $lectern_service {\n  default api;\n");
        foreach (var route in routes) Line(text, $"  \"~*{route.Expression}\" {route.Service};");
        text.Append("}\n\n# Where each service is. One that is not named here is with the first group.\n");
        Line(text, $"map $lectern_service $lectern_upstream {{\n  default lectern_{nodes.Groups[0].Name};");
        foreach (var group in nodes.Groups.Skip(1)) Line(text, $"  {group.Name} lectern_{group.Name};");
        text.Append("}\n\n# What may be kept: files whose name changes with their content, and reads that are the same for everybody.\n");
        Line(text, $"map $uri $lectern_zone {{\n  default none;\n  \"~{ServiceRoutes.AnyTenant}/assets/\" assets;");
        foreach (var route in routes.Where(route => route.KeptAtEdge)) Line(text, $"  \"~*{route.Expression}\" reads;");
        text.Append("}\n");
        foreach (var group in nodes.Groups) Upstream(text, group, nodes);
        return text.ToString();
    }

    private static void Upstream(StringBuilder text, NodeGroup group, NodeGroups nodes)
    {
        Line(text, $"\nupstream lectern_{group.Name} {{");
        if (nodes.BalancerFor(group) is { } balancer)
        {
            // The balancer asks the nodes how they are, which nginx in its free form cannot; to it there is one address.
            Line(text, $"  server {balancer} max_fails=0;");
        }
        else
        {
            Line(text, $"  zone lectern_{group.Name} 64k;");
            if (nodes.Balance is Balance.LeastConnections) Line(text, $"  least_conn;");
            // Three failed requests within nine seconds, which is three checks of a balancer, and a node is left alone for as long.
            foreach (var node in group.Nodes)
                Line(text, $"  server {node.Address} weight={node.Weight} max_fails=3 fail_timeout=9s;");
        }

        text.Append("  keepalive 64;\n}\n");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
