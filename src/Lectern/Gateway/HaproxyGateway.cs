using System.Text;

namespace Lectern.Gateway;

/// <summary>The balancer between the edge and the nodes: it asks each node how it is, and gives requests to those that are well.</summary>
internal static class HaproxyGateway
{
    private const string Common =
        """
        # Written by `lectern gateway config --for haproxy`. Write it anew rather than changing it.

        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          timeout http-request 10s
          timeout http-keep-alive 75s
          # Once a connection has become a web socket.
          timeout tunnel 1h
          timeout check 1s
          # A request that reached no node is given to another; one that may have begun is not.
          retries 3
          option redispatch 1
          retry-on conn-failure
          option httpchk GET /health/ready
          http-check expect status 200
          default-server inter 3s rise 2 fall 3
          # When no node is well, any may answer: it knows better than the balancer what is missing, and may still be able to read.
          option allbackups

        """;

    public static string Write(NodeGroups nodes)
    {
        if (nodes.Balancer is null) throw new ArgumentException("--balancer HOST:PORT is missing: where the balancer is to take requests.");
        var text = new StringBuilder(Common);
        text.Append("  # What no node answers is said in the API's own form, with when to come back.\n");
        Away(text, 502, "service_unavailable", "The answer to this was cut off. Please look whether it was done before trying again.");
        Away(text, 503, "service_unavailable", "This part does not answer right now; the rest goes on. Please try again in a moment.");
        Away(text, 504, "service_unavailable", "This took too long. Please look whether it was done before trying again.");
        foreach (var group in nodes.Groups)
        {
            Line(text, $"\nlisten {group.Name}");
            Line(text, $"  bind {nodes.BalancerFor(group)}");
            Line(text, $"  balance {(nodes.Balance is Balance.LeastConnections ? "leastconn" : "roundrobin")}");
            for (var i = 0; i < group.Nodes.Count; i++)
                Line(text, $"  server {group.Name}{i + 1} {group.Nodes[i].Address} weight {group.Nodes[i].Weight} check");
            for (var i = 0; i < group.Nodes.Count; i++)
                Line(text, $"  server {group.Name}{i + 1}-unwell {group.Nodes[i].Address} weight {group.Nodes[i].Weight} backup");
        }

        return text.ToString();
    }

    private static void Away(StringBuilder text, int status, string code, string detail) => Line(text, $"""
          http-error status {status} content-type application/problem+json string '{Problem(status, code, detail)}' hdr Retry-After 5
        """);

    private static string Problem(int status, string code, string detail) =>
        FormattableString.Invariant($"{{\"type\":\"https://lectern.dev/problems/{code}\",\"title\":\"Not available right now\",")
        + FormattableString.Invariant($"\"status\":{status},\"detail\":\"{detail}\",\"code\":\"{code}\"}}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
