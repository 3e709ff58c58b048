using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Identity.Families;

public sealed class FamilyTests(LecternApp app)
{
    [Fact]
    public async Task Guardians_observe_the_learners_of_their_family()
    {
        var tenant = await app.NewTenant();
        var coordinator = await tenant.NewPerson(role: Role.Coordinator);
        var (mum, dad) = (await tenant.NewPerson("Mum"), await tenant.NewPerson("Dad"));
        var (kid, baby) = (await tenant.NewPerson("Kid"), await tenant.NewPerson("Baby"));

        var ng = new { name = "Ng", members = new[] { Guardian(mum), Learner(kid) } };
        var id = (await coordinator.Post("/families", ng)).Expect(201).Id("family_id");
        Assert.Equal([$"user:{kid.Id.Value}"], await Observed(mum));

        var members = new[] { Guardian(mum), Guardian(dad), Learner(baby) };
        (await coordinator.Put($"/families/{id}", new { name = "Ng-Lee", members, version = 1 })).Expect(200);
        Assert.Equal([$"user:{baby.Id.Value}"], await Observed(mum));
        Assert.Equal([$"user:{baby.Id.Value}"], await Observed(dad));
        var read = (await coordinator.Get($"/families/{id}")).Expect(200);
        Assert.Equal(("Ng-Lee", 3, "\"2\""), (read.At("name").GetString(), read.At("members").GetArrayLength(), read.Headers["ETag"]));

        (await coordinator.Put($"/families/{id}", new { name = "Ng", members = Array.Empty<object>(), version = 2 })).Expect(200);
        Assert.Empty(await Observed(dad));
    }

    [Fact]
    public async Task A_link_made_by_hand_outlives_the_family_s()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var (mum, kid) = (await tenant.NewPerson("Mum"), await tenant.NewPerson("Kid"));
        var id = (await admin.Post("/families", new { name = "Ng", members = new[] { Guardian(mum), Learner(kid) } })).Id("family_id");
        var path = $"/users/{kid.Id.Value}/observers";
        (await admin.Delete($"{path}/{mum.Id.Value}")).Refused(422, "observes_by_family");
        (await admin.Post(path, new { observer_id = mum.Id })).Expect(201);
        (await admin.Put($"/families/{id}", new { name = "Ng", members = new[] { Guardian(mum) }, version = 1 })).Expect(200);
        Assert.Single(await Observed(mum));
        (await admin.Delete($"{path}/{mum.Id.Value}")).Expect(204);
        Assert.Empty(await Observed(mum));
    }

    [Fact]
    public async Task Families_are_seen_by_those_who_answer_for_them_and_their_own()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var east = (await admin.Post("/accounts", new { name = "East" })).Id("account_id");
        var west = (await admin.Post("/accounts", new { name = "West" })).Id("account_id");
        var coordinator = await tenant.NewPerson();
        (await admin.Post($"/accounts/{east}/roles", new { user_id = coordinator.Id, role = "coordinator" })).Expect(201);
        var mum = await tenant.NewPerson("Mum");
        var inEast = (await coordinator.Post("/families", new { name = "Äsop", account_id = east })).Expect(201).Id("family_id");
        var best = new { name = "Best", account_id = west, members = new[] { Guardian(mum) } };
        var inWest = (await admin.Post("/families", best)).Id("family_id");

        Assert.Equal(["Äsop", "Best"], await Names(admin, ""));
        Assert.Equal(["Äsop"], await Names(admin, "?search=as"));
        Assert.Equal(["Äsop"], await Names(coordinator, ""));
        Assert.Equal(["Best"], await Names(mum, ""));
        Assert.Empty(await Names(await tenant.NewPerson(), ""));
        (await coordinator.Get($"/families/{inEast}")).Expect(200);
        (await coordinator.Get($"/families/{inWest}")).Expect(404);
        (await coordinator.Put($"/families/{inWest}", new { name = "Mine", members = Array.Empty<object>(), version = 1 })).Expect(404);
        (await coordinator.Post("/families", new { name = "Mine", account_id = west })).Refused(422, "unknown_account");
        (await mum.Post("/families", new { name = "Mine" })).Expect(403);
        (await (await (await app.NewTenant()).NewAdministrator()).Get($"/families/{inEast}")).Expect(404);
    }

    [Fact]
    public async Task What_is_no_family_is_refused_and_changes_at_once_are_both_shown()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var person = await tenant.NewPerson();
        (await admin.Post("/families", new { name = "" })).Refused(422, "bad_name");
        var twice = new { name = "A", members = new[] { Guardian(person), Learner(person) } };
        (await admin.Post("/families", twice)).Refused(422, "member_twice");
        var unknown = new[] { Guardian(person), new Member(999_999_999, "learner") };
        var refused = (await admin.Post("/families", new { name = "A", members = unknown })).Refused(422, "unknown_person");
        Assert.Equal("members.1", refused.At("errors.0.field").GetString());
        var pet = new { name = "A", members = new[] { new Member(1, "pet") } };
        (await admin.Post("/families", pet)).Refused(400, "malformed_request");

        var id = (await admin.Post("/families", new { name = "A" })).Expect(201).Id("family_id");
        (await admin.Put($"/families/{id}", new { name = "B", members = Array.Empty<object>(), version = 1 })).Expect(200);
        var conflict = await admin.Put($"/families/{id}", new { name = "C", members = Array.Empty<object>(), version = 1 });
        Assert.Equal("B", conflict.Refused(409, "conflict").At("current.name").GetString());
        (await admin.Put($"/families/{id}", new { name = "C", version = 2 })).Refused(422, "members_needed");
    }

    private static Member Guardian(TestPerson person) => new(person.Id.Value, "guardian");

    private static Member Learner(TestPerson person) => new(person.Id.Value, "learner");

    private sealed record Member(long UserId, string Kind);

    private static async Task<List<string?>> Observed(TestPerson person) => (await person.Get("/sessions/current")).Expect(200).At("roles")
        .EnumerateArray().Select(role => role.GetProperty("scope").GetString()).ToList();

    private static async Task<List<string?>> Names(TestPerson person, string query) => (await person.Get("/families" + query)).Expect(200)
        .At("items").EnumerateArray().Select(row => row.GetProperty("name").GetString()).ToList();
}
