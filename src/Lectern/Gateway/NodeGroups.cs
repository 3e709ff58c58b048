using System.Globalization;
using System.Net;

namespace Lectern.Gateway;

/// <summary>One process of the product that answers requests. A node of weight 2 is given twice what one of weight 1 is.</summary>
internal sealed record GatewayNode(string Address, int Weight);

/// <summary>Nodes that answer for the same services.</summary>
internal sealed record NodeGroup(string Name, IReadOnlyList<GatewayNode> Nodes);

/// <summary>How requests are shared among a group's nodes.</summary>
internal enum Balance
{
    RoundRobin,
    LeastConnections,
}

/// <summary>
/// Which nodes there are: <c>api=10.0.0.1:8080,10.0.0.2:8080*2 grading=10.0.1.1:8080</c>. A group carries the name of the service it
/// answers for; the first group answers for all that have none.
/// </summary>
internal sealed record NodeGroups(IReadOnlyList<NodeGroup> Groups, Balance Balance, IPEndPoint? Balancer)
{
    /// <summary>The group whose nodes answer for a service.</summary>
    public NodeGroup For(string service) => Groups.FirstOrDefault(group => group.Name == service) ?? Groups[0];

    /// <summary>Where the balancer takes requests for a group: its own port for the first, the next for the second, and so on.</summary>
    public string? BalancerFor(NodeGroup group) =>
        Balancer is null ? null : new IPEndPoint(Balancer.Address, Balancer.Port + Groups.ToList().IndexOf(group)).ToString();

    public static NodeGroups Parse(string text, string? balance, string? balancer, IReadOnlySet<string> services)
    {
        var groups = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Group).ToList();
        if (groups.Count == 0) throw new ArgumentException("--nodes names no node. Example: --nodes \"api=10.0.0.1:8080,10.0.0.2:8080\"");
        if (groups.GroupBy(group => group.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"--nodes names the group '{twice.Key}' twice.");
        if (groups.Skip(1).FirstOrDefault(group => !services.Contains(group.Name)) is { } unknown)
            throw new ArgumentException(
                $"There is no service '{unknown.Name}' to split off. "
                + $"There are: {string.Join(", ", services.Order(StringComparer.Ordinal))}.");
        IPEndPoint? at = null;
        if (balancer is not null && !IPEndPoint.TryParse(balancer, out at)) throw new ArgumentException($"'{balancer}' is no HOST:PORT.");
        return new NodeGroups(groups, BalanceOf(balance), at);
    }

    private static NodeGroup Group(string text)
    {
        var parts = text.Split('=', 2);
        // The name becomes part of the edge's own configuration.
        if (parts.Length < 2 || parts[0].Length == 0 || !parts[0].All(char.IsAsciiLetterLower))
            throw new ArgumentException($"'{text}' is no group of nodes. Write SERVICE=HOST:PORT,HOST:PORT");
        var nodes = parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Node).ToList();
        return nodes.Count > 0 ? new NodeGroup(parts[0], nodes) : throw new ArgumentException($"The group '{parts[0]}' has no nodes.");
    }

    private static GatewayNode Node(string text)
    {
        var parts = text.Split('*', 2);
        var weight = 1;
        if (parts.Length == 2
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out weight) || weight is < 1 or > 100))
            throw new ArgumentException($"The weight of '{text}' is not between 1 and 100.");
        var colon = parts[0].LastIndexOf(':');
        var named = colon > 0 && parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':' or '[' or ']');
        return named && int.TryParse(parts[0][(colon + 1)..], out var port) && port is > 0 and < 65536
            ? new GatewayNode(parts[0], weight)
            : throw new ArgumentException($"'{text}' is no HOST:PORT, with *WEIGHT if it is to be given more.");
    }

    private static Balance BalanceOf(string? word) => word switch
    {
        null or "round-robin" => Balance.RoundRobin,
        "least-connections" => Balance.LeastConnections,
        "response-time" => throw new ArgumentException(
            "Neither nginx nor HAProxy in their free forms balances by response time. "
            + "Use least-connections: a slow node holds more of them."),
        "geographic" => throw new ArgumentException(
            "Where a request comes from is for the balancer before the regions, or for a geo block: see docs/how-to/run-a-cluster.md."),
        _ => throw new ArgumentException($"'{word}' is no way to balance. Use round-robin or least-connections."),
    };
}
