using Lectern.Contracts.Identity;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>The product with a broker beside it, on a database of its own, because a cursor is the whole database's.</summary>
public sealed class BrokerWorld(LecternApp app) : IAsyncLifetime
{
    private RunningHost? host;

    internal FakeBroker Broker { get; } = new();

    internal RunningHost Host => host!;

    public async ValueTask InitializeAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(app.Options.Postgres);
        var name = $"broker_{Guid.NewGuid():N}"[..24];
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString))
            await DatabaseRoles.EnsureDatabase(admin, name, CancellationToken.None);
        connection.Database = name;
        var options = new PlatformOptions
        {
            Postgres = connection.ConnectionString, Secret = app.Options.Secret, DataFolder = app.Options.DataFolder, PooledCells = 1,
        };
        host = await RunningHost.Start(options, ServePart.All, TimeProvider.System, migrate: true,
            services => services.AddSingleton<IEventBroker>(Broker).AddSingleton<BrokerRelay>());
    }

    internal async Task<TestTenant> NewTenant()
    {
        var slug = $"t{Guid.NewGuid():N}"[..20];
        var tenant = await Host.Services.GetRequiredService<TenantAdmin>()
            .Create(new NewTenant(slug, slug, CellKind.Pooled), CancellationToken.None);
        return new TestTenant(Host, tenant);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }
}

/// <summary>An outside broker is told of everything, at least once and in order, and the product never waits for it.</summary>
public sealed class BrokerTests(BrokerWorld world) : IClassFixture<BrokerWorld>
{
    private FakeBroker Broker => world.Broker;

