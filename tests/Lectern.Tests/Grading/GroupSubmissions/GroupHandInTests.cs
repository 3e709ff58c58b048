using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.GroupSubmissions;

public sealed class GroupHandInTests(LecternApp app)
{
    [Fact]
    public async Task One_hand_in_counts_for_all_and_who_made_it_stays_whoever_moves_later()
    {
        var course = await app.NewCourse(learners: 3);
        var (groups, essay) = await course.NewGroupWork();
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);

        var taken = await essay.HandIn(ada, "Ours.");

        Assert.Equal($"{essay.Id.Value}-{ada.Id.Value}-1", taken.At("receipt.number").GetString());
        var theirs = await essay.Work(ben);
        Assert.Equal("Ours.", theirs.At("attempts.0.body_text").GetString());
        Assert.Equal($"{essay.Id.Value}-{ben.Id.Value}-1", theirs.At("attempts.0.receipt.number").GetString());
        Assert.Equal("Learner 1", theirs.At("attempts.0.group.submitted_by_name").GetString());
        Assert.Equal(["Learner 1", "Learner 2"], Names(theirs.At("attempts.0.group.members")));
        Assert.Equal("Owls", theirs.At("group.name").GetString());
        Assert.Empty((await essay.Work(cem)).At("attempts").EnumerateArray());

        // The mate is told, once, and whoever handed in is not.
        await TestTenant.Eventually(
            async () => (await ben.Get("/notifications")).Text.Contains("group_handed_in", StringComparison.Ordinal), "the mate is told");
        var told = (await ben.Get("/notifications")).At("items").EnumerateArray()
            .Single(notice => notice.GetProperty("kind").GetString() == "group_handed_in");
        Assert.Equal("Learner 1", told.GetProperty("facts").GetProperty("mate").GetString());
        Assert.DoesNotContain("group_handed_in", (await ada.Get("/notifications")).Text, StringComparison.Ordinal);

        await groups.Add("Larks", ben, cem);
        var after = await essay.Work(ben);
        Assert.Equal("Larks", after.At("group.name").GetString());
        Assert.Equal(["Learner 1", "Learner 2"], Names(after.At("attempts.0.group.members")));
        await essay.HandIn(cem, "Of the larks.");
        Assert.Equal(2, (await essay.Work(ben)).At("attempts").GetArrayLength());
        Assert.Equal(1, (await essay.Work(ada)).At("attempts").GetArrayLength());
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Who_is_in_no_group_hands_in_alone_and_everybody_is_told_so()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        var alone = course.Learners[2];

        await essay.HandIn(alone, "Mine.");

