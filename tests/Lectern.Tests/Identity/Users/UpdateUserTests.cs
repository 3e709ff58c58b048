using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Users;

public sealed class UpdateUserTests(LecternApp app)
{
    [Fact]
    public async Task A_change_says_which_version_it_was_made_from()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var id = (await admin.Post("/users", new { name = "Leo Learner", email = "leo@example.edu" })).Id("user_id");

        var read = (await admin.Get($"/users/{id}")).Expect(200);
        Assert.Equal("\"1\"", read.Headers["ETag"]);
        Assert.Equal($"user:{id}", (await tenant.AuditOf("person.read")).Single().Subject);
        Assert.Equal(admin.Id, (await tenant.AuditOf("person.read")).Single().ActorId);

        (await admin.Put($"/users/{id}", new { name = "Leo L.", email = "leo@example.edu", version = 1 })).Expect(200);
        var conflict = (await admin.Put($"/users/{id}", new { name = "Leonard", version = 1 })).Refused(409, "conflict");
        Assert.Equal("Leo L.", conflict.At("current.name").GetString());
        Assert.Equal("Leonard", conflict.At("yours.name").GetString());
        (await admin.Put($"/users/{id}", new { name = "Leonard" })).Refused(422, "version_needed");
    }

    [Fact]
    public async Task Another_s_address_is_left_to_them()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        await admin.Post("/users", new { name = "A", email = "a@example.edu" });
        var id = (await admin.Post("/users", new { name = "B", email = "b@example.edu" })).Id("user_id");
        (await admin.Put($"/users/{id}", new { name = "B", email = "A@example.edu", version = 1 })).Refused(409, "already_exists");
    }

    [Fact]
    public async Task A_new_address_makes_links_sent_to_the_old_one_worthless()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var email = UniqueEmail();
        var id = await tenant.NewSignIn(email);
        (await tenant.Nobody().Post("/password-resets", new { email })).Expect(202);
        (await admin.Put($"/users/{id.Value}", new { name = "Leo", email = UniqueEmail(), version = 1 })).Expect(200);
        Assert.Empty(await tenant.Rows<long>(db => $"SELECT user_id FROM password_resets WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task Suspending_signs_out_everywhere_at_once()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var email = UniqueEmail();
        var id = await tenant.NewSignIn(email);
        var browser = await tenant.Browse(email);

        (await admin.Put($"/users/{id.Value}/state", new { state = "suspended" })).Expect(200);
        (await browser.Get("/sessions/current")).Expect(401);
        (await tenant.SignIn(email)).Refused(403, "account_suspended");
        (await tenant.SignIn(email, "not the password")).Refused(401, "wrong_name_or_password");
        (await admin.Put($"/users/{id.Value}/state", new { state = "active" })).Expect(200);
        (await tenant.SignIn(email)).Expect(201);
        (await admin.Put($"/users/{id.Value}/state", new { state = "deleted" })).Refused(422, "unknown_state");
        (await admin.Put($"/users/{admin.Id.Value}/state", new { state = "suspended" })).Refused(422, "cannot_suspend_oneself");
        (await admin.Put($"/users/{id.Value}/state", new { state = "suspended", version = 1 })).Refused(409, "conflict");
    }

    [Fact]
    public async Task A_person_of_another_institution_is_not_there()
    {
        var here = await app.NewTenant();
        var stranger = await (await app.NewTenant()).NewPerson();
        var admin = await here.NewAdministrator();
        // Numbers of another institution may exist here too; one far beyond them surely names nobody.
        var foreign = stranger.Id.Value + 1_000_000;
        (await admin.Get($"/users/{foreign}")).Expect(404);
        (await admin.Put($"/users/{foreign}", new { name = "X", version = 1 })).Expect(404);
        (await admin.Put($"/users/{foreign}/state", new { state = "suspended" })).Expect(404);
        (await admin.Get($"/users/{foreign}/access")).Expect(404);
        (await admin.Get($"/users/{foreign}/observers")).Expect(404);
        (await admin.Get("/users/abc")).Expect(404);

        var coordinator = await here.NewPerson(role: Role.Coordinator);
        var instructor = await here.NewPerson(role: Role.Instructor);
        (await coordinator.Get($"/users/{admin.Id.Value}")).Expect(200);
        (await coordinator.Put($"/users/{admin.Id.Value}", new { name = "X", version = 1 })).Expect(403);
        (await instructor.Get($"/users/{admin.Id.Value}")).Expect(403);
        (await here.Nobody().Get($"/users/{admin.Id.Value}")).Expect(401);
    }
}
