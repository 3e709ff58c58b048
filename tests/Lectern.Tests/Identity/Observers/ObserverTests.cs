using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Identity.Observers;

public sealed class ObserverTests(LecternApp app)
{
    [Fact]
    public async Task An_observer_is_linked_once_and_unlinked()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var learner = await tenant.NewPerson("Leo Learner");
        var observer = await tenant.NewPerson("Olga Observer");
        var path = $"/users/{learner.Id.Value}/observers";

        (await admin.Post(path, new { email = observer.Email.ToUpperInvariant() })).Expect(201);
        (await admin.Post(path, new { observer_id = observer.Id })).Expect(201);
        var listed = (await admin.Get(path)).Expect(200);
        Assert.Equal(1, listed.At("items").GetArrayLength());
        Assert.Equal("observer", listed.At("items.0.sources.0").GetString());
        var role = (await observer.Get("/sessions/current")).At("roles.0");
        Assert.Equal("observer", role.GetProperty("role").GetString());
        Assert.Equal($"user:{learner.Id.Value}", role.GetProperty("scope").GetString());

        (await admin.Delete($"{path}/{observer.Id.Value}")).Expect(204);
        (await admin.Delete($"{path}/{observer.Id.Value}")).Expect(404);
        Assert.Equal(0, (await observer.Get("/sessions/current")).At("roles").GetArrayLength());
        Assert.Equal(["identity.observer_linked", "identity.observer_unlinked"], await tenant.Rows<string>(db =>
            $"SELECT type FROM platform.outbox WHERE tenant_id = {db.Tenant} AND type LIKE 'identity.observer%' ORDER BY position"));
    }

    [Fact]
    public async Task What_makes_no_sense_or_is_not_allowed_is_refused()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var learner = await tenant.NewPerson();
        var path = $"/users/{learner.Id.Value}/observers";
        (await admin.Post(path, new { observer_id = learner.Id })).Refused(422, "observes_oneself");
        (await admin.Post(path, new { observer_id = 999_999_999 })).Refused(422, "unknown_person");
        (await admin.Post(path, new { })).Refused(422, "unknown_person");
        (await admin.Post($"/users/{learner.Id.Value + 1_000_000}/observers", new { observer_id = admin.Id })).Expect(404);
        (await (await tenant.NewPerson(role: Role.Coordinator)).Post(path, new { observer_id = admin.Id })).Expect(403);
        (await learner.Post(path, new { observer_id = admin.Id })).Expect(404);
    }
}
