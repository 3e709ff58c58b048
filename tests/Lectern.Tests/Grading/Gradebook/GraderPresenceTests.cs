using System.Net.Http.Headers;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Gradebook;

public sealed class GraderPresenceTests(LecternApp app)
{
    [Fact]
    public async Task Graders_on_two_nodes_see_each_other_move_type_and_leave()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var theo = await course.NewMember(Role.TeachingAssistant);
        await using var node = await app.Node(_ => { });
        var (ines, there) = (course.Instructor, theo.At(course.Tenant.On(node)));
        await using var hers = await OpenPage.Of(course, ines, "page-of-ines");
        await using (var his = await OpenPage.Of(course, there, "page-of-theo"))
        {
            var seen = await Saying(
                () => Say(course, ines, "page-of-ines", null), his.Until(people => people.Any(one => Who(one) == ines.Id.Value)));
            Assert.Equal("Ines Instructor", seen.Single().GetProperty("name").GetString());
            Assert.Equal(JsonValueKind.Null, seen.Single().GetProperty("place").ValueKind);

            var at = new { user_id = course.Learner.Id.Value, assignment_id = essay.Id.Value, typing = true };
            var placed = await Saying(() => Say(course, there, "page-of-theo", at), hers.Until(people => people.Any(IsPlaced)));
            var place = placed.Single().GetProperty("place");
            Assert.Equal(at.user_id, place.GetProperty("user_id").GetInt64());
            Assert.Equal(at.assignment_id, place.GetProperty("assignment_id").GetInt64());
            Assert.True(place.GetProperty("typing").GetBoolean());
        }

