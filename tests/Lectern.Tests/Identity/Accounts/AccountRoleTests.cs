using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Accounts;

public sealed class AccountRoleTests(LecternApp app)
{
    [Fact]
    public async Task A_role_holds_below_and_is_taken_back()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var arts = (await admin.Post("/accounts", new { name = "Arts" })).Id("account_id");
        var history = (await admin.Post("/accounts", new { name = "History", parent_id = arts })).Id("account_id");
        var dean = await tenant.NewPerson("Dea Dean");

        var given = (await admin.Post($"/accounts/{arts}/roles", new { user_id = dean.Id, role = "coordinator" })).Expect(201);
        var again = (await admin.Post($"/accounts/{arts}/roles", new { user_id = dean.Id, role = "coordinator" })).Expect(201);
        Assert.Equal(given.Id("role_assignment_id"), again.Id("role_assignment_id"));
        var below = (await dean.Get($"/accounts/{history}/roles")).Expect(200);
        Assert.Equal(("Dea Dean", arts), (below.At("items.0.name").GetString(), below.Id("items.0.account_id")));

        (await dean.Post($"/accounts/{arts}/roles", new { user_id = dean.Id, role = "administrator" })).Expect(403);
        (await admin.Delete($"/accounts/{history}/roles/{given.Id("role_assignment_id")}")).Expect(404);
        (await admin.Delete($"/accounts/{arts}/roles/{given.Id("role_assignment_id")}")).Expect(204);
        (await dean.Get($"/accounts/{history}/roles")).Expect(404);
        Assert.Equal(["role.given", "role.taken"], [
            (await tenant.AuditOf("role.given")).Single().Action, (await tenant.AuditOf("role.taken")).Single().Action]);
    }

    [Theory]
    [InlineData("observer")]
    [InlineData("learner")]
    [InlineData("operator")]
    [InlineData("7")]
    [InlineData(null)]
    public async Task Some_roles_are_not_an_account_s_to_give(string? role)
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var root = (await admin.Get("/accounts")).Id("items.0.account_id");
        (await admin.Post($"/accounts/{root}/roles", new { user_id = admin.Id, role })).Refused(422, "unknown_role");
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var tenant = await app.NewTenant();
        var ada = await FirstAdministrator(tenant);
        var root = (await ada.Get("/accounts")).Id("items.0.account_id");
        var own = (await ada.Get($"/accounts/{root}/roles")).Id("items.0.role_assignment_id");
        (await ada.Delete($"/accounts/{root}/roles/{own}")).Refused(422, "last_administrator");
        (await ada.Get("/users")).Expect(200);

        var second = await tenant.NewPerson();
        (await ada.Post($"/accounts/{root}/roles", new { user_id = second.Id, role = "administrator" })).Expect(201);
        (await second.Put($"/users/{ada.Id}/state", new { state = "suspended" })).Expect(200);
        var theirs = (await second.Get($"/accounts/{root}/roles")).At("items").EnumerateArray()
            .Single(row => row.GetProperty("user_id").GetInt64() == second.Id.Value).GetProperty("role_assignment_id").GetInt64();
        (await second.Delete($"/accounts/{root}/roles/{theirs}")).Refused(422, "last_administrator");
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_the_same_moment()
    {
        var tenant = await app.NewTenant();
        var ada = await FirstAdministrator(tenant);
        var root = (await ada.Get("/accounts")).Id("items.0.account_id");
        var bea = await tenant.NewPerson();
        (await ada.Post($"/accounts/{root}/roles", new { user_id = bea.Id, role = "administrator" })).Expect(201);
        var ids = (await ada.Get($"/accounts/{root}/roles")).At("items").EnumerateArray()
            .Select(row => row.GetProperty("role_assignment_id").GetInt64()).ToList();

        var answers = await Task.WhenAll(ids.Select(id => ada.Delete($"/accounts/{root}/roles/{id}")));
        Assert.Single(answers, answer => (int)answer.Status == 204);
    }

    private static async Task<Signed> FirstAdministrator(TestTenant tenant)
    {
        var email = UniqueEmail();
        var id = await tenant.NewSignIn(email, "Ada Admin");
        await tenant.Do(async services =>
        {
            await services.GetRequiredService<IPeopleAdmin>().MakeAdministrator(id, CancellationToken.None);
            await services.GetRequiredService<IPeopleAdmin>().MakeAdministrator(id, CancellationToken.None);
            return true;
        });
        return new Signed(id.Value, await tenant.Browse(email));
    }

    /// <summary>An administrator at a browser, made as the command line makes the first one.</summary>
    private sealed record Signed(long Id, TestBrowser Browser)
    {
        public Task<Answer> Get(string path) => Browser.Get(path);

        public Task<Answer> Post(string path, object body) => Browser.Post(path, body);

        public Task<Answer> Delete(string path) => Browser.Delete(path);
    }
}
