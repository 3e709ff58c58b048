using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Users;

public sealed class CreateUserTests(LecternApp app)
{
    [Fact]
    public async Task An_administrator_adds_a_person_who_signs_in()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var email = UniqueEmail();

        var body = new { name = "  Ines Instructor ", email, sis_id = "i-1", password = Password };
        var added = (await admin.Post("/users", body)).Expect(201);
        Assert.Equal("Instructor, Ines", added.At("sortable_name").GetString());
        Assert.Equal("active", added.At("state").GetString());
        Assert.False(added.Json.TryGetProperty("password_hash", out _));
        (await tenant.SignIn(email)).Expect(201);
    }

    [Fact]
    public async Task An_address_or_id_belongs_to_one_person()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        (await admin.Post("/users", new { name = "A", email = "same@example.edu", sis_id = "1", login_name = "a" })).Expect(201);
        (await admin.Post("/users", new { name = "B", email = "SAME@example.edu" })).Refused(409, "already_exists");
        (await admin.Post("/users", new { name = "B", sis_id = "1" })).Refused(409, "already_exists");
        var login = (await admin.Post("/users", new { name = "B", login_name = "A" })).Refused(409, "already_exists");
        Assert.Equal("login_name", login.At("errors.0.field").GetString());

        var elsewhere = await app.NewTenant();
        var other = await elsewhere.NewAdministrator();
        (await other.Post("/users", new { name = "A", email = "same@example.edu", sis_id = "1" })).Expect(201);
    }

    [Theory]
    [InlineData("", "a@b.c", null, null, null, "bad_name")]
    [InlineData("A", "not an address", null, null, null, "bad_email")]
    [InlineData("A", null, "Mars/Olympus", null, null, "bad_time_zone")]
    [InlineData("A", null, null, "english!", null, "bad_locale")]
    [InlineData("A", "leo@example.edu", null, null, "short", "password_too_short")]
    [InlineData("A", "leo@example.edu", null, null, "LEO@example.edu", "password_is_name")]
    [InlineData("A", "leo@example.edu", null, null, "Password123", "password_common")]
    public async Task What_cannot_be_a_person_is_refused(
        string name, string? email, string? timeZone, string? locale, string? password, string code)
    {
        var admin = await (await app.NewTenant()).NewAdministrator();
        (await admin.Post("/users", new { name, email, time_zone = timeZone, locale, password })).Refused(422, code);
    }

    [Fact]
    public async Task Only_administrators_add_people_and_a_repeated_request_adds_one()
    {
        var tenant = await app.NewTenant();
        (await (await tenant.NewPerson()).Post("/users", new { name = "A" })).Expect(404);
        var instructor = await tenant.NewPerson(role: Role.Instructor);
        (await instructor.Post("/users", new { name = "A" })).Refused(403, "forbidden");
        (await tenant.Nobody().Post("/users", new { name = "A" })).Refused(401, "sign_in_required");

        var admin = await tenant.NewAdministrator();
        var body = new { name = "A", email = UniqueEmail() };
        var first = (await admin.Post("/users", body, ("Idempotency-Key", "k1"))).Expect(201);
        var again = (await admin.Post("/users", body, ("Idempotency-Key", "k1"))).Expect(201);
        Assert.Equal(first.Id("user_id"), again.Id("user_id"));
    }
}
