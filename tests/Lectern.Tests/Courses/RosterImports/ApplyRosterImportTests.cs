using Lectern.Platform.Data;
using Lectern.Tests.Courses.Rosters;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Courses.RosterImports;

public class ApplyRosterImportTests(LecternApp app)
{
    private static readonly (string Name, string Text)[] Canvas =
    [
        ("accounts.csv", "account_id,parent_account_id,name,status\nSCI,,Science,active\nBIO,SCI,Biology,active\n"),
        ("terms.csv", "term_id,name,status,start_date,end_date\nT1,Autumn,active,2020-09-01,2040-01-31\n"),
        ("users.csv", "user_id,login_id,first_name,last_name,email,status\nU1,ann,Ann,Able,ann@school.example,active\n" +
            "U2,bob,Bob,Baker,bob@school.example,active\nU3,cy,Cy,Clark,cy@school.example,active\n"),
        ("courses.csv", "course_id,short_name,long_name,account_id,term_id,status\nC1,BIO-1,Biology,BIO,T1,published\n" +
            "C2,BIO-2,More,BIO,T1,active\n"),
        ("sections.csv", "section_id,course_id,name,status\nS1,C1,Morning,active\n"),
        ("enrollments.csv", "course_id,user_id,role,section_id,status\nC1,U1,teacher,,active\n" +
            "C1,U2,student,,active\n,U3,student,S1,active\n"),
        ("group_categories.csv", "group_category_id,course_id,category_name,status\nG,C1,Labs,active\n"),
        ("groups.csv", "group_id,group_category_id,name,status\nG1,G,Lab 1,available\n"),
        ("groups_membership.csv", "group_id,user_id,status\nG1,U2,accepted\n"),
        ("xlists.csv", "xlist_course_id,section_id,status\nC2,S1,active\n"),
        ("user_observers.csv", "observer_id,student_id,status\nU3,U2,active\n"),
    ];

    [Fact]
    public async Task A_roster_is_applied_as_previewed_and_a_second_time_changes_nothing()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var preview = (await admin.Upload("roster.zip", RosterUpload.Pack(Canvas))).Expect(201);
        Assert.Equal("planned", preview.At("state").GetString());
        Assert.Equal((17, 0, 0), preview.Counts());
        Assert.Empty((await admin.Get("/courses")).At("items").EnumerateArray());

        Assert.Equal("applied", (await admin.Apply(preview.Id("roster_import_id"))).At("state").GetString());

        var courses = (await admin.Get("/courses")).At("items");
        Assert.Equal(["BIO-1", "BIO-2"], courses.EnumerateArray().Select(course => course.GetProperty("code").GetString()!));
        var second = courses[1].GetProperty("course_id").GetInt64();
        var people = (await admin.Get($"/courses/{second}/enrollments")).At("items");
        Assert.Equal(["Cy Clark"], people.EnumerateArray().Select(person => person.GetProperty("name").GetString()!));

