using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Tests.Grading;
using Lectern.Tests.Harness;
using Lectern.Tests.Platform;

namespace Lectern.Tests.Messaging;

/// <summary>What stands in whose calendar: work by the reader's own dates, and of the learners one observes by theirs.</summary>
public class ListCalendarEventsTests(LecternApp app)
{
    private static readonly DateTimeOffset Due =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(10).ToUnixTimeSeconds());

    [Fact]
    public async Task Work_stands_where_it_is_due_for_the_reader()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment("Essay", more: new { due_at = Due });
        await course.NewAssignment("Draft", more: new { due_at = Due, status = "draft" });
        var (later, never) = (course.Learners[1], course.Learners[2]);
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            version = essay.Version,
            items = new object[]
            {
                new { audience = "person", audience_id = later.Id.Value, due_at = Due.AddDays(3) },
                new { audience = "person", audience_id = never.Id.Value },
            },
        })).Expect(200);
        await TestTenant.Eventually(async () => (await Events(never)).Count == 0, "own dates are in the calendars");

        Assert.Equal([$"Essay {Due:u}"], await Events(course.Learner));
        Assert.Equal([$"Essay {Due.AddDays(3):u}"], await Events(later));
        Assert.Equal([$"Essay {Due:u}"], await Events(course.Instructor));
        Assert.Empty(await Events(await course.Tenant.NewPerson()));
        Assert.Empty(await Events((await app.NewCourse()).Instructor));
        (await course.Tenant.Nobody().Get("/calendar-events")).Expect(401);

        var moved = (await course.Instructor.Get(essay.Path)).Expect(200);
        (await course.Instructor.Put($"{essay.Path}/status", new { status = "draft", version = moved.At("version").GetInt32() }))
            .Expect(200);
        Assert.Empty(await Events(course.Learner));
    }

    [Fact]
    public async Task Who_does_not_have_an_assignment_does_not_have_its_date()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment("Essay", more: new { due_at = Due, only_named = true });
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            version = essay.Version,
            items = new[] { new { audience = "person", audience_id = course.Learners[1].Id.Value, due_at = Due } },
        })).Expect(200);

        await TestTenant.Eventually(async () => (await Events(course.Learners[1])).Count == 1, "the named learner has the date");
        Assert.Empty(await Events(course.Learner));
    }

    [Fact]
    public async Task A_guardian_sees_the_learners_dates_with_the_learners_name()
    {
        var course = await app.NewCourse(learners: 2);
        await course.NewAssignment("Essay", more: new { due_at = Due });
        var guardian = await course.Tenant.NewPerson("Olga Observer");
        var admin = await course.Tenant.NewAdministrator();
        (await admin.Post($"/users/{course.Learner.Id.Value}/observers", new { observer_id = guardian.Id.Value })).Expect(201);

        var mine = (await guardian.Get("/calendar-events")).Expect(200);

        var only = Assert.Single(mine.At("items").EnumerateArray());
        Assert.Equal(course.Learner.Id.Value, only.GetProperty("learner_id").GetInt64());
        Assert.Equal("Learner 1", only.GetProperty("learner_name").GetString());
        Assert.StartsWith($"/learners/{course.Learner.Id.Value}/courses/", only.GetProperty("link").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            (await course.Learner.Get("/calendar-events")).At("items.0.learner_id").ValueKind);
    }

    [Fact]
    public async Task New_work_is_told_to_those_who_have_it_and_are_in_the_course()
    {
        var course = await app.NewCourse(learners: 1);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        await course.NewAssignment("Last year's", more: new { due_at = Due.AddYears(-1) });
        await course.NewAssignment("Essay", more: new { due_at = Due });

        await TestTenant.Eventually(
            async () => (await course.Learner.Get("/notifications")).Text.Contains("assignment_published", StringComparison.Ordinal),
            "the learner was told of the assignment");
        var notice = Assert.Single((await course.Learner.Get("/notifications")).At("items").EnumerateArray());
        Assert.Equal("Essay", notice.GetProperty("facts").GetProperty("assignment").GetString());
        Assert.Empty((await assistant.Get("/notifications")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task A_list_that_was_cut_says_so()
    {
        var course = await app.NewCourse(learners: 1);
        var essay = await course.NewAssignment("Essay", more: new { due_at = Due });
        Assert.True((await course.Instructor.Get("/calendar-events")).Expect(200).At("complete").GetBoolean());
        await course.Tenant.Admin<long>($"""
            WITH more AS (
                INSERT INTO {course.Tenant.Tenant.Cell.Schema}.assignments OVERRIDING SYSTEM VALUE
                SELECT (jsonb_populate_record(a, jsonb_build_object('assignment_id', a.assignment_id + n, 'slot', a.slot + n))).*
                FROM {course.Tenant.Tenant.Cell.Schema}.assignments a, generate_series(1, 1000) n
                WHERE a.tenant_id = {course.Tenant.Id} AND a.assignment_id = {essay.Id.Value} RETURNING 1)
            SELECT count(*) FROM more
            """);
        var cut = (await course.Instructor.Get("/calendar-events")).Expect(200);
        Assert.False(cut.At("complete").GetBoolean());
        Assert.Equal(1000, cut.At("items").GetArrayLength());
    }

    [Fact]
    public async Task New_work_for_some_is_told_to_them_alone()
    {
        var course = await app.NewCourse(learners: 2);
        var named = course.Learners[1];
        var essay = await course.NewAssignment("Essay", more: new { due_at = Due, only_named = true, status = "draft" });
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            version = essay.Version,
            items = new[] { new { audience = "person", audience_id = named.Id.Value, due_at = Due } },
        })).Expect(200);
        var draft = (await course.Instructor.Get(essay.Path)).Expect(200);
        (await course.Instructor.Put($"{essay.Path}/status", new { status = "published", version = draft.At("version").GetInt32() }))
            .Expect(200);

        await TestTenant.Eventually(
            async () => (await named.Get("/notifications")).Text.Contains("assignment_published", StringComparison.Ordinal),
            "the named learner was told");
        Assert.Empty((await course.Learner.Get("/notifications")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task A_calendar_is_asked_for_a_year_at_most()
    {
        var tenant = await app.NewTenant();
        var person = await tenant.NewPerson();

        (await person.Get("/calendar-events?from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z")).Refused(422, "bad_period");
        (await person.Get("/calendar-events?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).Refused(422, "bad_period");
    }

    private static async Task<List<string>> Events(TestPerson person) =>
        [.. (await person.Get($"/calendar-events?from={Uri.EscapeDataString($"{Due.AddDays(-1):O}")}")).Expect(200).At("items")
            .EnumerateArray()
            .Where(item => item.GetProperty("kind").GetString() == "due")
            .Select(item => $"{item.GetProperty("title").GetString()} {item.GetProperty("starts_at").GetDateTimeOffset():u}")];
}
