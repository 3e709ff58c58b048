using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

public sealed class SeenSessionsTests(LecternApp app)
{
    [Fact]
    public async Task The_last_use_of_a_session_is_written_behind_and_moves_its_end()
    {
        var began = DateTimeOffset.Parse("2026-03-02T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var clock = new TestClock(began);
        await using var host = await app.HostWith(clock);
        var tenant = (await app.NewTenant()).On(host);
        var email = IdentityTenant.UniqueEmail();
        await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);
        var before = await Row(tenant);

        // Use within five minutes is not worth a write.
        clock.Move(TimeSpan.FromMinutes(4));
        (await browser.Get("/profile")).Expect(200);
        await host.Services.GetRequiredService<SeenSessions>().Flush(CancellationToken.None);
        Assert.Equal(before, await Row(tenant));

        clock.Move(TimeSpan.FromMinutes(6));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await browser.Get("/profile")).Expect(200)));
        await TestTenant.Eventually(async () =>
        {
            await host.Services.GetRequiredService<SeenSessions>().Flush(CancellationToken.None);
            return (await Row(tenant)).LastSeenAt >= began.AddMinutes(10);
        }, "the use is written");
        var after = await Row(tenant);
        Assert.Equal(TimeSpan.FromHours(app.Options.SessionHours), after.ExpiresAt - after.LastSeenAt);

        // It is remembered as written, and nothing goes back in time.
        (await browser.Get("/profile")).Expect(200);
        await host.Services.GetRequiredService<SeenSessions>().Flush(CancellationToken.None);
        Assert.Equal(after, await Row(tenant));
    }

    private sealed record Seen(DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

    private static async Task<Seen> Row(TestTenant tenant) => Assert.Single(await tenant.Rows<Seen>(
        db => $"SELECT last_seen_at, expires_at FROM sessions WHERE tenant_id = {db.Tenant} AND kind = 'browser'"));
}
