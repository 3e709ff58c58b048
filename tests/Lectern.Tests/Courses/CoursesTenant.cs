using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses;

/// <summary>A course of a test and who is in it.</summary>
public sealed record TestCourse(TestTenant Tenant, TestPerson Admin, CourseId Id, SectionId Section)
{
    public string Path => $"/courses/{Id.Value}";

    /// <summary>A new person, enrolled.</summary>
    public async Task<TestPerson> NewMember(Role role, string? name = null)
    {
        var person = await Tenant.NewPerson(name);
        await Enroll(person, role);
        return person;
    }

    public async Task<EnrollmentId> Enroll(TestPerson person, Role role, long? section = null) => new((await Admin
        .Post($"{Path}/enrollments", new { user_id = person.Id, role, section_id = section })).Expect(201).Id("enrollment_id"));

    public async Task<int> Version() => (await Admin.Get(Path)).Expect(200).At("course.version").GetInt32();

    public async Task SetStatus(string status) => (await Admin.Put($"{Path}/status", new { status, version = await Version() }))
        .Expect(200);

    /// <summary>A new section, by number.</summary>
    public async Task<long> NewSection(string name, DateTimeOffset? startsAt = null, DateTimeOffset? endsAt = null) => (await Admin
        .Post($"{Path}/sections", new { name, starts_at = startsAt, ends_at = endsAt })).Expect(201).Id("section_id");

    public TestCourse On(TestPerson admin) => this with { Admin = admin, Tenant = admin.Tenant };
}

/// <summary>What tests of courses begin with.</summary>
public static class CoursesTenant
{
    public static async Task<TestCourse> NewCourse(this TestPerson admin, string code = "BIO-101", bool published = true,
        object? more = null)
    {
        var made = (await admin.Post("/courses", more ?? new { code, title = $"{code} Biology", time_zone = "Europe/Berlin" })).Expect(201);
        var course = new TestCourse(admin.Tenant, admin, new CourseId(made.Id("course_id")), new SectionId(made.Id("section_id")));
        if (published) await course.SetStatus("published");
        return course;
    }

    public static async Task<TestCourse> NewCourse(this LecternApp app, bool published = true) =>
        await (await (await app.NewTenant()).NewAdministrator()).NewCourse(published: published);
}
