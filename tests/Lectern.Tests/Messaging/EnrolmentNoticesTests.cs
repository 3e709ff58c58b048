using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Messaging;

/// <summary>What follows an enrolment: a welcome by mail, the course in the calendar, a word to the coordinators.</summary>
public class EnrolmentNoticesTests(LecternApp app)
{
    [Fact]
    public async Task Enrolling_is_followed_by_mail_calendar_and_a_word_to_the_coordinator()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var coordinator = await tenant.NewPerson("Cora Coordinator", Role.Coordinator);
        var learner = await tenant.NewPerson("Leo Learner");
        var course = await NewOpenCourse(admin);

        (await admin.Post($"/courses/{course}/enrollments", new { user_id = learner.Id, role = "learner" })).Expect(201);

        await TestTenant.Eventually(async () => await Count(coordinator) == 1, "the coordinator was told");
        Assert.Contains("course_closes", await Events(learner));
        await TestTenant.Eventually(
            async () =>
                (await tenant.Rows<string>(db => $"SELECT state FROM deliveries WHERE tenant_id = {db.Tenant} AND user_id = "
                + $"{learner.Id} AND kind = 'welcome'")).SequenceEqual(["sent"]),
            "the welcome was sent once");
        Assert.Contains("person_enrolled", (await coordinator.Get("/notifications")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_takes_the_course_out_of_the_calendar()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var learner = await tenant.NewPerson();
        var course = await NewOpenCourse(admin);
        var enrolment = (await admin.Post($"/courses/{course}/enrollments", new { user_id = learner.Id, role = "learner" })).Expect(201).Id(
            "enrollment_id");
        Assert.Contains("course_closes", await Events(learner));

        (await admin.Delete($"/enrollments/{enrolment}")).Expect(204);

        Assert.DoesNotContain("course_closes", await Events(learner));
    }

    [Fact]
    public async Task A_notice_is_read_by_its_owner_only()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewAdministrator();
        var coordinator = await tenant.NewPerson("Cora Coordinator", Role.Coordinator);
        var other = await tenant.NewPerson();
        var course = await NewOpenCourse(admin);
        (await admin.Post($"/courses/{course}/enrollments", new { user_id = other.Id, role = "learner" })).Expect(201);
        await TestTenant.Eventually(async () => await Count(coordinator) == 1, "the coordinator was told");
        var notice = (await coordinator.Get("/notifications")).Id("items.0.notification_id");

        (await other.Put($"/notifications/{notice}/read")).Refused(404, "not_found");
        (await coordinator.Put($"/notifications/{notice}/read")).Expect(204);
        (await coordinator.Put($"/notifications/{notice}/read")).Expect(204);

        Assert.Equal(0, (await coordinator.Get("/notifications")).At("unread").GetInt64());
        Assert.Empty((await coordinator.Get("/notifications?unread=true")).At("items").EnumerateArray());
    }

    private static async Task<long> NewOpenCourse(TestPerson admin)
    {
        var now = DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var made = (await admin.Post("/courses", new
        {
            code = "BIO-1", title = "Biology", starts_at = now, ends_at = now.AddYears(3), time_zone = "Europe/London",
        })).Expect(201);
        var course = made.Id("course_id");
        (await admin.Put($"/courses/{course}/status", new { status = "published", version = made.At("version").GetInt32() })).Expect(200);
        return course;
    }

    private static async Task<long> Count(TestPerson person) => (await person.Get("/notifications")).Expect(200).At("unread").GetInt64();

    private static async Task<List<string?>> Events(TestPerson person)
    {
        var answer = (await person.Get("/calendar-events?from=2028-12-01T00:00:00Z&to=2029-02-01T00:00:00Z")).Expect(200);
        return answer.At("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()).ToList();
    }
}
