using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Courses.Courses;

public class ListCoursesTests(LecternApp app)
{
    [Fact]
    public async Task Everybody_sees_the_courses_their_roles_reach_and_no_others()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var biology = await admin.NewCourse("BIO");
        await admin.NewCourse("CHEM");
        var learner = await biology.NewMember(Role.Learner);

        Assert.Equal(["BIO"], await Codes(learner, "/courses"));
        Assert.Equal(["BIO", "CHEM"], await Codes(admin, "/courses"));
        Assert.Empty(await Codes(admin, "/courses?mine=true"));
        Assert.Equal(["BIO"], await Codes(learner, "/courses?mine=true"));
        Assert.Equal("learner", (await learner.Get("/courses")).At("items.0.roles.0").GetString());
    }

    [Fact]
    public async Task A_list_is_searched_filtered_and_turned_page_by_page()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        for (var number = 1; number <= 5; number++) await admin.NewCourse($"C{number}", published: number % 2 == 0);

        Assert.Equal(["C2", "C4"], await Codes(admin, "/courses?status=published"));
        Assert.Equal(["C3"], await Codes(admin, "/courses?search=c3%20BIO"));
        Assert.Empty(await Codes(admin, "/courses?search=%25"));
        var first = (await admin.Get("/courses?limit=2")).Expect(200);
        var after = first.At("next").GetString();
        Assert.Equal(["C3", "C4"], await Codes(admin, $"/courses?limit=2&after={after}"));
        (await admin.Get("/courses?status=open")).Refused(422, "status_unknown");
    }

    [Fact]
    public async Task Who_administers_a_sub_account_sees_what_is_below_it()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var dean = await tenant.NewPerson();
        var faculty = await tenant.Do(async services =>
        {
            var made = await services.GetRequiredService<IPeople>()
                .EnsureAccounts([new("SCI", null, "Science", true)], CancellationToken.None);
            await services.GetRequiredService<Grants>()
                .Give(dean.Id, Role.Administrator, Scope.Of("account", made[0].AccountId.Value), "test", CancellationToken.None);
            return made[0].AccountId;
        });
        await admin.NewCourse(more: new { code = "SCI", title = "Science", account_id = faculty });
        await admin.NewCourse("ART");

        Assert.Equal(["SCI"], await Codes(dean, "/courses"));
        (await dean.Post("/courses", new { code = "SCI2", title = "More", account_id = faculty })).Expect(201);
        (await dean.Post("/courses", new { code = "ROOT", title = "Not mine" })).Refused(403, "forbidden");
    }

    private static async Task<string[]> Codes(TestPerson person, string path) =>
        [.. (await person.Get(path)).Expect(200).At("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!)];
}
