using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Enrollments;

public class ChangeEnrollmentTests(LecternApp app)
{
    [Fact]
    public async Task A_changed_role_is_what_the_person_may_do_from_then_on()
    {
        var course = await app.NewCourse();
        var person = await course.Tenant.NewPerson();
        var seat = (await course.Enroll(person, Role.Learner)).Value;

        (await course.Admin.Put($"/enrollments/{seat}", new { role = "instructor", version = 1 })).Expect(200);

        Assert.Equal(["instructor"], (await person.Get(course.Path)).At("roles").EnumerateArray().Select(role => role.GetString()!));
        (await course.Admin.Put($"/enrollments/{seat}", new { role = "learner", version = 1 })).Refused(409, "conflict");
    }

    [Fact]
    public async Task Inactive_people_are_outside_and_completed_learners_read()
    {
        var course = await app.NewCourse();
        var person = await course.Tenant.NewPerson();
        var seat = (await course.Enroll(person, Role.Learner)).Value;

        (await course.Admin.Put($"/enrollments/{seat}", new { state = "inactive", version = 1 })).Expect(200);
        (await person.Get(course.Path)).Expect(404);
        (await course.Admin.Put($"/enrollments/{seat}", new { state = "completed", version = 2 })).Expect(200);
        Assert.Equal("past_learner", (await person.Get(course.Path)).Expect(200).At("roles.0").GetString());
        (await course.Admin.Put($"/enrollments/{seat}", new { state = "deleted", version = 3 })).Refused(422, "state_unknown");
    }

    [Fact]
    public async Task A_place_that_is_taken_cannot_be_moved_to()
    {
        var course = await app.NewCourse();
        var person = await course.Tenant.NewPerson();
        var learner = (await course.Enroll(person, Role.Learner)).Value;
        await course.Enroll(person, Role.Instructor);
        (await course.Admin.Put($"/enrollments/{learner}", new { role = "instructor", version = 1 })).Refused(409, "already_exists");
    }

    [Fact]
    public async Task Enrolment_dates_narrow_what_the_person_may_do()
    {
        var noon = new DateTimeOffset(2031, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var clock = new TestClock(noon);
        await using var host = await app.HostWith(clock);
        var course = await (await (await app.NewTenant()).On(host).NewAdministrator()).NewCourse();
        var person = await course.Tenant.NewPerson();
        var seat = (await course.Enroll(person, Role.Learner)).Value;
        (await course.Admin.Put($"/enrollments/{seat}", new { starts_at = noon.AddDays(1), ends_at = noon.AddDays(2), version = 1 }))
            .Expect(200);

        (await person.Get(course.Path)).Expect(404);
        clock.StandAt(noon.AddDays(1));
        Assert.Equal("learner", (await person.Get(course.Path)).Expect(200).At("roles.0").GetString());
        clock.StandAt(noon.AddDays(2));
        Assert.Equal("past_learner", (await person.Get(course.Path)).Expect(200).At("roles.0").GetString());
    }

    [Fact]
    public async Task Learners_change_nobodys_enrolment_and_strangers_know_of_none()
    {
        var course = await app.NewCourse();
        var learner = await course.Tenant.NewPerson();
        var seat = (await course.Enroll(learner, Role.Learner)).Value;
        (await learner.Put($"/enrollments/{seat}", new { role = "instructor", version = 1 })).Refused(403, "forbidden");
        (await learner.Delete($"/enrollments/{seat}")).Refused(403, "forbidden");
        (await (await course.Tenant.NewPerson()).Delete($"/enrollments/{seat}")).Refused(404, "not_found");
        (await course.Admin.Delete("/enrollments/987654321")).Refused(404, "not_found");
    }
}
