using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Sessions;

public sealed class SessionListTests(LecternApp app)
{
    [Fact]
    public async Task A_person_sees_where_they_are_signed_in_and_ends_one()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var laptop = await tenant.Browse(email);
        var phone = await tenant.Browse(email);

        var listed = (await laptop.Get("/sessions")).Expect(200).At("items").EnumerateArray().ToList();
        Assert.Equal(2, listed.Count);
        var other = listed.Single(row => !row.GetProperty("current").GetBoolean()).GetProperty("session_id").GetString();

        (await laptop.Delete($"/sessions/{other}")).Expect(204);
        (await laptop.Delete($"/sessions/{other}")).Expect(404);
        (await phone.Get("/sessions/current")).Expect(401);
        (await laptop.Get("/sessions/current")).Expect(200);
    }

    [Fact]
    public async Task Nobody_ends_another_s_session()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);
        var session = (await browser.Get("/sessions")).At("items.0.session_id").GetString();

        var administrator = await tenant.NewAdministrator();
        (await administrator.Delete($"/sessions/{session}")).Expect(404);
        var elsewhere = await (await app.NewTenant()).NewAdministrator();
        (await elsewhere.Delete($"/sessions/{session}")).Expect(404);
        (await browser.Get("/sessions/current")).Expect(200);
    }

    [Fact]
    public async Task Sessions_outlive_the_server_that_began_them()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);
        await using var restarted = await app.HostWith(TimeProvider.System);
        (await browser.On(tenant.On(restarted)).Get("/sessions/current")).Expect(200);
    }

    [Fact]
    public async Task A_session_unused_for_too_long_ends_and_the_lock_opens_again()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var clock = new TestClock(DateTimeOffset.Parse("2026-03-02T08:00:00Z"));
        await using var host = await app.HostWith(clock);
        var there = tenant.On(host);
        var browser = await there.Browse(email);

        for (var i = 0; i < 10; i++) await there.SignIn(email, "wrong password");
        (await there.SignIn(email)).Refused(429, "sign_in_locked");
        clock.Move(TimeSpan.FromMinutes(16));
        (await there.SignIn(email)).Expect(201);

        (await browser.Get("/sessions/current")).Expect(200);
        clock.Move(TimeSpan.FromHours(13));
        (await browser.Get("/sessions/current")).Expect(401);
    }

    [Fact]
    public async Task Roles_and_permissions_are_told_to_the_page()
    {
        var tenant = await app.NewTenant();
        var administrator = await tenant.NewAdministrator();
        var current = (await administrator.Get("/sessions/current")).Expect(200);
        Assert.Equal("administrator", current.At("roles.0.role").GetString());
        Assert.Equal(Scope.Institution.Key, current.At("roles.0.scope").GetString());
        var permissions = current.At("permissions").EnumerateArray().Select(item => item.GetString()).ToList();
        Assert.Contains("people.manage", permissions);
        Assert.DoesNotContain("self", permissions);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, current.At("csrf_token").ValueKind);
    }
}
