using System.Globalization;
using Lectern.Platform.Limits;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

public sealed class RateLimitTests(LecternApp app)
{
    // Gains nothing to speak of while a test runs.
    private const double Hardly = 0.001;

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void One_machine_is_one_address(string address, string counted) => Assert.Equal(counted, RateLimits.NetworkOf(address));

    [Fact]
    public async Task Who_asks_too_much_hears_when_to_come_back_and_the_neighbour_notices_nothing()
    {
        await using var node = await app.Node(options => options.Limits = new()
        {
            TenantPerSecond = 1, TenantBurst = 20, PersonPerSecond = 0, AddressPerSecond = 0,
        });
        var noisy = (await app.NewTenant()).On(node);
        var neighbour = (await app.NewTenant()).On(node);
        var (loud, quiet) = (await noisy.NewPerson(), await neighbour.NewPerson());

        var noise = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => loud.Get("/terms")));
        for (var i = 0; i < 15; i++) (await quiet.Get("/terms")).Expect(200);
        var refused = (await noise).Where(answer => answer.Status != System.Net.HttpStatusCode.OK).ToList();

        // One a second is gained, and a slow machine takes its time.
        Assert.InRange(refused.Count, 100, 180);
        foreach (var answer in refused)
        {
            answer.Refused(429, "too_many_requests");
            Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 2);
        }

        var first = refused.First(answer => answer.Headers.ContainsKey("RateLimit-Limit"));
        Assert.Equal(("20", "0"), (first.Headers["RateLimit-Limit"], first.Headers["RateLimit-Remaining"]));
        (await loud.Send(HttpMethod.Get, $"{node.Address}health", null)).Expect(200);
        (await loud.Send(HttpMethod.Get, $"{node.Address}metrics", null)).Expect(200);
    }

    [Fact]
    public async Task A_person_is_counted_with_all_their_tokens_and_alone()
    {
        await using var node = await app.Node(options => options.Limits = new()
        {
            TenantPerSecond = 0, PersonPerSecond = Hardly, PersonBurst = 3, AddressPerSecond = 0,
        });
        var tenant = (await app.NewTenant()).On(node);
        var (one, other) = (await tenant.NewPerson(), await tenant.NewPerson());
        var token = (await one.Post("/api-tokens", new { name = "script", rights = new[] { "*" } })).Expect(201).At("token").GetString();
        var script = new TestPerson(tenant, one.Id, one.Name, one.Email, token);

        var answer = (await one.Get("/terms")).Expect(200);
        Assert.Equal(("3", "1"), (answer.Headers["RateLimit-Limit"], answer.Headers["RateLimit-Remaining"]));
        (await script.Get("/terms")).Expect(200);
        (await script.Get("/terms")).Refused(429, "too_many_requests");
        (await one.Get("/terms")).Refused(429, "too_many_requests");
        (await other.Get("/terms")).Expect(200);
        // A refused person takes nothing from the institution, and who has not signed in is nobody in particular.
        for (var i = 0; i < 5; i++) (await tenant.Nobody().Get("/institution")).Expect(200);
    }

    [Fact]
    public async Task An_address_is_counted_for_each_institution_and_plans_may_differ()
    {
        await using var node = await app.Node(options =>
        {
            options.Limits = PlanLimits.None;
            options.Plans["standard"] = new() { TenantPerSecond = 0, PersonPerSecond = 0, AddressPerSecond = Hardly, AddressBurst = 2 };
        });
        var (first, second) = ((await app.NewTenant()).On(node), (await app.NewTenant()).On(node));
        foreach (var tenant in new[] { first, second })
        {
            for (var i = 0; i < 2; i++) (await tenant.Nobody().Get("/institution")).Expect(200);
            (await tenant.Nobody().Get("/institution")).Refused(429, "too_many_requests");
            // The second refusal is remembered and asks nobody.
            var again = (await tenant.Nobody().Get("/institution")).Refused(429, "too_many_requests");
            Assert.InRange(int.Parse(again.Headers["Retry-After"], CultureInfo.InvariantCulture), 900, 1_000);
        }
    }

    [Fact]
    public async Task Strangers_use_up_their_own_allowance_and_not_that_of_those_who_have_an_account()
    {
        await using var node = await app.Node(options => options.Limits = new()
        {
            TenantPerSecond = Hardly, TenantBurst = 6, PersonPerSecond = 0, AddressPerSecond = Hardly, AddressBurst = 4,
        });
        var tenant = (await app.NewTenant()).On(node);
        var (member, stranger) = (await tenant.NewPerson(), tenant.Nobody());

        // All from one address.
        for (var i = 0; i < 4; i++) (await stranger.Get("/institution")).Expect(200);
        for (var i = 0; i < 20; i++) (await stranger.Get("/institution")).Refused(429, "too_many_requests");
        for (var i = 0; i < 3; i++) (await member.Get("/terms")).Expect(200);

        // Tokens that are nobody's are counted with the address, before they are looked up again, and not with the institution.
        var made = ("Authorization", $"Bearer lct_{tenant.Id}_made-up");
        (await stranger.Get("/terms", made)).Refused(401, "invalid_token");
        for (var i = 0; i < 5; i++) (await stranger.Get("/terms", made)).Refused(429, "too_many_requests");
    }

    [Fact]
    public async Task All_strangers_together_have_no_more_than_an_institution()
    {
        await using var node = await app.Node(options => options.Limits = new()
        {
            TenantPerSecond = Hardly, TenantBurst = 3, PersonPerSecond = 0, AddressPerSecond = 0,
        });
        var tenant = (await app.NewTenant()).On(node);
        var member = await tenant.NewPerson();
        for (var i = 0; i < 3; i++) (await tenant.Nobody().Get("/institution")).Expect(200);
        for (var i = 0; i < 9; i++) (await tenant.Nobody().Get("/institution")).Refused(429, "too_many_requests");
        for (var i = 0; i < 3; i++) (await member.Get("/terms")).Expect(200);
        (await member.Get("/terms")).Refused(429, "too_many_requests");
    }

    [Fact]
    public void A_bucket_refills_evenly_and_never_beyond_its_brim()
    {
        var clock = new SteppedClock();
        var buckets = new LocalBuckets(clock);
        var bucket = new Bucket(new(new TenantId(1), KeySpace.Limit, "x"), PerSecond: 2, Most: 4);
        for (var left = 3; left >= 0; left--) Assert.Equal(new BucketAnswer(0, left, TimeSpan.Zero), buckets.Take(bucket));
        Assert.Equal(TimeSpan.FromMilliseconds(500), buckets.Take(bucket).Wait);
        clock.Step(TimeSpan.FromMilliseconds(499));
        Assert.Equal(TimeSpan.FromMilliseconds(1), buckets.Take(bucket).Wait);
        clock.Step(TimeSpan.FromMilliseconds(1));
        Assert.False(buckets.Take(bucket).Refused);
        Assert.True(buckets.Take(bucket).Refused);
        clock.Step(TimeSpan.FromHours(1));
        for (var left = 3; left >= 0; left--) Assert.Equal(left, buckets.Take(bucket).Left);
        Assert.True(buckets.Take(bucket).Refused);
    }

    [Fact]
    public void However_many_take_at_once_a_bucket_gives_what_it_holds()
    {
        var buckets = new LocalBuckets(new SteppedClock());
        var (wide, narrow) = (Of("wide", 1_000), Of("narrow", 300));
        var given = 0;
        Parallel.For(0, 2_000, _ =>
        {
            if (!buckets.Take(wide, narrow).Refused) Interlocked.Increment(ref given);
        });
        Assert.Equal(300, given);
        Assert.Equal(699, buckets.Take(wide).Left);

        static Bucket Of(string id, int most) => new(new(new TenantId(1), KeySpace.Limit, id), 1, most);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Step(TimeSpan by) => Interlocked.Add(ref now, (long)by.TotalMicroseconds);
    }
}