        await hers.Until(people => people.Count == 0);
    }

    [Fact]
    public async Task Only_those_who_may_read_grades_see_and_are_seen()
    {
        var (course, other) = (await app.NewCourse(), await app.NewCourse());
        foreach (var (person, status) in new[] { (course.Learner, 403), (other.Instructor.At(course.Tenant), 401) })
        {
            (await person.Put($"{course.Path}/gradebook/presence/some-page", new { at = (object?)null })).Expect(status);
            (await person.Get($"{course.Path}/gradebook/live?page=some-page")).Expect(status);
        }

        var neighbour = await course.Tenant.NewCourse();
        (await neighbour.Instructor.Put($"{course.Path}/gradebook/presence/some-page", new { at = (object?)null })).Expect(404);
        (await course.Instructor.Put($"{course.Path}/gradebook/presence/a%20b", new { at = (object?)null })).Refused(422, "page_invalid");
        (await course.Instructor.Get($"{course.Path}/gradebook/live?page=x")).Refused(422, "page_invalid");
    }

    [Fact]
    public async Task Where_names_are_hidden_the_learner_is_not_said()
    {
        var course = await app.NewCourse();
        var (essay, quiz) = (await course.NewAssignment(), await course.NewAssignment("Quiz"));
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        var theo = await course.NewMember(Role.TeachingAssistant);
        await using var his = await OpenPage.Of(course, theo, "page-of-theo");

        var place = await SeenAt(essay, course.Learner.Id.Value);
        Assert.Equal(JsonValueKind.Null, place.GetProperty("user_id").ValueKind);
        Assert.False(place.GetProperty("typing").GetBoolean());
        // Nor is anybody who does not take the course.
        Assert.Equal(JsonValueKind.Null, (await SeenAt(quiz, theo.Id.Value)).GetProperty("user_id").ValueKind);
        var elsewhere = await (await course.Tenant.NewCourse()).NewAssignment();
        var at = new { user_id = course.Learner.Id.Value, assignment_id = elsewhere.Id.Value, typing = true };
        await Saying(
            () => Say(course, course.Instructor, "page-of-ines", at), his.Until(people => people.Count == 1 && !IsPlaced(people[0])));

        async Task<JsonElement> SeenAt(TestAssignment assignment, long learner)
        {
            var said = new { user_id = learner, assignment_id = assignment.Id.Value, typing = true };
            var seen = await Saying(
                () => Say(course, course.Instructor, "page-of-ines", said),
                his.Until(people => people.Any(one => IsPlaced(one)
                    && one.GetProperty("place").GetProperty("assignment_id").GetInt64() == assignment.Id.Value)));
            return seen.Single().GetProperty("place");
        }
    }

    [Fact]
    public async Task A_flood_of_moves_is_refused()
    {
        var course = await app.NewCourse();
        var moves = new List<Answer>();
        // A machine that is slow enough gives new tokens as fast as it takes them.
        for (var round = 0; round < 10 && moves.All(move => (int)move.Status == 204); round++)
        {
            moves.AddRange(await Task.WhenAll(Enumerable.Range(0, 60).Select(
                _ => course.Instructor.Put($"{course.Path}/gradebook/presence/page-of-ines", new { at = (object?)null }))));
        }

        Assert.Contains(moves, move => (int)move.Status == 204);
        var refused = moves.First(move => (int)move.Status == 429).Refused(429, "too_many_moves");
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task A_crowd_is_counted_and_one_person_is_one()
    {
        var course = await app.NewCourse();
        var presence = course.Tenant.Host.Services.GetRequiredService<LivePresence>();
        await using var page = await OpenPage.Of(course, course.Instructor, "page-of-ines");
        var topic = $"gradebook:{course.Id.Value}";
        await Saying(Crowd, page.Until(people => people.Count == 24 && page.More == 3));

        async Task Crowd()
        {
            for (var i = 0; i < 30; i++)
                await presence.Here(course.Tenant.Id, topic, $"page-{i:D4}", new UserId(900_000 + (i % 27)), $"G {i}", null);
        }
    }

    [Fact]
    public async Task Who_falls_silent_has_gone_and_a_lost_role_ends_the_stream()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var theo = await course.NewMember(Role.TeachingAssistant);
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        await using var his = await OpenPage.Of(course, theo.At(course.Tenant.On(host)), "page-of-theo");
        await Saying(() => Say(course, course.Instructor, "page-of-ines", null), his.Until(people => people.Count == 1));
        clock.Move(LivePresence.Silence + TimeSpan.FromSeconds(1));
        await his.Until(people => people.Count == 0);

        await course.Tenant.Do(services => services.GetRequiredService<TenantDb>().Execute(
            $"DELETE FROM grants WHERE tenant_id = {course.Tenant.Id} AND user_id = {theo.Id}", CancellationToken.None));
        clock.Move(TimeSpan.FromSeconds(20));
        await essay.Score(course.Learner, 5);
        await his.Ends();
    }

    private static async Task Say(TestCourse course, TestPerson grader, string page, object? at) =>
        (await grader.Put($"{course.Path}/gradebook/presence/{page}", new { at })).Expect(204);

    /// <summary>Says it again until it is heard, as pages do: a node that has just begun may not be listening yet.</summary>
    private static async Task<T> Saying<T>(Func<Task> say, Task<T> heard)
    {
        while (!heard.IsCompleted)
        {
            await say();
            await Task.WhenAny(heard, Task.Delay(1_000));
        }

        return await heard;
    }

    private static long Who(JsonElement person) => person.GetProperty("user_id").GetInt64();

    private static bool IsPlaced(JsonElement person) => person.GetProperty("place").ValueKind is JsonValueKind.Object;

    /// <summary>A page that has the gradebook open.</summary>
    private sealed class OpenPage(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        private IReadOnlyList<JsonElement> last = [];

        public int More { get; private set; }

        public static async Task<OpenPage> Of(TestCourse course, TestPerson grader, string page)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"/t/{course.Tenant.Slug}/api/v1{course.Path}/gradebook/live?page={page}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grader.Token);
            var response = await grader.Tenant.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            return new OpenPage(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        /// <summary>Reads on until who is there is as wanted.</summary>
        public async Task<IReadOnlyList<JsonElement>> Until(Func<IReadOnlyList<JsonElement>, bool> wanted)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!wanted(last)) await Next(limit.Token);
            return last;
        }

        public async Task Ends()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await reader.ReadLineAsync(limit.Token) is not null)
            {
            }
        }

        private async Task Next(CancellationToken ct)
        {
            while (await reader.ReadLineAsync(ct) != "event: presence")
            {
            }

            var data = JsonDocument.Parse((await reader.ReadLineAsync(ct))!["data: ".Length..]).RootElement;
            last = [.. data.GetProperty("people").EnumerateArray()];
            More = data.GetProperty("more").GetInt32();
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
