using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Submissions;

public sealed class ListSubmissionsTests(LecternApp app)
{
    [Fact]
    public async Task Everybody_is_listed_with_who_has_handed_in_nothing_and_who_misses()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 3)).On(host);
        var due = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        var essay = await course.NewAssignment(more: new { due_at = due });
        (await course.Learners[1].Post($"{essay.Path}/submissions", new { body_text = "Mine." })).Expect(201);
        (await essay.Record(course.Learners[2], new { status = "excused", version = 0 })).Expect(200);

        Assert.Equal(["Learner 1 - -", "Learner 2 1 -", "Learner 3 - -"], await Lines("?show=everybody"));
        Assert.Equal(["Learner 2 1 -"], await Lines(""));
        Assert.Equal(["Learner 2 1 -"], await Lines("?show=ungraded"));
        Assert.Equal(["Learner 1 - -", "Learner 3 - -"], await Lines("?show=not_handed_in"));
        (await course.Instructor.Get($"{essay.Path}/submissions?show=nobody")).Refused(422, "show_unknown");

        clock.StandAt(due.AddSeconds(1));
        Assert.Equal(["Learner 1 - missing", "Learner 2 1 -", "Learner 3 - -"], await Lines("?show=everybody"));
        var first = (await course.Instructor.Get($"{essay.Path}/submissions?show=everybody&limit=1")).Expect(200);
        var rest = first.At("next").GetString();
        Assert.Equal(2, (await course.Instructor.Get($"{essay.Path}/submissions?show=everybody&after={Uri.EscapeDataString(rest!)}"))
            .Expect(200).At("items").GetArrayLength());
        // What is filtered is filtered before it is paged: the first page of one holds somebody, and the last says that it is the last.
        var missing = (await course.Instructor.Get($"{essay.Path}/submissions?show=not_handed_in&limit=1")).Expect(200);
        Assert.Equal("Learner 1 - missing", Line(missing.At("items.0")));
        var next = Uri.EscapeDataString(missing.At("next").GetString()!);
        var last = (await course.Instructor.Get($"{essay.Path}/submissions?show=not_handed_in&limit=1&after={next}")).Expect(200);
        Assert.Equal("Learner 3 - -", Line(last.At("items.0")));
        Assert.Equal(JsonValueKind.Null, last.At("next").ValueKind);

        async Task<List<string>> Lines(string query) =>
            [.. (await course.Instructor.Get($"{essay.Path}/submissions{query}")).Expect(200).At("items").EnumerateArray().Select(Line)];
    }

    [Fact]
    public async Task Who_does_not_have_the_assignment_is_not_among_everybody()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: new { only_named = true });
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            version = essay.Version, items = new[] { new { audience = "person", audience_id = course.Learners[1].Id.Value } },
        })).Expect(200);

        await TestTenant.Eventually(
            async () => (await course.Instructor.Get($"{essay.Path}/submissions?show=everybody")).Expect(200).At("items")
                .EnumerateArray().Select(Line).SequenceEqual(["Learner 2 - -"]),
            "only the named learner is listed");
        Assert.Equal(["Learner 2 - -"], (await course.Instructor.Get($"{essay.Path}/submissions?show=not_handed_in")).Expect(200)
            .At("items").EnumerateArray().Select(Line));
    }

    [Fact]
    public async Task A_grader_opens_the_work_of_who_has_handed_in_nothing_and_nobody_else_does()
    {
        var course = await app.NewCourse(learners: 2);
        var elsewhere = await course.Tenant.NewCourse();
        var essay = await course.NewAssignment();
        var path = $"{essay.Path}/learners/{course.Learner.Id.Value}/submissions";

        Assert.Empty((await course.Instructor.Get(path)).Expect(200).At("attempts").EnumerateArray());
        (await (await course.NewMember(Role.TeachingAssistant)).Get(path)).Expect(200);
        (await course.Learners[1].Get(path)).Expect(403);
        (await elsewhere.Instructor.Get(path)).Expect(404);
        (await (await app.NewCourse()).Instructor.Get(path)).Expect(404);
        (await course.Tenant.Nobody().Get(path)).Expect(401);
        (await course.Instructor.Get($"{essay.Path}/learners/{elsewhere.Learner.Id.Value}/submissions")).Expect(404);
    }

    private static string Line(JsonElement row) => string.Join(' ', row.GetProperty("name").GetString(),
        row.GetProperty("attempt").ValueKind is JsonValueKind.Null ? "-" : row.GetProperty("attempt").GetRawText(),
        row.GetProperty("missing").GetBoolean() ? "missing" : "-");
}
