using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Enrollments;

public class EnrollPeopleTests(LecternApp app)
{
    [Fact]
    public async Task All_are_enrolled_or_nobody()
    {
        var course = await app.NewCourse();
        var (ann, bob) = (await course.Tenant.NewPerson(), await course.Tenant.NewPerson());

        var refused = (await course.Admin.Post($"{course.Path}/enrollments/batch",
            new { user_ids = new[] { ann.Id }, emails = new[] { bob.Email, "x@y.example" }, role = "learner" }))
            .Refused(422, "people_unknown");
        Assert.Equal("emails[1]", refused.At("errors.0.field").GetString());
        (await ann.Get(course.Path)).Expect(404);

        var done = (await course.Admin.Post($"{course.Path}/enrollments/batch",
            new { user_ids = new[] { ann.Id }, emails = new[] { bob.Email }, role = "learner" })).Expect(200);
        Assert.Equal(2, done.At("enrolled").GetInt32());
        (await ann.Get(course.Path)).Expect(200);
        var again = (await course.Admin.Post($"{course.Path}/enrollments/batch",
            new { user_ids = new[] { ann.Id, bob.Id }, role = "learner" })).Expect(200);
        Assert.Equal((0, 2), (again.At("enrolled").GetInt32(), again.At("already_in").GetInt32()));
    }

    [Fact]
    public async Task An_empty_list_and_a_learners_wish_are_refused()
    {
        var course = await app.NewCourse();
        (await course.Admin.Post($"{course.Path}/enrollments/batch", new { role = "learner" })).Refused(422, "people_count");
        (await (await course.NewMember(Role.Learner)).Post($"{course.Path}/enrollments/batch", new { role = "learner" })).Expect(403);
    }
}
