using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Sections;

public class SectionTests(LecternApp app)
{
    private static readonly DateTimeOffset Noon = new(2031, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Section_dates_narrow_its_learners_time_to_the_instant_and_nobody_elses()
    {
        var clock = new TestClock(Noon);
        await using var host = await app.HostWith(clock);
        var admin = await (await app.NewTenant()).On(host).NewAdministrator();
        var course = await admin.NewCourse(more: new { code = "A", title = "B", starts_at = Noon, ends_at = Noon.AddDays(30) });
        var evening = await course.NewSection("Evening", Noon.AddDays(5), Noon.AddDays(10));
        var (late, teacher, usual) = (await course.Tenant.NewPerson(), await course.Tenant.NewPerson(),
            await course.NewMember(Role.Learner));
        await course.Enroll(late, Role.Learner, evening);
        await course.Enroll(teacher, Role.Instructor, evening);

        (await late.Get(course.Path)).Expect(404);
        (await teacher.Get(course.Path)).Expect(200);
        (await usual.Get(course.Path)).Expect(200);
        clock.StandAt(Noon.AddDays(5));
        Assert.Equal("learner", (await late.Get(course.Path)).Expect(200).At("roles.0").GetString());
        clock.StandAt(Noon.AddDays(10));
        Assert.Equal("past_learner", (await late.Get(course.Path)).Expect(200).At("roles.0").GetString());

        var longer = new { name = "Evening", starts_at = Noon.AddDays(5), ends_at = Noon.AddDays(60), version = 1 };
        (await admin.Put($"{course.Path}/sections/{evening}", longer)).Expect(200);
        Assert.Equal("learner", (await late.Get(course.Path)).Expect(200).At("roles.0").GetString());
        clock.StandAt(Noon.AddDays(30));
        Assert.Equal("past_learner", (await late.Get(course.Path)).Expect(200).At("roles.0").GetString());
    }

    [Fact]
    public async Task A_section_is_changed_by_the_version_seen_and_found_in_its_own_course_only()
    {
        var course = await app.NewCourse();
        var other = await course.Admin.NewCourse("OTHER");
        var section = await course.NewSection("Morning");

        (await course.Admin.Put($"{course.Path}/sections/{section}", new { name = "Noon", version = 1 })).Expect(200);
        var refused = (await course.Admin.Put($"{course.Path}/sections/{section}", new { name = "Night", version = 1 }))
            .Refused(409, "conflict");
        Assert.Equal("Noon", refused.At("current.name").GetString());
        (await course.Admin.Put($"{other.Path}/sections/{section}", new { name = "X", version = 2 })).Refused(404, "not_found");
        (await course.Admin.Post($"{course.Path}/sections", new { name = " " })).Refused(422, "name_required");
        (await (await course.NewMember(Role.Learner)).Post($"{course.Path}/sections", new { name = "Mine" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task A_cross_listed_section_takes_its_people_along_and_brings_them_home()
    {
        var home = await app.NewCourse();
        var other = await home.Admin.NewCourse("OTHER");
        var section = await home.NewSection("Shared");
        var learner = await home.Tenant.NewPerson("Leo Learner");
        await home.Enroll(learner, Role.Learner, section);

        (await home.Admin.Put($"/sections/{section}/cross-listing", new { course_id = other.Id, version = 1 })).Expect(200);
        (await learner.Get(home.Path)).Expect(404);
        (await learner.Get(other.Path)).Expect(200);
        Assert.Single((await home.Admin.Get($"{other.Path}/enrollments")).At("items").EnumerateArray());
        Assert.Empty((await home.Admin.Get($"{home.Path}/enrollments")).At("items").EnumerateArray());
        var listed = (await home.Admin.Get($"{other.Path}/sections")).At("items")[1];
        Assert.Equal((true, home.Id.Value),
            (listed.GetProperty("is_cross_listed").GetBoolean(), listed.GetProperty("home_course_id").GetInt64()));

        (await home.Admin.Put($"/sections/{section}/cross-listing", new { course_id = (long?)null, version = 1 })).Refused(409, "conflict");
        (await home.Admin.Put($"/sections/{section}/cross-listing", new { course_id = (long?)null, version = 2 })).Expect(200);
        (await learner.Get(home.Path)).Expect(200);
        (await learner.Get(other.Path)).Expect(404);
    }

    [Fact]
    public async Task Teachers_do_not_move_sections_and_unknown_courses_take_none()
    {
        var course = await app.NewCourse();
        var teacher = await course.NewMember(Role.Instructor);
        var section = await course.NewSection("Morning");
        (await teacher.Put($"/sections/{section}/cross-listing", new { course_id = 1, version = 1 })).Refused(403, "forbidden");
        (await course.Admin.Put($"/sections/{section}/cross-listing", new { course_id = 987_654_321, version = 1 }))
            .Refused(422, "course_unknown");
        (await course.Admin.Put("/sections/987654321/cross-listing", new { course_id = 1, version = 1 })).Refused(404, "not_found");
    }
}
