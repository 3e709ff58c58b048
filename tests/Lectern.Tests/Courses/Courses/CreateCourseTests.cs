using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Courses;

public class CreateCourseTests(LecternApp app)
{
    [Fact]
    public async Task A_course_begins_as_a_draft_with_one_section_that_learners_do_not_see()
    {
        var course = await app.NewCourse(published: false);
        var learner = await course.NewMember(Role.Learner);

        var shown = (await course.Admin.Get(course.Path)).Expect(200);
        Assert.Equal("draft", shown.At("course.status").GetString());
        Assert.Equal("Europe/Berlin", shown.At("course.time_zone").GetString());
        Assert.Equal(1, (await course.Admin.Get($"{course.Path}/sections")).Expect(200).At("items").GetArrayLength());
        (await learner.Get(course.Path)).Expect(404);
        Assert.Equal(0, (await learner.Get("/courses")).Expect(200).At("items").GetArrayLength());
    }

    [Theory]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    public async Task A_time_zone_must_be_one_that_browsers_know(string zone)
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        (await admin.Post("/courses", new { code = "A", title = "B", time_zone = zone })).Refused(422, "time_zone_unknown");
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_field()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        (await admin.Post("/courses", new { code = "A" })).Refused(422, "title_required");
        (await admin.Post("/courses", new { title = "A" })).Refused(422, "code_required");
        (await admin.Post("/courses", new { code = "A", title = "B", color = "red" })).Refused(422, "color_shape");
        (await admin.Post("/courses", new { code = "A", title = "B", term_id = 12345 })).Refused(422, "term_unknown");
        var reversed = await admin.Post("/courses",
            new { code = "A", title = "B", starts_at = "2026-09-02T00:00:00Z", ends_at = "2026-09-01T00:00:00Z" });
        Assert.Equal("ends_at", reversed.Refused(422, "dates_reversed").At("errors.0.field").GetString());
    }

    [Fact]
    public async Task Who_teaches_may_make_a_course_and_teaches_it_and_a_learner_may_not()
    {
        var course = await app.NewCourse();
        var (teacher, learner) = (await course.NewMember(Role.Instructor), await course.NewMember(Role.Learner));

        var made = (await teacher.Post("/courses", new { code = "BIO-102", title = "More" })).Expect(201);
        var shown = (await teacher.Get($"/courses/{made.Id("course_id")}")).Expect(200);
        Assert.Equal("instructor", shown.At("roles.0").GetString());
        Assert.Contains("course.manage", shown.At("permissions").EnumerateArray().Select(name => name.GetString()));
        (await learner.Post("/courses", new { code = "X", title = "Y" })).Refused(403, "forbidden");
        (await course.Tenant.Nobody().Post("/courses", new { code = "X", title = "Y" })).Expect(401);
    }

    [Fact]
    public async Task The_same_request_again_makes_no_second_course()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var body = new { code = "ONCE", title = "Once" };
        var first = (await admin.Post("/courses", body, ("Idempotency-Key", "k1"))).Expect(201);
        var second = (await admin.Post("/courses", body, ("Idempotency-Key", "k1"))).Expect(201);

        Assert.Equal(first.Id("course_id"), second.Id("course_id"));
        Assert.Single((await admin.Get("/courses?search=once")).Expect(200).At("items").EnumerateArray());
    }
}
