using System.Net.Http.Headers;
using Lectern.Tests.Harness;
using static Lectern.Tests.Identity.IdentityTenant;

namespace Lectern.Tests.Identity.Profile;

public sealed class ProfileTests(LecternApp app)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[40]];

    [Fact]
    public async Task A_person_says_how_they_are_called()
    {
        var person = await (await app.NewTenant()).NewPerson("Leo Learner");
        var before = (await person.Get("/profile")).Expect(200);
        var body = new { name = "Léo Łearner", pronouns = "they/them", locale = "ar-EG", time_zone = "Africa/Cairo", version = 1 };
        var saved = (await person.Put("/profile", body)).Expect(200);

        Assert.Equal("\"2\"", saved.Headers["ETag"]);
        Assert.Equal("Łearner, Léo", saved.At("sortable_name").GetString());
        Assert.Equal(before.At("email").GetString(), saved.At("email").GetString());
        var current = (await person.Get("/sessions/current")).Expect(200);
        Assert.Equal("Africa/Cairo", current.At("user.time_zone").GetString());
        Assert.Equal("ar-EG", current.At("user.locale").GetString());
        (await person.Get("/profile", ("If-None-Match", "\"2\""))).Expect(304);
    }

    [Fact]
    public async Task Two_changes_at_once_are_both_shown_and_neither_lost()
    {
        var person = await (await app.NewTenant()).NewPerson();
        (await person.Put("/profile", new { name = "First", version = 1 })).Expect(200);
        var conflict = (await person.Put("/profile", new { name = "Second" }, ("If-Match", "\"1\""))).Refused(409, "conflict");
        Assert.Equal("First", conflict.At("current.name").GetString());
        Assert.Equal("Second", conflict.At("yours.name").GetString());
        (await person.Put("/profile", new { name = "Second" })).Refused(422, "version_needed");
        (await person.Put("/profile", new { name = "Second", version = 2 })).Expect(200);
    }

    [Theory]
    [InlineData("", null, null, "bad_name")]
    [InlineData("A", "Europe/../../etc", null, "bad_time_zone")]
    [InlineData("A", null, "e", "bad_locale")]
    public async Task Nonsense_is_refused(string name, string? timeZone, string? locale, string code)
    {
        var person = await (await app.NewTenant()).NewPerson();
        (await person.Put("/profile", new { name, time_zone = timeZone, locale, version = 1 })).Refused(422, code);
    }

    [Fact]
    public async Task A_name_may_hold_what_no_database_takes()
    {
        var person = await (await app.NewTenant()).NewPerson();
        var saved = (await person.Put("/profile", new { name = " A\0\tB ", version = 1 })).Expect(200);
        Assert.Equal("A B", saved.At("name").GetString());
        var half = new StringContent("{\"name\":\"\\ud800\",\"version\":2}", MediaTypeHeaderValue.Parse("application/json"));
        (await person.Send(HttpMethod.Put, "/profile", half)).Refused(400, "malformed_request");
    }

    [Fact]
    public async Task A_picture_is_judged_by_its_bytes()
    {
        var person = await (await app.NewTenant()).NewPerson();
        (await Send(person, "me.png", "image/png", "MZ this is a program"u8.ToArray())).Refused(422, "not_a_picture");
        (await Send(person, "me.svg", "image/svg+xml", "<svg onload='alert(1)'/>"u8.ToArray())).Refused(422, "not_a_picture");
        (await Send(person, "me.png", "image/png", [])).Refused(422, "file_empty");
        (await Send(person, "me.png", "image/png", [.. Png, .. new byte[2 << 20]])).Refused(422, "file_too_large");

        var saved = (await Send(person, "evil.html", "text/html", Png)).Expect(200);
        var url = saved.At("avatar_url").GetString()!;
        var picture = (await person.Get("/" + url)).Expect(200);
        Assert.Equal("image/png", picture.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Changing_the_password_needs_the_old_one_and_signs_out_elsewhere()
    {
        var tenant = await app.NewTenant();
        var email = UniqueEmail();
        await tenant.NewSignIn(email);
        var here = await tenant.Browse(email);
        var there = await tenant.Browse(email);

        (await here.Put("/profile/password", new { current_password = "wrong one!", password = "three new words" }))
            .Refused(422, "wrong_password");
        (await here.Put("/profile/password", new { current_password = Password, password = "0123456789" })).Refused(422, "password_common");
        (await here.Put("/profile/password", new { current_password = Password, password = "three new words" })).Expect(204);
        (await here.Get("/sessions/current")).Expect(200);
        (await there.Get("/sessions/current")).Expect(401);
        (await tenant.SignIn(email, "three new words")).Expect(201);
    }

    private static Task<Answer> Send(TestPerson person, string name, string type, byte[] bytes)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return person.Send(HttpMethod.Put, "/profile/avatar", new MultipartFormDataContent { { file, "file", name } });
    }
}
