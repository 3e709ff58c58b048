using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Courses;

public class SetCourseStatusTests(LecternApp app)
{
    private static readonly DateTimeOffset Noon = new(2031, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_course_opens_and_closes_at_the_very_instant()
    {
        var clock = new TestClock(Noon.AddDays(-1));
        await using var host = await app.HostWith(clock);
        var admin = await (await app.NewTenant()).On(host).NewAdministrator();
        var course = await admin.NewCourse(more: new { code = "A", title = "B", starts_at = Noon, ends_at = Noon.AddDays(10) });
        var learner = await course.NewMember(Role.Learner);

        clock.StandAt(Noon.AddTicks(-10));
        (await learner.Get(course.Path)).Expect(404);
        clock.StandAt(Noon);
        Assert.Equal("learner", (await learner.Get(course.Path)).Expect(200).At("roles.0").GetString());
        clock.StandAt(Noon.AddDays(10).AddTicks(-10));
        Assert.Equal("learner", (await learner.Get(course.Path)).Expect(200).At("roles.0").GetString());
        clock.StandAt(Noon.AddDays(10));
        Assert.Equal("past_learner", (await learner.Get(course.Path)).Expect(200).At("roles.0").GetString());
    }

    [Fact]
    public async Task Without_dates_of_its_own_a_course_follows_its_term_and_the_terms_changes()
    {
        var clock = new TestClock(Noon);
        await using var host = await app.HostWith(clock);
        var admin = await (await app.NewTenant()).On(host).NewAdministrator();
        var term = (await admin.Post("/terms", new { name = "Spring", starts_at = Noon.AddDays(5), ends_at = Noon.AddDays(50) }))
            .Expect(201);
        var course = await admin.NewCourse(more: new { code = "A", title = "B", term_id = term.Id("term_id") });
        var learner = await course.NewMember(Role.Learner);
        (await learner.Get(course.Path)).Expect(404);

        (await admin.Put($"/terms/{term.Id("term_id")}",
            new { name = "Spring", starts_at = Noon.AddDays(-1), ends_at = Noon.AddDays(50), version = 1 })).Expect(200);

        (await learner.Get(course.Path)).Expect(200);
        Assert.Equal(Noon.AddDays(50), (await admin.Get(course.Path)).At("course.closes_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Concluding_leaves_learners_reading_and_can_be_undone()
    {
        var course = await app.NewCourse();
        var learner = await course.NewMember(Role.Learner);

        await course.SetStatus("concluded");
        Assert.Equal("past_learner", (await learner.Get(course.Path)).Expect(200).At("roles.0").GetString());
        var late = await course.Tenant.NewPerson();
        (await course.Admin.Post($"{course.Path}/enrollments", new { user_id = late.Id, role = "learner" }))
            .Refused(422, "course_concluded");
        await course.SetStatus("published");
        Assert.Equal("learner", (await learner.Get(course.Path)).Expect(200).At("roles.0").GetString());
    }

    [Fact]
    public async Task Publishing_is_undone_only_while_no_learner_can_have_been_inside()
    {
        var course = await app.NewCourse();
        await course.SetStatus("draft");
        (await course.Admin.Put($"{course.Path}/status", new { status = "concluded", version = await course.Version() }))
            .Refused(422, "status_order");
        await course.SetStatus("published");
        await course.NewMember(Role.Learner);

        (await course.Admin.Put($"{course.Path}/status", new { status = "draft", version = await course.Version() }))
            .Refused(422, "course_in_use");
        (await course.Admin.Put($"{course.Path}/status", new { status = "deleted", version = await course.Version() }))
            .Refused(422, "status_unknown");
    }

    [Fact]
    public async Task A_change_that_saw_an_older_version_is_shown_both_values()
    {
        var course = await app.NewCourse();
        (await course.Admin.Put($"{course.Path}/status", new { status = "concluded" })).Refused(422, "version_required");
        var refused = (await course.Admin.Put($"{course.Path}/status", new { status = "concluded", version = 1 })).Refused(409, "conflict");
        Assert.Equal("published", refused.At("current.status").GetString());
        Assert.Equal("concluded", refused.At("yours.status").GetString());
    }

    [Fact]
    public async Task Only_those_who_manage_the_course_may_and_strangers_know_of_none()
    {
        var course = await app.NewCourse();
        var (learner, stranger) = (await course.NewMember(Role.Learner), await course.Tenant.NewPerson());
        var foreign = await (await app.NewTenant()).NewAdministrator();
        var body = new { status = "concluded", version = 2 };

        (await learner.Put($"{course.Path}/status", body)).Refused(403, "forbidden");
        (await stranger.Put($"{course.Path}/status", body)).Refused(404, "not_found");
        (await foreign.Put($"/courses/{course.Id.Value + 999_999}/status", body)).Refused(404, "not_found");
        (await course.Tenant.Nobody().Put($"{course.Path}/status", body)).Expect(401);
    }
}
