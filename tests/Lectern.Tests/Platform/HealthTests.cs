using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

public sealed class HealthTests(LecternApp app)
{
    [Theory]
    [InlineData("/health", "ready")]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    [InlineData("/health/startup", "started")]
    public async Task Health_says_how_this_server_is_and_which_it_is(string path, string status)
    {
        var answer = await Ask(path);
        Assert.Equal(status, answer.At("status").GetString());
        Assert.NotEmpty(answer.At("server").GetString()!);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        await Ask("/health");
        var text = (await Ask("/metrics")).Text;
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Application Name=lectern", text, StringComparison.Ordinal);
    }

    private async Task<Answer> Ask(string path)
    {
        var nobody = new TestPerson(await app.NewTenant(), default, string.Empty, string.Empty, null);
        return (await nobody.Send(HttpMethod.Get, new Uri(app.Host.Address, path).ToString(), null)).Expect(200);
    }
}
