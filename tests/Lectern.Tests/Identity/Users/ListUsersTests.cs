using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Identity.Users;

public sealed class ListUsersTests(LecternApp app)
{
    [Fact]
    public async Task People_are_found_by_how_their_name_or_address_begins()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator("Zoe Zenith");
        await Add(admin, "Åsa Öberg", "asa@example.edu", "s-1");
        await Add(admin, "Omar Asad", "omar@example.edu", "s-2");
        await Add(admin, "محمد علي", "m.ali@example.edu", "s-3");

        Assert.Equal(["Omar Asad", "Åsa Öberg"], await Names(admin, "search=as"));
        Assert.Equal(["Åsa Öberg"], await Names(admin, "search=ÖB"));
        Assert.Equal(["Omar Asad"], await Names(admin, "search=OMAR@"));
        Assert.Equal(["محمد علي"], await Names(admin, $"search={Uri.EscapeDataString("محمد")}"));
        Assert.Equal(["Omar Asad"], await Names(admin, "search=s-2"));
        Assert.Empty(await Names(admin, "search=%25"));
        Assert.Equal(4, (await Names(admin, "search=%00")).Count);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator("Zoe Zenith");
        for (var i = 0; i < 7; i++) await Add(admin, "Same Name", $"p{i}@example.edu", null);

        var seen = new List<long>();
        var next = "?limit=3";
        while (next is not null)
        {
            var page = (await admin.Get($"/users{next}")).Expect(200);
            seen.AddRange(page.At("items").EnumerateArray().Select(item => item.GetProperty("user_id").GetInt64()));
            var cursor = page.At("next").GetString();
            if (cursor is not null) Assert.Contains($"after={cursor}", page.Headers["Link"], StringComparison.Ordinal);
            next = cursor is null ? null : $"?limit=3&after={cursor}";
        }

        Assert.Equal(8, seen.Count);
        Assert.Equal(8, seen.Distinct().Count());
    }

    [Fact]
    public async Task Filters_by_role_and_account_and_state()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator("Ada Admin");
        var arts = (await admin.Post("/accounts", new { name = "Arts" })).Expect(201).Id("account_id");
        var ines = await Add(admin, "Ines Instructor", null, null);
        await Add(admin, "Leo Learner", null, null);
        (await admin.Post($"/accounts/{arts}/roles", new { user_id = ines, role = "instructor" })).Expect(201);

        Assert.Equal(["Ada Admin"], await Names(admin, "role=administrator"));
        Assert.Equal(["Ines Instructor"], await Names(admin, "role=instructor"));
        Assert.Equal(["Ines Instructor"], await Names(admin, $"account_id={arts}"));
        Assert.Empty(await Names(admin, $"account_id={arts}&role=designer"));
        (await admin.Put($"/users/{ines}/state", new { state = "suspended" })).Expect(200);
        Assert.Equal(["Ines Instructor"], await Names(admin, "state=suspended"));
        (await admin.Get("/users?role=king")).Refused(422, "unknown_role");
        (await admin.Get("/users?state=asleep")).Refused(422, "unknown_state");
        (await admin.Get("/users?account_id=999999")).Expect(404);
        Assert.NotEmpty(await tenant.AuditOf("people.listed"));
    }

    [Fact]
    public async Task Whoever_administers_a_part_sees_the_people_of_that_part()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var arts = (await admin.Post("/accounts", new { name = "Arts" })).Id("account_id");
        var law = (await admin.Post("/accounts", new { name = "Law" })).Id("account_id");
        var dean = await tenant.NewPerson("Dea Dean");
        (await admin.Post($"/accounts/{arts}/roles", new { user_id = dean.Id, role = "administrator" })).Expect(201);

        var listed = (await dean.Get($"/accounts/{arts}/users")).Expect(200);
        Assert.Equal("Dea Dean", listed.At("items.0.name").GetString());
        (await dean.Get($"/accounts/{law}/users")).Expect(404);
        (await dean.Get("/users")).Expect(404);
    }

    [Fact]
    public async Task One_institution_never_lists_another_s_people()
    {
        var here = await app.NewTenant();
        var there = await app.NewTenant();
        await there.NewPerson("Secret Stranger");
        var admin = await here.NewAdministrator("Ada Admin");
        Assert.Equal(["Ada Admin"], await Names(admin, "limit=100"));
        (await (await here.NewPerson(role: Role.Instructor)).Get("/users")).Expect(403);
    }

    [Fact]
    public async Task Searching_uses_the_indexes_under_row_policies()
    {
        var tenant = await app.NewTenant();
        var rows = Enumerable.Range(0, 3000)
            .Select(i => new RosterPerson($"s{i}", $"p{i}@example.edu", $"Given{i} Family{i}", null, null, true)).ToList();
        await tenant.Do(services => services.GetRequiredService<IPeople>().Ensure(rows, CancellationToken.None));
        await Analyze(tenant);
        var plan = string.Join('\n', await tenant.Rows<string>(db => $"""
            EXPLAIN SELECT user_id FROM users
            WHERE tenant_id = {db.Tenant} AND ((name_norm >= 'given29' AND name_norm < 'given2a')
                                               OR (email_norm >= 'p29' AND email_norm < 'p2a'))
            """));
        Assert.Contains("users_by_name", plan, StringComparison.Ordinal);
        Assert.Contains("users_by_email", plan, StringComparison.Ordinal);
    }

    /// <summary>Counts the rows now: a plan made before the database has counted them says nothing.</summary>
    private async Task Analyze(TestTenant tenant)
    {
        var cell = tenant.Tenant.Cell;
        var database = app.Host.Services.GetRequiredService<TenantDirectory>().Database(cell.DatabaseId).Name;
        await using var source = app.Host.Services.GetRequiredService<DatabaseAccess>().Administrator(database);
        await using var command = source.CreateCommand($"ANALYZE {cell.Schema}.users");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Add(TestPerson admin, string name, string? email, string? sisId) =>
        (await admin.Post("/users", new { name, email, sis_id = sisId })).Expect(201).Id("user_id");

    private static async Task<List<string?>> Names(TestPerson admin, string query) => (await admin.Get($"/users?{query}")).Expect(200)
        .At("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ToList();
}
