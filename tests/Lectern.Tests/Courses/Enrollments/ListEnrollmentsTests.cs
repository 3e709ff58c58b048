using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Enrollments;

public class ListEnrollmentsTests(LecternApp app)
{
    [Fact]
    public async Task People_stand_by_sortable_name_and_are_found_by_role_section_and_name()
    {
        var course = await app.NewCourse();
        var section = await course.NewSection("Evening");
        await course.NewMember(Role.Instructor, "Ines Zander");
        await course.NewMember(Role.Learner, "Zoe Adams");
        await course.Enroll(await course.Tenant.NewPerson("Leo Baker"), Role.Learner, section);

        Assert.Equal(["Zoe Adams", "Leo Baker", "Ines Zander"], await Names(course.Admin, course.Path));
        Assert.Equal(["Zoe Adams", "Leo Baker"], await Names(course.Admin, course.Path, "?role=learner"));
        Assert.Equal(["Leo Baker"], await Names(course.Admin, course.Path, $"?section_id={section}"));
        Assert.Equal(["Ines Zander"], await Names(course.Admin, course.Path, "?search=zand"));
        (await course.Admin.Get($"{course.Path}/enrollments?role=king")).Refused(422, "role_unknown");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var course = await app.NewCourse();
        for (var number = 1; number <= 5; number++) await course.NewMember(Role.Learner, $"Same Name");
        var (seen, after) = (new HashSet<long>(), string.Empty);
        do
        {
            var page = (await course.Admin.Get($"{course.Path}/enrollments?limit=2&after={after}")).Expect(200);
            foreach (var item in page.At("items").EnumerateArray()) Assert.True(seen.Add(item.GetProperty("enrollment_id").GetInt64()));
            after = page.At("next").GetString();
        }
        while (after is not null);
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Addresses_are_for_staff_and_a_guardian_sees_no_class()
    {
        var course = await app.NewCourse();
        var (learner, teacher, observer) =
            (await course.NewMember(Role.Learner), await course.NewMember(Role.Instructor), await course.NewMember(Role.Observer));

        Assert.Null((await learner.Get($"{course.Path}/enrollments")).Expect(200).At("items.0.email").GetString());
        Assert.NotNull((await teacher.Get($"{course.Path}/enrollments")).Expect(200).At("items.0.email").GetString());
        (await observer.Get($"{course.Path}/enrollments")).Expect(403);
        (await (await course.Tenant.NewPerson()).Get($"{course.Path}/enrollments")).Expect(404);
    }

    [Fact]
    public async Task Looking_is_written_down_once_for_a_list()
    {
        var course = await app.NewCourse();
        var teacher = await course.NewMember(Role.Instructor);
        await course.NewMember(Role.Learner);
        var first = (await teacher.Get($"{course.Path}/enrollments?limit=1")).Expect(200);
        (await teacher.Get($"{course.Path}/enrollments?limit=1&after={first.At("next").GetString()}")).Expect(200);

        var entries = (await course.Admin.Get($"/audit-entries?action=roster.read&subject=course:{course.Id.Value}")).Expect(200)
            .At("items");
        Assert.Equal(teacher.Id.Value, Assert.Single(entries.EnumerateArray()).GetProperty("actor_id").GetInt64());
        Assert.Equal(teacher.Name, entries[0].GetProperty("actor_name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entries[0].GetProperty("subject_name").ValueKind);
    }

    [Fact]
    public async Task The_audit_log_names_whom_an_entry_is_about()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator("Ada Admin");
        var person = await tenant.NewPerson("Leo Learner");
        (await admin.Get($"/users/{person.Id.Value}")).Expect(200);

        var entry = (await admin.Get($"/audit-entries?subject=user:{person.Id.Value}&action=person.read")).Expect(200).At("items.0");
        Assert.Equal("Ada Admin", entry.GetProperty("actor_name").GetString());
        Assert.Equal("Leo Learner", entry.GetProperty("subject_name").GetString());
    }

    private static async Task<string[]> Names(TestPerson person, string course, string query = "") =>
        [.. (await person.Get($"{course}/enrollments{query}"))
        .Expect(200).At("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
}
