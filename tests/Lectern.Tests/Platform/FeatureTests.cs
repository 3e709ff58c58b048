using Lectern.Platform.Features;
using Lectern.Platform.Jobs;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>Parts of the product that an operator has switched off.</summary>
public sealed class FeatureTests(LecternApp app)
{
    private FeatureSwitches Switches => app.Host.Services.GetRequiredService<FeatureSwitches>();

    [Fact]
    public async Task What_is_off_says_so_with_the_reason_and_everything_else_goes_on()
    {
        var (ours, other) = (await app.NewTenant(), await app.NewTenant());
        var (person, stranger) = (await ours.NewPerson(), await other.NewPerson());
        await Switches.TurnOff("calendar", ours.Tenant, "It asks too much of the database.", default);

        var refused = (await person.Get("/calendar-events")).Refused(503, "feature_off");
        Assert.Equal("It asks too much of the database.", refused.At("because").GetString());
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        (await person.Get("/notifications")).Expect(200);
        var shown = Assert.Single((await ours.Nobody().Get("/features/off")).Expect(200).Json.EnumerateArray());
        Assert.Equal("calendar", shown.GetProperty("feature").GetString());

        Assert.Empty((await stranger.Get("/features/off")).Expect(200).Json.EnumerateArray());
        Assert.NotEqual("feature_off", (await stranger.Get("/calendar-events")).Code);

        await Switches.TurnOn("calendar", ours.Tenant, default);
        Assert.NotEqual("feature_off", (await person.Get("/calendar-events")).Code);
        Assert.Empty((await ours.Nobody().Get("/features/off")).Expect(200).Json.EnumerateArray());
    }

    [Fact]
    public async Task Every_process_hears_of_a_switch_by_itself()
    {
        var tenant = await app.NewTenant();
        await using var elsewhere = await app.HostWith(TimeProvider.System);
        var person = (await tenant.NewPerson()).At(tenant.On(elsewhere));
        await Switches.TurnOff("calendar", tenant.Tenant, "For the test.", default);

        await TestTenant.Eventually(
            async () => (await person.Get("/calendar-events")).Code == "feature_off", "the other process answers that it is off");
    }

    [Fact]
    public async Task Letters_wait_until_mail_is_on_again()
    {
        var tenant = await app.NewTenant();
        await Switches.TurnOff("probe-mail", tenant.Tenant, "The relay is being moved.", default);
        var mark = $"{Guid.NewGuid():N}";
        var job = await tenant.Do(services => Task.FromResult(
            services.GetRequiredService<Lectern.Platform.Data.TenantDb>().Enqueue(new ProbeLetter(mark))));

        await TestTenant.Eventually(async () => (await Row(tenant, job)).WaitsLonger, "the job was put back for later");
        Assert.Equal(("ready", 0), ((await Row(tenant, job)).State, (await Row(tenant, job)).Attempts));
        Assert.False(ProbeJobHandler.Runs.ContainsKey(mark));

        await Switches.TurnOn("probe-mail", tenant.Tenant, default);
        await tenant.AdminRun($"UPDATE platform.jobs SET run_at = now() WHERE job_id = '{job.Value}'");
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "done", "the job is done");
    }

    [Fact]
    public async Task A_feature_that_does_not_exist_cannot_be_switched()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Switches.TurnOff("callendar", null, "A slip.", default));
        Assert.Contains("calendar", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Waiting> Row(TestTenant tenant, JobId job) => (await tenant.Rows<Waiting>(db => $"""
        SELECT state, attempts, run_at > created_at + interval '10 seconds' AS waits_longer FROM platform.jobs
        WHERE tenant_id = {db.Tenant} AND job_id = {job.Value}
        """)).Single();

    private sealed record Waiting(string State, int Attempts, bool WaitsLonger);
}
