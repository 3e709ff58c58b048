using Lectern.Contracts.Identity;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Identity.Users;

public sealed class EnsurePeopleTests(LecternApp app)
{
    [Fact]
    public async Task A_roster_adds_updates_and_repeats_without_effect()
    {
        var tenant = await app.NewTenant();
        RosterPerson[] roster =
        [
            new("1", "a@example.edu", "Ann Able", null, "ann", true), new("2", null, "Bob Best", "Best, Bob", null, true),
            new(null, "c@example.edu", "Cy Cole", null, null, true),
        ];
        var first = await Ensure(tenant, roster);
        Assert.All(first, person => Assert.True(person.Added));
        Assert.Equal(first.Select(person => person.UserId), first.Select(person => person.UserId).Distinct());
        var again = await Ensure(tenant, roster);
        Assert.All(again, person => Assert.False(person.Added || person.Changed));
        Assert.Equal(first.Select(person => person.UserId), again.Select(person => person.UserId));

        var changed = await Ensure(
            tenant, [new("1", null, "Ann Abel", null, null, true), new("3", "C@example.edu", "Cy Cole", null, null, true)]);
        Assert.Equal([(first[0].UserId, true), (first[2].UserId, true)], changed.Select(person => (person.UserId, person.Changed)));
        Assert.Equal(["Abel, Ann", "Best, Bob", "Cole, Cy"], await tenant.Rows<string>(db =>
            $"SELECT sortable_name FROM people WHERE tenant_id = {db.Tenant} ORDER BY user_id"));
    }

    [Fact]
    public async Task Two_ids_are_two_persons_whatever_address_they_share()
    {
        var tenant = await app.NewTenant();
        var people = await Ensure(tenant,
            [new("1", "family@example.edu", "Ann", null, null, true), new("2", "family@example.edu", "Bob", null, null, true)]);
        Assert.NotEqual(people[0].UserId, people[1].UserId);
        var repeated = await Ensure(tenant, [new("1", "x@example.edu", "Ann", null, null, true), new("1", null, "Ann", null, null, true)]);
        Assert.Equal(people[0].UserId, repeated[0].UserId);
        Assert.Equal(people[0].UserId, repeated[1].UserId);
    }

    [Fact]
    public async Task Whoever_a_roster_drops_is_suspended_and_signed_out()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewPerson("Leo Learner");
        await Ensure(tenant, [new("9", person.Email, "Leo Learner", null, null, false)]);
        (await person.Get("/profile")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Ten_thousand_people_come_in_within_a_minute()
    {
        var tenant = await app.NewTenant();
        var roster = Enumerable.Range(0, 10_000)
            .Select(i => new RosterPerson($"{i}", $"p{i}@example.edu", $"Given{i} Family{i}", null, null, true)).ToList();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var added = await Ensure(tenant, roster);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        var names = await tenant.Rows<string>(db =>
            $"SELECT name FROM users WHERE tenant_id = {db.Tenant} AND user_id = {added[1234].UserId}");
        Assert.Equal("Given1234 Family1234", names.Single());
    }

    [Fact]
    public async Task A_tree_of_accounts_follows_the_roster()
    {
        var tenant = await app.NewTenant();
        RosterAccountRow[] rows = [new("u", null, "University", true), new("a", "u", "Arts", true), new("h", "a", "History", true)];
        var first = await Accounts(tenant, rows);
        Assert.Equal(first, await Accounts(tenant, rows));
        await Accounts(tenant, [new("h", "u", "History & Classics", true)]);
        var admin = await tenant.NewAdministrator();
        var history = (await admin.Get($"/accounts/{first[2].AccountId.Value}")).Expect(200);
        Assert.Equal(first[0].AccountId.Value, history.Id("parent_id"));
        Assert.Equal("History & Classics", history.At("name").GetString());
    }

    private static Task<IReadOnlyList<KnownPerson>> Ensure(TestTenant tenant, IReadOnlyList<RosterPerson> people) =>
        tenant.Do(services => services.GetRequiredService<IPeople>().Ensure(people, CancellationToken.None));

    private static Task<IReadOnlyList<KnownAccount>> Accounts(TestTenant tenant, IReadOnlyList<RosterAccountRow> rows) =>
        tenant.Do(services => services.GetRequiredService<IPeople>().EnsureAccounts(rows, CancellationToken.None));
}
