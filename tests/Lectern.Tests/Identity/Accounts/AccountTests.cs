using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Identity.Accounts;

public sealed class AccountTests(LecternApp app)
{
    [Fact]
    public async Task Settings_are_inherited_and_say_where_they_come_from()
    {
        var tenant = await app.NewTenant("Lakeside College");
        var admin = await tenant.NewAdministrator();
        var root = (await admin.Get("/accounts")).Expect(200).At("items.0");
        Assert.Equal(("Lakeside College", 0), (root.GetProperty("name").GetString(), root.GetProperty("depth").GetInt32()));
        var rootId = root.GetProperty("account_id").GetInt64();
        var settings = new { locale = "ar", time_zone = "Africa/Cairo", accent = "#1f5fbf" };
        (await admin.Put($"/accounts/{rootId}", new { name = "Lakeside", settings, version = 1 })).Expect(200);
        var arts = (await admin.Post("/accounts", new { name = "Arts", settings = new { time_zone = "Europe/Berlin" } })).Expect(201);

        var effective = arts.At("effective").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal("Europe/Berlin", effective["time_zone"].GetProperty("value").GetString());
        Assert.Equal(arts.Id("account_id"), effective["time_zone"].GetProperty("from_account_id").GetInt64());
        Assert.Equal("ar", effective["locale"].GetProperty("value").GetString());
        Assert.Equal("Lakeside", effective["locale"].GetProperty("from_name").GetString());
        Assert.Null(arts.At("settings.locale").GetString());
        var institution = (await tenant.Nobody().Get("/institution")).Expect(200);
        Assert.Equal(("Lakeside", "#1f5fbf", "ar"), (
            institution.At("name").GetString(), institution.At("accent").GetString(), institution.At("locale").GetString()));
    }

    [Fact]
    public async Task The_tree_may_be_rearranged_but_not_into_a_circle()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var root = (await admin.Get("/accounts")).Id("items.0.account_id");
        var arts = await Add(admin, "Arts", null);
        var history = await Add(admin, "History", arts);
        var ancient = await Add(admin, "Ancient", history);

        (await admin.Put($"/accounts/{arts}", new { name = "Arts", parent_id = ancient, version = 1 })).Refused(422, "account_circle");
        (await admin.Put($"/accounts/{arts}", new { name = "Arts", parent_id = arts, version = 1 })).Refused(422, "account_circle");
        (await admin.Put($"/accounts/{root}", new { name = "Root", parent_id = arts, version = 1 })).Refused(422, "root_stays");
        var law = await Add(admin, "Law", null);
        (await admin.Put($"/accounts/{history}", new { name = "History", parent_id = law, version = 1 })).Expect(200);

        var tree = (await admin.Get("/accounts")).At("items").EnumerateArray()
            .Select(row => (row.GetProperty("name").GetString(), row.GetProperty("depth").GetInt32())).Skip(1).ToList();
        Assert.Equal([("Arts", 1), ("Law", 1), ("History", 2), ("Ancient", 3)], tree);

        // Whoever administers Law administers what moved there.
        var dean = await tenant.NewPerson();
        (await admin.Post($"/accounts/{law}/roles", new { user_id = dean.Id, role = "administrator" })).Expect(201);
        (await dean.Get($"/accounts/{ancient}")).Expect(200);
        (await dean.Get($"/accounts/{arts}")).Expect(404);
    }

    [Fact]
    public async Task An_administrator_of_a_part_changes_that_part_only()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var arts = await Add(admin, "Arts", null);
        var law = await Add(admin, "Law", null);
        var history = await Add(admin, "History", arts);
        var dean = await tenant.NewPerson();
        (await admin.Post($"/accounts/{arts}/roles", new { email = dean.Email, role = "administrator" })).Expect(201);

        Assert.Equal(2, (await dean.Get("/accounts")).Expect(200).At("items").GetArrayLength());
        (await dean.Post("/accounts", new { name = "Music", parent_id = arts })).Expect(201);
        (await dean.Post("/accounts", new { name = "Music", parent_id = law })).Refused(422, "unknown_account");
        (await dean.Post("/accounts", new { name = "Music" })).Refused(422, "unknown_account");
        (await dean.Put($"/accounts/{history}", new { name = "History!", version = 1 })).Expect(200);
        (await dean.Put($"/accounts/{history}", new { name = "History!", parent_id = law, version = 2 })).Refused(422, "unknown_account");
        (await dean.Put($"/accounts/{law}", new { name = "Mine", version = 1 })).Expect(404);
        (await (await tenant.NewPerson()).Get("/accounts")).Expect(403);
        (await (await tenant.NewPerson()).Post("/accounts", new { name = "Mine" })).Expect(403);
        (await (await tenant.NewPerson(role: Role.Instructor)).Put($"/accounts/{law}", new { name = "Mine", version = 1 })).Expect(403);
    }

    [Fact]
    public async Task Nonsense_and_old_versions_are_refused()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var arts = await Add(admin, "Arts", null);
        (await admin.Post("/accounts", new { name = "  " })).Refused(422, "bad_name");
        (await admin.Post("/accounts", new { name = "A", parent_id = 999_999 })).Refused(422, "unknown_account");
        (await admin.Post("/accounts", new { name = "A", settings = new { accent = "#ffff00" } })).Refused(422, "accent_too_light");
        (await admin.Post("/accounts", new { name = "A", settings = new { accent = "red" } })).Refused(422, "bad_accent");
        (await admin.Post("/accounts", new { name = "A", settings = new { time_zone = "Nowhere" } })).Refused(422, "bad_time_zone");
        (await admin.Put($"/accounts/{arts}", new { name = "Arts 2", version = 1 })).Expect(200);
        var conflict = (await admin.Put($"/accounts/{arts}", new { name = "Arts 3", version = 1 })).Refused(409, "conflict");
        Assert.Equal("Arts 2", conflict.At("current.name").GetString());
        (await admin.Get("/accounts/999999")).Expect(404);
        await admin.Post("/accounts", new { name = "A", sis_id = "x" });
        (await admin.Post("/accounts", new { name = "B", sis_id = "x" })).Refused(409, "already_exists");
    }

    private static async Task<long> Add(TestPerson admin, string name, long? parent) =>
        (await admin.Post("/accounts", new { name, parent_id = parent })).Expect(201).Id("account_id");
}
