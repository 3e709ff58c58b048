using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Terms;

public class TermTests(LecternApp app)
{
    [Fact]
    public async Task Terms_are_made_listed_and_changed_by_administrators()
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        var term = (await admin.Post("/terms",
            new { name = "Autumn", starts_at = "2026-09-01T00:00:00Z", ends_at = "2027-01-31T00:00:00Z" })).Expect(201);
        var learner = await admin.Tenant.NewPerson();

        Assert.Equal("Autumn", (await learner.Get("/terms")).Expect(200).At("items.0.name").GetString());
        (await admin.Put($"/terms/{term.Id("term_id")}", new { name = "Fall", version = 1 })).Expect(200);
        var refused = (await admin.Put($"/terms/{term.Id("term_id")}", new { name = "Herbst", version = 1 })).Refused(409, "conflict");
        Assert.Equal("Fall", refused.At("current.name").GetString());
        (await admin.Post("/terms", new { name = "X", starts_at = "2026-09-02T00:00:00Z", ends_at = "2026-09-01T00:00:00Z" }))
            .Refused(422, "dates_reversed");
        (await admin.Post("/terms", new { name = "" })).Refused(422, "name_required");
    }

    [Fact]
    public async Task Others_make_none_and_a_foreign_number_is_unknown()
    {
        var course = await app.NewCourse();
        var teacher = await course.NewMember(Role.Instructor);
        Assert.True((int)(await teacher.Post("/terms", new { name = "Mine" })).Status is 403 or 404);
        (await course.Admin.Put("/terms/987654321", new { name = "X", version = 1 })).Refused(404, "not_found");
        (await course.Tenant.Nobody().Get("/terms")).Expect(401);
    }
}
