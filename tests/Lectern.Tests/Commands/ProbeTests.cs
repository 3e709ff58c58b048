using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lectern.Commands;
using Lectern.Commands.Probes;
using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Commands;

/// <summary>The synthetic probe does what people do, and says which chain is broken where one is.</summary>
public sealed class ProbeTests(LecternApp app)
{
    private const string Email = "probe@lectern.invalid";
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Every_chain_works_and_a_second_visit_hands_in_nothing_new()
    {
        var tenant = await Prepared();
        for (var visit = 0; visit < 2; visit++)
        {
            var outcome = await ProbeRun.Once(AddressOf(tenant), Email, Password, TestContext.Current.CancellationToken);
            Assert.True(outcome.Broken == 0, string.Join('\n', outcome.Lines));
            Assert.Equal(["access", "content", "video", "realtime"], outcome.Chains.Select(chain => chain.Name));
            Assert.Null(outcome.CertificateEnds);
        }

        Assert.Equal(1L, await Count(tenant, "submissions"));
        // It signs out, so that years of visits leave nothing.
        Assert.Equal(0L, await Count(tenant, "sessions"));
    }

    [Fact]
    public async Task Made_again_the_account_gets_another_password_and_keeps_its_courses()
    {
        var tenant = await Prepared();
        await tenant.Do(services => Probe.Make(services, Email, "another long password", TestContext.Current.CancellationToken));
        Assert.Equal(2L, await Count(tenant, "courses"));
        var old = await ProbeRun.Once(AddressOf(tenant), Email, Password, TestContext.Current.CancellationToken);
        Assert.Equal(4, old.Broken);
        Assert.Contains("401", old.Chains[0].Saw, StringComparison.Ordinal);
        Assert.Contains("the first chain failed", old.Chains[1].Saw, StringComparison.Ordinal);
        var renewed = await ProbeRun.Once(AddressOf(tenant), Email, "another long password", TestContext.Current.CancellationToken);
        Assert.Equal(0, renewed.Broken);
    }

    [Fact]
    public async Task What_is_broken_is_named_and_measured()
    {
        var nobody = await ProbeRun.Once(new Uri("http://127.0.0.1:9/"), Email, Password, TestContext.Current.CancellationToken);
        Assert.Equal(4, nobody.Broken);
        using var measures = new ProbeMeasures();
        measures.Record(nobody with
        {
            Chains = [nobody.Chains[0], new ChainOutcome("video", true, TimeSpan.FromSeconds(0.5), "played")],
            CertificateEnds = DateTimeOffset.UnixEpoch.AddDays(20_000),
        });
        var lines = measures.Write().Split('\n');
        Assert.Contains("lectern_probe_up{chain=\"access\"} 0", lines);
        Assert.Contains("lectern_probe_up{chain=\"video\"} 1", lines);
        Assert.Contains("lectern_probe_duration_seconds{chain=\"video\"} 0.5", lines);
        Assert.Contains("lectern_probe_certificate_end_seconds 1728000000", lines);
        // In a file beside those of other programs it speaks for itself only.
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Contains("lectern_probe_", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_in_place_of_the_product_is_a_broken_chain_and_not_the_end_of_the_watch()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var page = builder.Build();
        page.Run(context => context.Response.WriteAsync("<html>We are back soon.</html>"));
        await page.StartAsync(TestContext.Current.CancellationToken);
        var outcome = await ProbeRun.Once(new Uri(page.Urls.First() + "/"), Email, Password, TestContext.Current.CancellationToken);
        Assert.Equal(4, outcome.Broken);
    }

    [Fact]
    public async Task The_end_of_a_certificate_is_seen_even_when_nobody_trusts_it()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = Serve(listener, made, stop.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var outcome = await ProbeRun.Once(new Uri($"https://127.0.0.1:{port}/"), Email, Password, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await serving;
        Assert.Equal(4, outcome.Broken);
        Assert.InRange(outcome.CertificateEnds!.Value - now, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30.1));
        Assert.True(outcome.CertificateHolds);
        Assert.False((outcome with { At = now.AddDays(29) }).CertificateHolds);
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(certificate);
                await secure.ReadExactlyAsync(new byte[1], stop);
            }
            catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException
                or OperationCanceledException)
            {
                // The visitor does not trust it, as it should.
            }
        }
    }

    private async Task<TestTenant> Prepared()
    {
        var tenant = await app.NewTenant();
        Assert.True(await tenant.Do(services => Probe.Make(services, Email, Password, TestContext.Current.CancellationToken)));
        return tenant;
    }

    private Uri AddressOf(TestTenant tenant) => new(app.Host.Address, $"/t/{tenant.Slug}/");

    private static async Task<long> Count(TestTenant tenant, string table) =>
        (await tenant.Rows<long>(db => $"SELECT count(*) FROM {Sql.Raw(table)} WHERE tenant_id = {db.Tenant}"))[0];
}