        var again = (await admin.Upload("roster.zip", RosterUpload.Pack(Canvas))).Expect(201);
        Assert.True(again.Counts() == (0, 0, 0), (await admin.Get($"/roster-imports/{again.Id("roster_import_id")}/rows")).Text);
        Assert.Equal("applied", (await admin.Apply(again.Id("roster_import_id"))).At("state").GetString());
    }

    [Fact]
    public async Task Every_real_set_is_applied_once_and_has_no_effect_the_second_time()
    {
        var applied = 0;
        foreach (var path in RosterUpload.Material("oneroster").Concat(RosterUpload.Material("csv")))
        {
            var admin = await (await app.NewTenant()).NewAdministrator();
            var preview = await Send(admin, path);
            if (preview.At("state").GetString() == "refused")
            {
                Assert.NotEqual(0, preview.At("summary.errors").GetInt32());
                continue;
            }

            var import = await admin.Apply(preview.Id("roster_import_id"));
            Assert.True(import.At("state").GetString() == "applied", $"{path}: {import.Text}");
            var again = await Send(admin, path);
            Assert.True(again.Counts() == (0, 0, 0),
                $"{path}: {(await admin.Get($"/roster-imports/{again.Id("roster_import_id")}/rows")).Text}");
            applied++;
        }

        Assert.NotEqual(0, applied);
    }

    [Fact]
    public async Task Ten_thousand_enrolments_take_less_than_a_minute()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var preview = (await admin.Upload("large.zip", RosterUpload.Pack(RosterSample.Large(4000, 200, 10_000)))).Expect(201);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var import = await admin.Apply(preview.Id("roster_import_id"));
        TestContext.Current.SendDiagnosticMessage(
            $"10,000 enrolments with 4,000 people and 200 courses: {clock.Elapsed.TotalSeconds:0.0} s");

        Assert.Equal("applied", import.At("state").GetString());
        Assert.True(clock.Elapsed.TotalSeconds < 60, $"{clock.Elapsed}");
        var again = (await admin.Upload("large.zip", RosterUpload.Pack(RosterSample.Large(4000, 200, 10_000)))).Expect(201);
        Assert.Equal((0, 0, 0), again.Counts());
    }

    [Fact]
    public async Task A_quiet_roster_is_heard_by_the_course_and_not_person_by_person()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var preview = (await admin.Upload("large.zip", RosterUpload.Pack(RosterSample.Large(300, 4, 1200)))).Expect(201);
        await admin.Apply(preview.Id("roster_import_id"));

        var raised = await admin.Tenant.Rows<int>(db => $"""
            SELECT count(*)::int FROM platform.outbox WHERE tenant_id = {db.Tenant} AND type LIKE 'courses.pe%_enrolled' GROUP BY type
            """);
        Assert.Equal(8, Assert.Single(raised));
    }

    [Fact]
    public async Task Messages_are_sent_when_they_are_asked_for()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var preview = (await admin.Upload("large.zip", RosterUpload.Pack(RosterSample.Large(20, 2, 30)))).Expect(201);
        await admin.Apply(preview.Id("roster_import_id"), new { notify = true });

        var raised = await admin.Tenant.Rows<int>(db => $"""
            SELECT count(*)::int FROM platform.outbox WHERE tenant_id = {db.Tenant} AND type = 'courses.person_enrolled'
            """);
        Assert.Equal(30, raised[0]);
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_not_overwritten()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var first = (await admin.Upload("users.csv", "user_id,full_name,email,status\nU1,Ann,ann@a.example,active\n")).Expect(201);
        var second = (await admin.Upload("users.csv", "user_id,full_name,email,status\nU1,Anna,ann@a.example,active\n")).Expect(201);
        Assert.Equal("applied", (await admin.Apply(second.Id("roster_import_id"))).At("state").GetString());

        Assert.Equal("outdated", (await admin.Apply(first.Id("roster_import_id"))).At("state").GetString());

        (await admin.Post($"/roster-imports/{first.Id("roster_import_id")}/application", new { })).Refused(422, "plan_outdated");
        (await admin.Post($"/roster-imports/{second.Id("roster_import_id")}/application", new { })).Refused(422, "roster_import_state");
    }

    [Fact]
    public async Task A_roster_never_ends_the_last_administrator()
    {
        var tenant = await app.NewTenant();
        var (ada, bea) = (await tenant.NewAdministrator(), await tenant.NewAdministrator("Bea Admin"));
        // The roster takes over both by their addresses, then is told that both have left.
        string Roster(string ada_, string bea_) => "user_id,full_name,email,status\n"
            + $"A,Ada Admin,{ada.Email},{ada_}\nB,Bea Admin,{bea.Email},{bea_}\n";
        Assert.Equal("applied", (await ada.Apply((await ada.Upload("users.csv", Roster("active", "active"))).Id("roster_import_id")))
            .At("state").GetString());

        foreach (var word in new[] { "suspended", "deleted" })
        {
            var refused = (await ada.Upload("users.csv", Roster(word, word))).Expect(201);
            Assert.Equal(("refused", 2), (refused.At("state").GetString(), refused.At("summary.errors").GetInt32()));
            var rows = (await ada.Get($"/roster-imports/{refused.Id("roster_import_id")}/rows")).At("items").EnumerateArray().ToList();
            Assert.Equal([2, 3], rows.Where(row => row.GetProperty("code").GetString() == "last_administrator")
                .Select(row => row.GetProperty("line").GetInt32()));
        }

        // One of two may go; between preview and application the other went too, and then nobody goes.
        var one = (await ada.Upload("users.csv", Roster("active", "suspended"))).Expect(201);
        Assert.Equal("planned", one.At("state").GetString());
        await tenant.Do(async services => await services.GetRequiredService<TenantDb>()
            .Execute($"UPDATE users SET state = 'suspended' WHERE tenant_id = {ada.Tenant.Id} AND user_id = {ada.Id}", default));
        Assert.Equal("outdated", (await bea.Apply(one.Id("roster_import_id"), new { confirm_holds = true })).At("state").GetString());
        (await bea.Get("/profile")).Expect(200);
    }

    [Fact]
    public async Task Many_deletions_wait_for_somebody_who_means_them()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var all = (await admin.Upload("courses.csv", Courses("active"))).Expect(201);
        await admin.Apply(all.Id("roster_import_id"));
        var none = (await admin.Upload("courses.csv", Courses("deleted"))).Expect(201);
        Assert.Equal("deletes_many", none.At("summary.holds.0.code").GetString());

        (await admin.Post($"/roster-imports/{none.Id("roster_import_id")}/application", new { })).Refused(422, "holds_unconfirmed");
        await admin.Apply(none.Id("roster_import_id"), new { confirm_holds = true });

        Assert.Empty((await admin.Get("/courses")).At("items").EnumerateArray());
    }

    private static string Courses(string status) => "course_id,short_name,long_name,status\n" +
        string.Concat(Enumerable.Range(1, 5).Select(number => $"C{number},C{number},Course {number},{status}\n"));

    private static async Task<Answer> Send(TestPerson admin, string path)
    {
        await using var file = File.OpenRead(path);
        return (await admin.Upload(Path.GetFileName(path), file)).Expect(201);
    }
}
