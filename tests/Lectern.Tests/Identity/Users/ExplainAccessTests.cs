using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Identity.Users;

public sealed class ExplainAccessTests(LecternApp app)
{
    private static readonly DateTimeOffset Past = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Future = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_way_to_a_course_is_told_in_words()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var arts = (await admin.Post("/accounts", new { name = "Arts" })).Id("account_id");
        var learner = await tenant.NewPerson("Leo Learner");
        var guardian = await tenant.NewPerson("Olga Observer");
        var dean = await tenant.NewPerson("Dea Dean");
        await Place(tenant, 42, arts, Past, null);
        await Give(tenant, learner.Id, Role.Learner, "course:42", "enrollment:12");
        (await admin.Post($"/accounts/{arts}/roles", new { user_id = dean.Id, role = "administrator" })).Expect(201);
        (await admin.Post($"/users/{learner.Id.Value}/observers", new { observer_id = guardian.Id })).Expect(201);

        var his = (await admin.Get($"/users/{learner.Id.Value}/access?course_id=42")).Expect(200);
        Assert.True(his.At("may_see").GetBoolean());
        Assert.Equal("Learner in course 42, by enrolment 12.", his.At("reasons.0.because").GetString());

        var hers = (await admin.Get($"/users/{guardian.Id.Value}/access?course_id=42")).Expect(200);
        var expected = $"Observer of user {learner.Id.Value} (Leo Learner), by an observer's link. "
            + $"User {learner.Id.Value} (Leo Learner) learns in course 42.";
        Assert.Equal(expected, hers.At("reasons.0.because").GetString());

        var theirs = (await admin.Get($"/users/{dean.Id.Value}/access?course_id=42")).Expect(200);
        var because = theirs.At("reasons.0.because").GetString()!;
        Assert.StartsWith($"Administrator of account {arts} (Arts), by role ", because, StringComparison.Ordinal);
        Assert.Equal(1, (await admin.Get($"/users/{dean.Id.Value}/access")).Expect(200).At("reasons").GetArrayLength());
        Assert.NotEmpty(await tenant.AuditOf("access.explained"));
    }

    [Fact]
    public async Task A_course_that_is_not_open_is_a_reason_too()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var learner = await tenant.NewPerson();
        await Place(tenant, 7, null, Future, null);
        await Give(tenant, learner.Id, Role.Learner, "course:7", "enrollment:1");
        var access = (await admin.Get($"/users/{learner.Id.Value}/access?course_id=7")).Expect(200);
        Assert.False(access.At("may_see").GetBoolean());
        Assert.Contains("It opens to learners on 2099-01-01", access.At("reasons.0.because").GetString(), StringComparison.Ordinal);

        (await admin.Get($"/users/{learner.Id.Value}/access?course_id=8")).Expect(404);
        (await (await tenant.NewPerson(role: Role.Instructor)).Get($"/users/{learner.Id.Value}/access")).Expect(403);
    }

    private static Task<bool> Place(TestTenant tenant, long course, long? account, DateTimeOffset? opens, DateTimeOffset? closes) =>
        tenant.Do(async services =>
        {
            var parent = account is { } id ? Scope.Of("account", id) : Scope.Institution;
            await services.GetRequiredService<Grants>().Place(Scope.Of("course", course), parent, opens, closes, CancellationToken.None);
            return true;
        });

    private static Task<bool> Give(TestTenant tenant, UserId user, Role role, string scope, string source) => tenant.Do(async services =>
    {
        await services.GetRequiredService<Grants>().Give(user, role, new Scope(scope), source, CancellationToken.None);
        return true;
    });
}
