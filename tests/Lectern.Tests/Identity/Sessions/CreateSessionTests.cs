using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Sessions;

public sealed class CreateSessionTests(LecternApp app)
{
    [Fact]
    public async Task A_person_signs_in_and_is_who_they_are()
    {
        var tenant = await app.NewTenant("Lakeside College");
        var email = UniqueEmail();
        var id = await tenant.NewSignIn(email);

        var signedIn = (await tenant.SignIn($"  {email.ToUpperInvariant()} ")).Expect(201);
        Assert.Equal(id.Value, signedIn.Id("user.user_id"));
        Assert.Equal("Lakeside College", signedIn.At("institution.name").GetString());
        var cookie = signedIn.Headers["Set-Cookie"];
        Assert.StartsWith($"lectern-{tenant.Slug}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);

        var browser = await tenant.Browse(email);
        var current = (await browser.Get("/sessions/current")).Expect(200);
        Assert.Equal(email, current.At("user.email").GetString());
        Assert.Equal(tenant.Slug, current.At("institution.slug").GetString());
        Assert.Equal(0, current.At("roles").GetArrayLength());
        Assert.NotEmpty(await tenant.AuditOf("session.begun"));
    }

    [Fact]
    public async Task Changes_from_a_browser_need_the_page_s_token()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);

        (await browser.Send(HttpMethod.Delete, "/sessions/current", null, null)).Refused(403, "csrf_token_missing");
        (await browser.Send(HttpMethod.Delete, "/sessions/current", null, "wrong")).Refused(403, "csrf_token_missing");
        (await browser.Delete("/sessions/current")).Expect(204);
        (await browser.Get("/sessions/current")).Refused(401, "sign_in_required");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_alike_and_remembered()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        var id = await tenant.NewSignIn(email);

        var wrong = (await tenant.SignIn(email, "not the password")).Refused(401, "wrong_name_or_password");
        var unknown = (await tenant.SignIn("nobody@example.edu", "not the password")).Refused(401, "wrong_name_or_password");

        Assert.Equal(wrong.At("detail").GetString(), unknown.At("detail").GetString());
        Assert.Equal([$"user:{id.Value}", "institution"], (await tenant.AuditOf("session.refused")).Select(row => row.Subject));
    }

    [Fact]
    public async Task Ten_wrong_passwords_close_the_name_whether_it_is_known_or_not()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        foreach (var name in new[] { email, "nobody@example.edu" })
        {
            for (var i = 0; i < 9; i++) (await tenant.SignIn(name, "wrong password")).Refused(401, "wrong_name_or_password");
            var tenth = (await tenant.SignIn(name, "wrong password")).Refused(429, "sign_in_locked");
            Assert.InRange(int.Parse(tenth.Headers["Retry-After"]), 850, 900);
            (await tenant.SignIn(name)).Refused(429, "sign_in_locked");
        }
    }

    [Fact]
    public async Task Nothing_typed_is_refused_by_field()
    {
        var tenant = await app.NewTenant();
        (await tenant.Nobody().Post("/sessions", new { email = " ", password = "" })).Refused(422, "name_and_password_needed");
        (await tenant.Nobody().Get("/sessions/current")).Refused(401, "sign_in_required");
        Assert.Equal(tenant.Slug, (await tenant.Nobody().Get("/institution")).Expect(200).At("slug").GetString());
    }

    [Fact]
    public async Task A_token_of_another_institution_is_refused_and_audited()
    {
        var here = await app.NewTenant();
        var there = await app.NewTenant();
        var stranger = await there.NewPerson();
        (await stranger.At(here).Get("/sessions/current")).Refused(401, "foreign_token");
        Assert.NotEmpty(await here.AuditOf("access.foreign_token"));
    }
}
