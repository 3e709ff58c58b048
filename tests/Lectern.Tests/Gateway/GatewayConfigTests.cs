using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lectern.Gateway;
using Lectern.Hosting;

namespace Lectern.Tests.Gateway;

/// <summary>What an edge is told follows from the endpoints and the nodes, and nothing else.</summary>
public sealed class GatewayConfigTests
{
    private static readonly HashSet<string> Services = ["identity", "courses", "grading", "messaging", "platform", "realtime"];

    private static readonly IReadOnlyList<ServiceRoute> Few =
    [
        new("courses", "^(?:/t/[^/]+)?/api/v1/courses/?$", false),
        new("realtime", "^(?:/t/[^/]+)?/api/v1/courses/[^/]+/gradebook/live/?$", false),
        new("identity", "^(?:/t/[^/]+)?/api/v1/institution/?$", true),
    ];

    // Asking the product for its routes builds it whole: seconds, each time.
    private static readonly Lazy<Task<IReadOnlyList<ServiceRoute>>> Routes = new(() => ServiceRoutes.Of(new Product(Program.Services)));

    [Theory]
    [InlineData("/api/v1/courses", "courses")]
    [InlineData("/t/some-school/api/v1/courses/12", "courses")]
    [InlineData("/t/some-school/api/v1/courses/12/gradebook", "grading")]
    [InlineData("/api/v1/courses/12/gradebook/live", "realtime")]
    [InlineData("/api/v1/sessions/current", "identity")]
    [InlineData("/API/v1/Notifications/", "messaging")]
    [InlineData("/api/v1/jobs/3", "platform")]
    [InlineData("/api/v1/courses/12/gradebook/live/more", null)]
    [InlineData("/t/a/b/api/v1/courses", null)]
    [InlineData("/courses", null)]
    public async Task An_address_leads_to_the_service_that_answers_it(string path, string? service) =>
        Assert.Equal(
            service, (await Routes.Value).FirstOrDefault(route => Regex.IsMatch(path, route.Expression, RegexOptions.IgnoreCase))?.Service);

    [Fact]
    public async Task Every_route_is_found_again_by_the_first_expression_that_fits_it()
    {
        var routes = await Routes.Value;
        Assert.True(routes.Count > 80);
        Assert.All(routes, route =>
        {
            var address = route.Expression[ServiceRoutes.AnyTenant.Length..^3].Replace("[^/]+", "17", StringComparison.Ordinal)
                .Replace("\\.", ".", StringComparison.Ordinal);
            Assert.Equal(route.Service, routes.First(other => Regex.IsMatch(address, other.Expression)).Service);
        });
    }

    [Fact]
    public async Task Only_what_needs_no_permission_may_be_kept_at_the_edge() =>
        Assert.Equal(["^(?:/t/[^/]+)?/api/v1/features/off/?$", "^(?:/t/[^/]+)?/api/v1/institution/?$"],
            (await Routes.Value).Where(route => route.KeptAtEdge).Select(route => route.Expression));

    [Fact]
    public void Nginx_is_told_in_these_words() => Golden("nginx.conf", NginxGateway.Write(Few, Nodes(
        "api=10.0.0.1:8080,10.0.0.2:8080*2 realtime=10.0.0.9:8080", "least-connections", balancer: null)));

    [Fact]
    public void Nginx_before_a_balancer_knows_one_address_for_each_group() => Golden("nginx-balanced.conf", NginxGateway.Write(Few, Nodes(
        "api=10.0.0.1:8080,10.0.0.2:8080 realtime=10.0.0.9:8080", null, "127.0.0.1:8200")));

    [Fact]
    public void Haproxy_is_told_in_these_words() => Golden("haproxy.cfg", HaproxyGateway.Write(Nodes(
        "api=10.0.0.1:8080,10.0.0.2:8080*2 realtime=10.0.0.9:8080", "round-robin", "127.0.0.1:8200")));

    [Theory]
    [InlineData("", null, "names no node")]
    [InlineData("api", null, "no group of nodes")]
    [InlineData("api=", null, "has no nodes")]
    [InlineData("api=host", null, "no HOST:PORT")]
    [InlineData("api=host:99999", null, "no HOST:PORT")]
    [InlineData("api=host:80;evil", null, "no HOST:PORT")]
    [InlineData("api=host:80*0", null, "weight")]
    [InlineData("a{b=host:80", null, "no group of nodes")]
    [InlineData("api=host:80 api=host:81", null, "twice")]
    [InlineData("api=host:80 quizzes=host:81", null, "no service 'quizzes'")]
    [InlineData("api=host:80", "response-time", "least-connections")]
    [InlineData("api=host:80", "geographic", "geo block")]
    [InlineData("api=host:80", "luck", "no way to balance")]
    public void What_cannot_be_meant_is_refused(string nodes, string? balance, string because) =>
        Assert.Contains(because, Assert.Throws<ArgumentException>(() => Nodes(nodes, balance, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_balancer_must_say_where_it_listens() =>
        Assert.Throws<ArgumentException>(() => HaproxyGateway.Write(Nodes("api=host:80", null, null)));


    private static NodeGroups Nodes(string nodes, string? balance, string? balancer) =>
        NodeGroups.Parse(nodes, balance, balancer, Services);

    // The reviewed text lies beside this file. LECTERN_ACCEPT=1 writes what the program says now, to be read as a change.
    private static void Golden(string name, string text, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, name);
        if (Environment.GetEnvironmentVariable("LECTERN_ACCEPT") is "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }
}
