using System.Diagnostics;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Enrollments;

public class EnrollPersonTests(LecternApp app)
{
    [Fact]
    public async Task A_person_enrolled_by_number_or_address_is_in_at_once()
    {
        var course = await app.NewCourse();
        var (ann, bob) = (await course.Tenant.NewPerson("Ann"), await course.Tenant.NewPerson("Bob"));

        (await course.Admin.Post($"{course.Path}/enrollments", new { user_id = ann.Id, role = "learner" })).Expect(201);
        (await course.Admin.Post($"{course.Path}/enrollments", new { email = bob.Email.ToUpperInvariant(), role = "teaching_assistant" }))
            .Expect(201);

        Assert.Equal("learner", (await ann.Get(course.Path)).Expect(200).At("roles.0").GetString());
        Assert.Equal("teaching_assistant", (await bob.Get(course.Path)).Expect(200).At("roles.0").GetString());
    }

    [Fact]
    public async Task Enrolling_again_changes_nothing_and_after_an_end_revives_the_seat()
    {
        var course = await app.NewCourse();
        var person = await course.Tenant.NewPerson();
        var body = new { user_id = person.Id, role = "learner" };
        var first = (await course.Admin.Post($"{course.Path}/enrollments", body)).Expect(201).Id("enrollment_id");
        Assert.Equal(first, (await course.Admin.Post($"{course.Path}/enrollments", body)).Expect(200).Id("enrollment_id"));

        (await course.Admin.Delete($"/enrollments/{first}")).Expect(204);
        (await person.Get(course.Path)).Expect(404);
        Assert.Equal(first, (await course.Admin.Post($"{course.Path}/enrollments", body)).Expect(201).Id("enrollment_id"));
        (await person.Get(course.Path)).Expect(200);
    }

    [Fact]
    public async Task The_answer_comes_within_a_tenth_of_a_second()
    {
        var course = await app.NewCourse();
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var person = await course.Tenant.NewPerson();
            var clock = Stopwatch.StartNew();
            await course.Enroll(person, Role.Learner);
            if (clock.Elapsed < best) best = clock.Elapsed;
        }

        Assert.True(best.TotalMilliseconds < 100, $"{best.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Who_or_what_is_unknown_is_refused_by_field()
    {
        var course = await app.NewCourse();
        var other = await course.Admin.NewCourse("OTHER");
        var person = await course.Tenant.NewPerson();

        async Task Refused(object body, string code) => (await course.Admin.Post($"{course.Path}/enrollments", body)).Refused(422, code);
        await Refused(new { role = "learner" }, "person_required");
        await Refused(new { email = "nobody@nowhere.example", role = "learner" }, "person_unknown");
        await Refused(new { user_id = 999_999_999, role = "learner" }, "person_unknown");
        await Refused(new { user_id = person.Id, role = "administrator" }, "role_unknown");
        await Refused(new { user_id = person.Id, role = "past_learner" }, "role_unknown");
        await Refused(new { user_id = person.Id, role = "learner", section_id = other.Section.Value }, "section_unknown");
    }

    [Fact]
    public async Task A_person_of_another_institution_cannot_be_enrolled_and_its_courses_are_unknown()
    {
        var course = await app.NewCourse();
        var foreign = await (await app.NewTenant()).NewAdministrator();
        (await foreign.Post($"/courses/{course.Id.Value + 7_000_000}/enrollments", new { user_id = foreign.Id, role = "learner" }))
            .Expect(404);
        (await (await course.NewMember(Role.Learner)).Post($"{course.Path}/enrollments", new { user_id = 1, role = "instructor" }))
            .Expect(403);
        (await (await course.NewMember(Role.TeachingAssistant))
            .Post($"{course.Path}/enrollments", new { user_id = 1, role = "instructor" })).Expect(403);
    }

    [Fact]
    public async Task Two_requests_at_once_make_one_seat()
    {
        var course = await app.NewCourse();
        var person = await course.Tenant.NewPerson();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => course.Admin.Post($"{course.Path}/enrollments", new { user_id = person.Id, role = "learner" })));

        Assert.Single(answers.Select(answer => answer.Id("enrollment_id")).Distinct());
        Assert.Single(answers, answer => (int)answer.Status == 201);
    }
}