    [Fact]
    public async Task What_happened_is_told_in_an_envelope_others_can_read()
    {
        var tenant = await world.NewTenant();
        await Raise(tenant, new ProbeHappened("thing", 7, "told"));
        await Told(tenant, 1);

        var envelope = Broker.ToldOf(tenant.Id).Single();
        Assert.Equal("1.0", envelope.GetProperty("specversion").GetString());
        Assert.Equal(WireName.Of(typeof(ProbeHappened)), envelope.GetProperty("type").GetString());
        Assert.Equal("probe:thing", envelope.GetProperty("subject").GetString());
        Assert.Equal(["name", "number", "thing"], envelope.GetProperty("data").EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal(7, envelope.GetProperty("data").GetProperty("number").GetInt32());
        var message = Broker.Taken.Single(one => one.Id == envelope.GetProperty("id").GetGuid());
        Assert.Equal(envelope.GetProperty("type").GetString(), message.Type);
    }

    [Fact]
    public async Task A_secret_stays_inside()
    {
        var tenant = await world.NewTenant();
        await Raise(tenant, new PasswordResetRequested(new UserId(1), "a@example.edu", "sesame"), new ProbeHappened("thing", 1, "after"));
        await Told(tenant, 1);
        await Caught(tenant);
        Assert.Equal([WireName.Of(typeof(ProbeHappened))], Broker.ToldOf(tenant.Id).Select(one => one.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task While_the_broker_is_away_the_product_works_and_says_how_far_behind_it_is()
    {
        var tenant = await world.NewTenant();
        Broker.Away = "It refuses the user or the password.";
        try
        {
            for (var number = 0; number < 20; number++) await Raise(tenant, new ProbeHappened("thing", number, "meanwhile"));
            await TestTenant.Eventually(
                async () => await tenant.Count("heard:%:meanwhile") == 20, "the product's own listeners have heard all", 60);
            Assert.Empty(Broker.ToldOf(tenant.Id));
            Assert.True(await Waiting(OutboxCursor.Broker) >= 20);
            await TestTenant.Eventually(async () => await Waiting(OutboxCursor.Relay) == 0, "the listeners' cursor is not held up");
            await TestTenant.Eventually(async () => (await Metrics()).Contains(
                "lectern_outbox_waiting_events{database=\"1\",reader=\"broker\"} 2", StringComparison.Ordinal), "metrics tell of it");

            var findings = await tenant.Host.Services.GetRequiredService<Checkup>().Run(default);
            Assert.Contains(findings, finding => finding.What.Contains("refuses the user or the password", StringComparison.Ordinal));
            Assert.Contains(findings, finding => finding.What.Contains("events wait for the broker", StringComparison.Ordinal));
        }
        finally
        {
            Broker.Away = null;
        }

        await Told(tenant, 20);
        Assert.Equal(Enumerable.Range(0, 20), Numbers(tenant));
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_holds_back_no_other_reader()
    {
        var tenant = await world.NewTenant();
        Broker.Hangs = true;
        try
        {
            await Raise(tenant, new ProbeHappened("thing", 0, "silence"));
            await TestTenant.Eventually(async () => await tenant.Count("heard:%:silence") == 1, "the first was heard", 60);
            // Written while the broker is waited for: a transaction open for it would keep these out of the relay's windows.
            for (var number = 1; number < 5; number++) await Raise(tenant, new ProbeHappened("thing", number, "silence"));
            await TestTenant.Eventually(async () => await tenant.Count("heard:%:silence") == 5, "the others were heard", 20);
            Assert.Empty(Broker.ToldOf(tenant.Id));
        }
        finally
        {
            Broker.Hangs = false;
        }

        await Told(tenant, 5);
        Assert.Equal(Enumerable.Range(0, 5), Numbers(tenant));
    }

    [Fact]
    public async Task An_institution_leaves_its_database_when_the_broker_knows_of_it()
    {
        var tenant = await world.NewTenant();
        Broker.Away = "away";
        for (var number = 0; number < 5; number++) await Raise(tenant, new ProbeHappened("thing", number, "moved"));
        var move = tenant.Host.Services.GetRequiredService<TenantMover>().Move(tenant.Tenant, new MoveTo(CellKind.Database), default);
        await Task.WhenAny(move, Task.Delay(TimeSpan.FromSeconds(10)));
        Assert.False(move.IsCompleted);
        Broker.Away = null;
        await move;
        Assert.Equal(Enumerable.Range(0, 5), Numbers(tenant));
    }

    [Fact]
    public async Task A_broker_that_breaks_off_is_told_again_and_nothing_overtakes()
    {
        var tenant = await world.NewTenant();
        await Parallel.ForAsync(0, 4, async (thing, _) =>
        {
            for (var number = 0; number < 25; number++)
            {
                if (number == 10) Broker.BreaksAfter = 3;
                await Raise(tenant, new ProbeHappened($"thing-{thing}", number, "broken"));
            }
        });
        await TestTenant.Eventually(() => Task.FromResult(First(tenant).Count == 100), "all have arrived", 60);
        foreach (var things in First(tenant).GroupBy(one => one.GetProperty("subject").GetString()))
        {
            Assert.Equal(Enumerable.Range(0, 25), things.Select(one => one.GetProperty("data").GetProperty("number").GetInt32()));
            var sequence = things.Select(one => one.GetProperty("sequence").GetString()!).ToList();
            Assert.Equal(sequence.Order(StringComparer.Ordinal), sequence);
        }
    }

    [Fact]
    public async Task A_day_is_kept_until_the_broker_has_been_told_of_it()
    {
        var tenant = await world.NewTenant();
        var source = tenant.Host.Services.GetRequiredService<ShardSources>().Worker(tenant.DatabaseOf());
        Broker.Away = "away";
        await Raise(tenant, new ProbeHappened("thing", 1, "kept"));
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:kept") == 1, "it was heard");
        await TestTenant.Eventually(async () => await Waiting(OutboxCursor.Relay) == 0, "the relay is done");
        await Housekeeping.TendOutbox(source, Today.AddDays(60), 7, default);
        Broker.Away = null;
        await Told(tenant, 1);

        await Caught(tenant);
        await TestTenant.Eventually(
            async () => await Housekeeping.TendOutbox(source, Today.AddDays(60), 7, default) >= 1, "then it is dropped");
    }

    [Fact]
    public async Task Publishing_again_tells_the_broker_once_more()
    {
        var tenant = await world.NewTenant();
        await Raise(tenant, new ProbeHappened("thing", 1, "again"));
        await Told(tenant, 1);
        await Caught(tenant);
        await tenant.Host.Services.GetRequiredService<EventReplay>().ToBroker(DateTimeOffset.UnixEpoch, default);
        await Told(tenant, 2);
        Assert.Single(Broker.ToldOf(tenant.Id).Select(one => one.GetProperty("id").GetGuid()).Distinct());
    }

    [Fact]
    public async Task A_listener_is_told_again_only_what_it_has_not_handled()
    {
        var tenant = await world.NewTenant();
        for (var number = 0; number < 3; number++) await Raise(tenant, new ProbeHappened("thing", number, "past"));
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:past") == 3, "all were heard");
        await Caught(tenant);
        var replay = tenant.Host.Services.GetRequiredService<EventReplay>();
        var request = new EventReplay.Request(
            DateTimeOffset.UnixEpoch, WireName.OfListener(typeof(OnProbeHappened)), WireName.Of(typeof(ProbeHappened)), tenant.Id);
        await TestTenant.Eventually(async () => await replay.ToListener(request, default) == 0, "nothing is left to tell");

        // As after a listener was added: its inbox knows none of them.
        await tenant.Admin<object>($"DELETE FROM platform.inbox WHERE tenant_id = {tenant.Id}");
        await tenant.Do(async services => await services.GetRequiredService<TenantDb>().Execute(
            $"DELETE FROM scopes WHERE tenant_id = {tenant.Id} AND scope LIKE 'heard:%:past'", default));
        Assert.Equal(3, await replay.ToListener(request, default));
        await replay.ToListener(request, default);
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:past") == 3, "all were heard again, once each");
        await Assert.ThrowsAsync<ArgumentException>(() => replay.ToListener(request with { Consumer = "nobody" }, default));
    }

    [Fact]
    public async Task Operators_see_how_far_behind_the_readers_are()
    {
        var tenant = await world.NewTenant();
        (await (await tenant.NewAdministrator()).Get("/operator/outbox")).Expect(403);
        var seen = (await (await tenant.NewPerson(role: Role.Operator)).Get("/operator/outbox")).Expect(200);
        Assert.Equal("fake:5672", seen.At("broker").GetString());
        Assert.Contains(seen.At("items").EnumerateArray(), reader => reader.GetProperty("name").GetString() == "relay");
    }

    [Fact]
    public async Task Anybody_may_read_what_events_there_are()
    {
        var text = (await (await world.NewTenant()).Nobody().Get("/asyncapi.json")).Expect(200).Text;
        Assert.Contains("grading.grade_recorded", text, StringComparison.Ordinal);
        Assert.DoesNotContain("password_reset", text, StringComparison.Ordinal);
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static Task Raise(TestTenant tenant, params IEvent[] events) => tenant.Do(services =>
    {
        foreach (var happened in events) services.GetRequiredService<TenantDb>().Raise(happened);
        return Task.FromResult(true);
    });

    private IEnumerable<int> Numbers(TestTenant tenant) =>
        First(tenant).Select(one => one.GetProperty("data").GetProperty("number").GetInt32());

    /// <summary>Each event where it came first.</summary>
    private List<System.Text.Json.JsonElement> First(TestTenant tenant) =>
        [.. Broker.ToldOf(tenant.Id).DistinctBy(one => one.GetProperty("id").GetGuid())];

    private Task Told(TestTenant tenant, int count) => TestTenant.Eventually(
        () => Task.FromResult(Broker.ToldOf(tenant.Id).Count >= count), $"the broker was told {count} times", 60);

    private Task Caught(TestTenant tenant) => TestTenant.Eventually(
        async () => await Waiting(OutboxCursor.Broker) == 0 && await Waiting(OutboxCursor.Relay) == 0, "nothing waits", 60);

    private async Task<long> Waiting(string reader) =>
        (await world.Host.Services.GetRequiredService<OutboxLag>().Measure(default))
            .Where(one => one.Name == reader).Sum(one => one.Waiting);

    private Task<string> Metrics() => world.Host.Http.GetStringAsync("/metrics");
}