        var mine = await essay.Work(alone);
        Assert.True(mine.At("is_group_work").GetBoolean());
        Assert.Equal(JsonValueKind.Null, mine.At("group").ValueKind);
        Assert.Equal(JsonValueKind.Null, mine.At("attempts.0.group").ValueKind);
        Assert.Empty((await essay.Work(course.Learner)).At("attempts").EnumerateArray());
        var list = (await course.Instructor.Get($"{essay.Path}/submissions?show=everybody")).Expect(200).At("items").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!, row => row.GetProperty("group_name").GetString());
        Assert.Equal(("Owls", "Owls", null), (list["Learner 1"], list["Learner 2"], list["Learner 3"]));
    }

    [Fact]
    public async Task Members_who_hand_in_at_the_same_moment_make_two_attempts_or_one_when_it_is_the_same()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork();

        await Task.WhenAll(course.Learners.Select(learner => essay.HandIn(learner, $"By {learner.Name}.")));

        foreach (var learner in course.Learners)
        {
            var attempts = (await essay.Work(learner)).At("attempts").EnumerateArray().ToList();
            Assert.Equal([2, 1], attempts.Select(attempt => attempt.GetProperty("attempt").GetInt32()));
            Assert.Equal(
                ["By Learner 1.", "By Learner 2."], attempts.Select(attempt => attempt.GetProperty("body_text").GetString()).Order());
        }

        var same = await Task.WhenAll(
            course.Learners.Select(learner => learner.Post($"{essay.Path}/submissions", new { body_text = "Agreed." })));
        Assert.Equal([200, 201], same.Select(answer => (int)answer.Status).Order());
        Assert.Equal(3, (await essay.Work(course.Learner)).At("attempts").GetArrayLength());
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Attempts_are_counted_for_the_group_and_one_given_back_is_given_back_to_all()
    {
        var course = await app.NewCourse(learners: 3);
        var (groups, essay) = await course.NewGroupWork(new { attempts_allowed = 1 });
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        await essay.HandIn(ada, "One.");

        (await ben.Post($"{essay.Path}/submissions", new { body_text = "Two." })).Refused(422, "attempts_used_up");
        Assert.Equal("attempts_used_up", (await ben.Get(essay.Path)).At("my.closed_because").GetString());
        await essay.HandIn(cem, "Alone.");
        await groups.Add("Larks", cem);
        Assert.Equal(JsonValueKind.Null, (await cem.Get(essay.Path)).At("my.closed_because").ValueKind);

        (await course.Instructor.Post($"{essay.Path}/revision-requests", new { user_id = ada.Id, note = "More sources." })).Expect(201);
        Assert.Equal("More sources.", (await essay.Work(ben)).At("returned.note").GetString());
        await essay.HandIn(ben, "Two.");
        Assert.Equal(JsonValueKind.Null, (await essay.Work(ada)).At("returned").ValueKind);
        (await ada.Post($"{essay.Path}/submissions", new { body_text = "Three." })).Refused(422, "attempts_used_up");
    }

    [Fact]
    public async Task Each_member_is_late_by_their_own_date()
    {
        var course = await app.NewCourse(learners: 2);
        var (_, essay) = await course.NewGroupWork(new { due_at = TimeProvider.System.GetUtcNow().AddHours(-1) });
        var longer = TimeProvider.System.GetUtcNow().AddDays(1);
        (await course.Instructor.Put($"{essay.Path}/dates", new
        {
            items = new[] { new { audience = "person", audience_id = course.Learners[1].Id, due_at = longer } }, version = essay.Version,
        })).Expect(200);

        await essay.HandIn(course.Learner, "Ours.");

        Assert.True((await essay.Work(course.Learners[0])).At("attempts.0.late").GetBoolean());
        Assert.False((await essay.Work(course.Learners[1])).At("attempts.0.late").GetBoolean());
        var book = await course.SettledGradebook();
        Assert.Equal((2, 0), (book.Flags(course.Learners[0], essay) & 2, book.Flags(course.Learners[1], essay) & 2));
    }

    [Fact]
    public async Task A_draft_is_the_groups_nobody_writes_over_another_and_files_in_it_are_handed_in_by_any()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork();
        var (ada, ben, cem) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        var file = await Upload(ada, essay);

        (await ada.Put($"{essay.Path}/draft", new { body_text = "We", file_ids = new[] { file }, version = 0 })).Expect(200);
        var met = (await ben.Put($"{essay.Path}/draft", new { body_text = "I", version = 0 })).Refused(409, "conflict");
        Assert.Equal("We", met.At("current.body_text").GetString());
        Assert.Equal("Learner 1", met.At("current.saved_by_name").GetString());
        (await ben.Put($"{essay.Path}/draft", new { body_text = "We both", file_ids = new[] { file }, version = 1 })).Expect(200);
        Assert.Equal("We both", (await ada.Get($"{essay.Path}/draft")).At("body_text").GetString());
        Assert.Equal(file, (await ben.Get($"{essay.Path}/draft")).Id("files.0.file_id"));

        // A number is no key: who is not in the group gets the file neither by a draft nor by handing it in.
        (await cem.Post($"{essay.Path}/submissions", new { type = "file", file_ids = new[] { file } })).Refused(422, "unknown_file");
        await Upload(cem, essay);
        var secret = await Upload(cem, essay);
        (await ben.Put($"{essay.Path}/draft", new { body_text = "x", file_ids = new[] { secret }, version = 2 }))
            .Refused(422, "unknown_file");
        (await ben.Post($"{essay.Path}/submissions", new { type = "file", file_ids = new[] { file } })).Expect(201);
        Assert.Equal(file, (await essay.Work(ada)).Id("attempts.0.files.0.file_id"));
        Assert.Equal(0, (await ada.Get($"{essay.Path}/draft")).At("version").GetInt32());
    }

    [Fact]
    public async Task Groups_are_those_of_the_course_and_stay_once_there_is_work()
    {
        var course = await app.NewCourse(learners: 2);
        var elsewhere = await (await course.Tenant.NewCourse()).NewGroups();
        var foreign = await (await app.NewCourse()).NewGroups();
        foreach (var set in new[] { elsewhere.Set, foreign.Set })
            (await course.Instructor.Post($"{course.Path}/assignments", new { title = "X", group_set_id = set }))
                .Refused(422, "unknown_group_set");

        (await course.Instructor.Post($"{course.Path}/assignments", new { title = "X", grade_individually = true }))
            .Refused(422, "group_set_required");
        var (groups, essay) = await course.NewGroupWork();
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Refused(422, "anonymous_groups");
        await essay.HandIn(course.Learner, "Ours.");
        (await course.Instructor.Put(essay.Path, new { title = "Essay", points_possible = 10, version = essay.Version }))
            .Refused(422, "groups_in_use");
        (await course.Instructor.Put(essay.Path, new
        {
            title = "Essay", points_possible = 10, group_set_id = groups.Set, grade_individually = true, version = essay.Version,
        })).Expect(200);
        (await (await course.NewMember(Role.TeachingAssistant)).Put(essay.Path, new { title = "Essay", version = essay.Version }))
            .Refused(403, "forbidden");
    }

    private static async Task<long> Upload(TestPerson learner, TestAssignment essay)
    {
        var plan = (await learner.Post(
            $"{essay.Path}/uploads", new { name = "part.txt", size_bytes = 5, content_type = "text/plain" })).Expect(201);
        using var part = new ByteArrayContent("hello"u8.ToArray());
        (await learner.Send(HttpMethod.Put, "/" + plan.At("parts.0.url").GetString(), part)).Expect(200);
        return (await learner.Post($"/uploads/{plan.Id("upload_id")}/completion")).Expect(200).Id("file_id");
    }

    private static List<string?> Names(JsonElement members) =>
        [.. members.EnumerateArray().Select(member => member.GetProperty("name").GetString())];
}
