using System.Collections.Concurrent;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform;

public sealed class NightlyRoundTests(LecternApp app)
{
    [Fact]
    public async Task Every_institution_that_serves_is_asked_once_in_a_day()
    {
        var (one, suspended) = (await app.NewTenant(), await app.NewTenant());
        var services = one.Host.Services;
        await services.GetRequiredService<TenantAdmin>().SetState(suspended.Id, TenantState.Suspended, CancellationToken.None);
        var asked = new ConcurrentBag<int>();
        var clock = new TestClock(new DateTimeOffset(2026, 11, 23, 0, 30, 0, TimeSpan.Zero));
        var round = new NightlyRound(
            services.GetRequiredService<TenantDirectory>(), services.GetRequiredService<TenantScopes>(),
            [new NightlyJob(db => asked.Add(db.Tenant.Value))], clock, NullLogger<NightlyRound>.Instance);

        for (var hour = 0; hour < 24; hour++)
        {
            clock.StandAt(new DateTimeOffset(2026, 11, 23, hour, 30, 0, TimeSpan.Zero));
            await round.Run(one.DatabaseOf(), CancellationToken.None);
        }

        Assert.Single(asked, one.Id.Value);
        Assert.DoesNotContain(suspended.Id.Value, asked);
    }
}
