using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Identity.ApiTokens;

public sealed class ApiTokenTests(LecternApp app)
{
    [Fact]
    public async Task A_token_may_do_what_it_says_and_no_more()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var made = (await admin.Post("/api-tokens", new { name = "Reports", rights = new[] { "people.read" } })).Expect(201);
        var script = new TestPerson(tenant, admin.Id, "Script", "", made.At("token").GetString());

        (await script.Get("/users")).Expect(200);
        (await script.Post("/users", new { name = "A" })).Refused(403, "forbidden");
        (await script.Get("/profile")).Expect(200);

        var listed = (await admin.Get("/api-tokens")).Expect(200).At("items").EnumerateArray()
            .Single(row => row.GetProperty("name").GetString() == "Reports");
        Assert.False(listed.TryGetProperty("token", out _));
        var id = listed.GetProperty("api_token_id").GetString();
        (await (await tenant.NewPerson()).Delete($"/api-tokens/{id}")).Expect(404);
        (await admin.Delete($"/api-tokens/{id}")).Expect(204);
        (await script.Get("/users")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_token_cannot_be_given_or_give_itself_what_is_not_held()
    {
        var tenant = await app.NewTenant();
        var learner = await tenant.NewPerson();
        (await learner.Post("/api-tokens", new { name = "T", rights = new[] { "people.manage" } })).Refused(422, "right_not_held");
        (await learner.Post("/api-tokens", new { name = "T", rights = new[] { "no.such.thing" } })).Refused(422, "right_not_held");
        (await learner.Post("/api-tokens", new { name = "T", rights = Array.Empty<string>() })).Refused(422, "rights_needed");
        (await learner.Post("/api-tokens", new { name = " ", rights = new[] { "*" } })).Refused(422, "bad_name");
        var far = new { name = "T", rights = new[] { "*" }, expires_at = TimeProvider.System.GetUtcNow().AddYears(2) };
        (await learner.Post("/api-tokens", far)).Refused(422, "bad_expiry");

        var admin = await tenant.NewAdministrator();
        var narrow = (await admin.Post("/api-tokens", new { name = "Narrow", rights = new[] { "people.read" } })).Expect(201);
        var script = new TestPerson(tenant, admin.Id, "Script", "", narrow.At("token").GetString());
        (await script.Post("/api-tokens", new { name = "Wide", rights = new[] { "*" } })).Refused(422, "right_not_held");
        (await script.Post("/api-tokens", new { name = "Wide", rights = new[] { "people.manage" } })).Refused(422, "right_not_held");
    }

    [Fact]
    public async Task A_repeated_request_makes_one_token_and_shows_its_secret_once()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewPerson(role: Role.Instructor);
        var body = new { name = "Once", rights = new[] { "*" } };
        var first = (await person.Post("/api-tokens", body, ("Idempotency-Key", "k"))).Expect(201);
        Assert.NotNull(first.At("token").GetString());
        Assert.Equal(string.Empty, (await person.Post("/api-tokens", body, ("Idempotency-Key", "k"))).Expect(201).Text);
        // One is the token the person came with.
        Assert.Equal(2, (await person.Get("/api-tokens")).At("items").GetArrayLength());
        Assert.Empty(await tenant.Rows<string>(db =>
            $"SELECT body FROM idempotency_keys WHERE tenant_id = {db.Tenant} AND body IS NOT NULL"));
    }
}
