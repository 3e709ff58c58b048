using Lectern.Contracts.Identity;
using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.PasswordResets;

public sealed class PasswordResetTests(LecternApp app)
{
    private const string New = "three new words";

    [Fact]
    public async Task The_link_sets_a_new_password_once_and_ends_every_session()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);
        var token = await Ask(tenant, email);

        (await tenant.Nobody().Put($"/password-resets/{token}", new { password = "short" })).Refused(422, "password_too_short");
        (await tenant.Nobody().Put($"/password-resets/{token}", new { password = email })).Refused(422, "password_is_name");
        (await tenant.Nobody().Put($"/password-resets/{token}", new { password = New })).Expect(204);
        (await tenant.Nobody().Put($"/password-resets/{token}", new { password = New })).Refused(404, "reset_link_invalid");

        (await browser.Get("/sessions/current")).Expect(401);
        (await tenant.SignIn(email)).Expect(401);
        (await tenant.SignIn(email, New)).Expect(201);
    }

    [Fact]
    public async Task The_answer_tells_nobody_who_exists()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var known = (await tenant.Nobody().Post("/password-resets", new { email })).Expect(202);
        var unknown = (await tenant.Nobody().Post("/password-resets", new { email = "nobody@example.edu" })).Expect(202);
        Assert.Equal(known.Text, unknown.Text);
        Assert.Single(await Tokens(tenant));
    }

    [Fact]
    public async Task A_link_is_worth_nothing_after_an_hour_or_elsewhere()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var token = await Ask(tenant, email);
        var elsewhere = (await app.NewTenant()).Nobody();
        (await elsewhere.Put($"/password-resets/{token}", new { password = New })).Refused(404, "reset_link_invalid");

        await using var host = await app.HostWith(new TestClock(TimeProvider.System.GetUtcNow().AddMinutes(61)));
        var later = tenant.On(host).Nobody();
        (await later.Put($"/password-resets/{token}", new { password = New })).Refused(404, "reset_link_invalid");
    }

    [Fact]
    public async Task Nobody_s_inbox_is_filled_by_asking_often()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        for (var i = 0; i < 8; i++) (await tenant.Nobody().Post("/password-resets", new { email })).Expect(202);
        Assert.Equal(5, (await Tokens(tenant)).Count);
    }

    private static async Task<string> Ask(TestTenant tenant, string email)
    {
        (await tenant.Nobody().Post("/password-resets", new { email })).Expect(202);
        return (await Tokens(tenant)).Single();
    }

    /// <summary>The secrets of the links, as the service that mails them hears of them.</summary>
    private static Task<List<string>> Tokens(TestTenant tenant) => tenant.Rows<string>(db => $"""
        SELECT body->'happened'->>'token' FROM platform.outbox
        WHERE tenant_id = {db.Tenant} AND type = {"identity.password_reset_requested"} ORDER BY position
        """);
}
