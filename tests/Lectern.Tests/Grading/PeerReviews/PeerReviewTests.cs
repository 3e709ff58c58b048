using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Rubrics;
using Lectern.Tests.Harness;
using static Lectern.Tests.Grading.PeerReviews.PeerSteps;

namespace Lectern.Tests.Grading.PeerReviews;

/// <summary>Learners who review each other's work.</summary>
public sealed class PeerReviewTests(LecternApp app)
{
    private static DateTimeOffset InAWeek => TimeProvider.System.GetUtcNow().AddDays(7);

    [Fact]
    public async Task Reviews_are_handed_out_written_handed_in_and_shown_once_they_are_due_without_names()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var host = await app.HostWith(clock);
        var course = (await app.NewCourse(learners: 3)).On(host);
        var essay = await course.NewAssignment();
        await course.Use(essay, await course.NewRubric());
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        // The database keeps no parts of a microsecond.
        var due = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().AddDays(7).ToUnixTimeSeconds());
        await Plan(essay, course, new { reviews_per_work = 2, by_rubric = true, reviews_due_at = due, version = 0 });

        await Allocate(course, essay);

        var ada = course.Learner;
        var mine = (await ada.Get($"{essay.Path}/peer-reviews/mine")).Expect(200);
        Assert.Equal((2, 2), (mine.At("items").GetArrayLength(), await ToWrite(ada)));
        var id = mine.Id("items.0.peer_review_id");
        var seen = (await ada.Get($"/peer-reviews/{id}")).Expect(200);
        NamesNobody(seen, course);

        (await Save(ada, id, new { hand_in = true, comment = "Well argued.", version = 1 })).Refused(422, "peer_review_incomplete");
        var clear = new { criterion_id = "clarity", points = 5, rating_id = "full" };
        var said = new { criteria = new[] { clear }, comment = "Well", rubric_version = 1, version = 1 };
        var draft = (await Save(ada, id, said)).Expect(200);
        Assert.Equal((2, 5m), (draft.Id("version"), draft.At("assessment.total").GetDecimal()));
        (await Save(ada, id, said)).Expect(200);
        (await Save(ada, id, new { comment = "Another window", version = 1 })).Refused(409, "conflict");
        var few = new { criterion_id = "sources", points = 1.5, comment = "Few" };
        (await Save(ada, id, new { criteria = new[] { few }, comment = "Well argued.", hand_in = true, rubric_version = 1, version = 2 }))
            .Expect(200);
        (await Save(ada, id, new { comment = " ", version = 3 })).Refused(422, "peer_review_incomplete");
        (await Save(ada, id, new { comment = "Very well argued.", version = 3 })).Expect(200);
        Assert.Equal(1, await ToWrite(ada));

        // What peers say is not the grader's word, and is nowhere before its time.
        var author = course.Learners.Single(one => seen.At("work.body_text").GetString() == $"By {one.Name}.");
        Assert.Equal(("due", 0), await Waits(essay, author));
        clock.StandAt(due);
        (await Save(ada, id, new { comment = "To the last instant.", version = 4 })).Expect(200);
        clock.StandAt(due.AddSeconds(1));
        (await Save(ada, id, new { comment = "Too late.", version = 5 })).Refused(422, "peer_review_closed");
        var received = await Received(essay, author);
        Assert.Equal(1, received.At("items").GetArrayLength());
        Assert.Equal(6.5m, received.At("items.0.assessment.total").GetDecimal());
        Assert.StartsWith("Learner ", received.At("items.0.reviewer_name").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Name, received.Text, StringComparison.Ordinal);
        var work = await essay.Work(author);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (work.At("assessment").ValueKind, work.At("grade").ValueKind));
        Assert.Null((await course.Gradebook()).Score(author, essay));
        // What was never handed in can be handed in late, and is said to be.
        var (other, both) = (mine.Id("items.1.peer_review_id"), new[] { clear, (object)few });
        (await Save(ada, other, new { criteria = both, comment = "Late", hand_in = true, rubric_version = 1, version = 1 })).Expect(200);
        Assert.True((await ada.Get($"{essay.Path}/peer-reviews/mine")).At("items.1.late").GetBoolean());
        Assert.Equal(0, await ToWrite(ada));

        Assert.Equal(["2 2 2 0", "2 0 2 1", "2 0 2 1"], await Overview(course, essay));
        await IsOfItsReviewer(course, id);
    }

    [Fact]
    public async Task Handing_out_again_changes_nothing_and_adds_who_came_later()
    {
        var course = await app.NewCourse(learners: 5);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners.Take(3)) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new { reviews_per_work = 3, reviews_due_at = InAWeek, self_review = true, version = 0 });
        var preview = (await course.Instructor.Get($"{essay.Path}/peer-allocation")).Expect(200);
        Assert.Equal((3, 9), (preview.At("works").GetInt32(), preview.At("added").GetInt32()));
        Assert.Equal(
            ["too_few_works", "works_short"],
            preview.At("findings").EnumerateArray().Select(finding => finding.GetProperty("issue").GetString()));
        Assert.Empty(await Pairs(course));

        await Allocate(course, essay);
        var first = await Pairs(course);
        await Task.WhenAll(Allocate(course, essay), Allocate(course, essay));
        Assert.Equal(first, await Pairs(course));
        Assert.Equal(9, first.Count);

        foreach (var learner in course.Learners.Skip(3)) await essay.HandIn(learner, $"By {learner.Name}.");
        await Allocate(course, essay);

        var then = await Pairs(course);
        Assert.Empty(first.Except(then));
        foreach (var learner in course.Learners)
        {
            Assert.True(then.Count(pair => pair.EndsWith($" {learner.Id.Value} peer", StringComparison.Ordinal)) >= 3);
            Assert.Contains($"{learner.Id.Value} {learner.Id.Value} self", then);
        }

        (await course.Instructor.Delete($"{essay.Path}/peer-plan?version=5")).Refused(422, "peer_reviews_exist");
    }

    [Fact]
    public async Task A_pair_is_taken_away_with_what_was_written_and_comes_back_with_it()
    {
        var course = await app.NewCourse(learners: 4);
        var essay = await course.NewAssignment();
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Plan(essay, course, new { reviews_per_work = 1, reviews_due_at = InAWeek, version = 0 });
        await Allocate(course, essay);
        var ada = course.Learner;
        var id = (await ada.Get($"{essay.Path}/peer-reviews/mine")).Id("items.0.peer_review_id");
        (await Save(ada, id, new { comment = "Half of what I think", version = 1 })).Expect(200);

        (await course.Instructor.Delete($"/peer-reviews/{id}")).Expect(204);
        (await course.Instructor.Delete($"/peer-reviews/{id}")).Expect(204);

        Assert.Empty((await ada.Get($"{essay.Path}/peer-reviews/mine")).At("items").EnumerateArray());
        (await Save(ada, id, new { comment = "More", version = 3 })).Refused(422, "peer_review_removed");
        Assert.Equal("Half of what I think", (await ada.Get($"/peer-reviews/{id}")).Expect(200).At("comment").GetString());
        var line = (await course.Instructor.Get($"{essay.Path}/learners/{ada.Id.Value}/peer-reviews")).Expect(200).At("items")
            .EnumerateArray().Single(pair => pair.GetProperty("peer_review_id").GetInt64() == id);
        var author = line.GetProperty("author_id").GetInt64();
        // What somebody took away is not handed out again.
        await Allocate(course, essay);
        Assert.DoesNotContain($"{ada.Id.Value} {author} peer", await Pairs(course));

        var back = await course.Instructor.Post($"{essay.Path}/peer-reviews", new { reviewer_id = ada.Id, author_id = author });
        Assert.Equal(id, back.Expect(201).Id("peer_review_id"));
        Assert.Equal("Half of what I think", (await ada.Get($"/peer-reviews/{id}")).At("comment").GetString());
        (await course.Instructor.Post($"{essay.Path}/peer-reviews", new { reviewer_id = ada.Id, author_id = author }))
            .Refused(422, "peer_asked_already");
        (await course.Instructor.Post($"{essay.Path}/peer-reviews", new { reviewer_id = ada.Id, author_id = ada.Id }))
            .Refused(422, "peer_own_work");
        (await course.Instructor.Delete($"/peer-reviews/{id}")).Expect(204);
        (await course.Instructor.Post($"/peer-reviews/{id}/restoration")).Expect(204);
        Assert.Contains($"{ada.Id.Value} {author} peer", await Pairs(course));
    }

    [Fact]
    public async Task A_plan_that_cannot_be_is_refused_in_words_and_names_that_were_promised_stay_hidden()
    {
        var now = TimeProvider.System.GetUtcNow();
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: new { due_at = now.AddDays(2) });
        (await Put(new { reviews_due_at = now.AddDays(7) })).Refused(422, "version_required");
        (await Put(new { version = 0 })).Refused(422, "peer_due_required");
        (await Put(new { reviews_per_work = 11, reviews_due_at = now.AddDays(7), version = 0 })).Refused(422, "peer_reviews_out_of_range");
        (await Put(new { by_comments = false, reviews_due_at = now.AddDays(7), version = 0 })).Refused(422, "peer_nothing_asked");
        (await Put(new { by_rubric = true, reviews_due_at = now.AddDays(7), version = 0 })).Refused(422, "no_rubric");
        (await Put(new { allocates_at = now.AddDays(1), reviews_due_at = now.AddDays(7), version = 0 }))
            .Refused(422, "peer_allocates_before_due");
        (await Put(new { allocates_at = now.AddDays(3), reviews_due_at = now.AddDays(3).AddSeconds(-2), version = 0 }))
            .Refused(422, "peer_due_too_early");
        (await Put(new { apart_group_set_id = 9_999_999, reviews_due_at = now.AddDays(7), version = 0 })).Refused(422, "unknown_group_set");
        (await course.Learner.Get($"{essay.Path}/peer-plan")).Expect(404);

        (await Put(new { reviews_due_at = now.AddDays(7), version = 0 })).Expect(200);
        (await Put(new { reviews_due_at = now.AddDays(8), version = 0 })).Refused(409, "conflict");
        (await Put(new { names = "shown", reviews_due_at = now.AddDays(8), version = 1 })).Expect(200);
        (await Put(new { reviews_per_work = 1, reviews_due_at = now.AddDays(8), version = 2 })).Expect(200);
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");
        await Allocate(course, essay);
        (await Put(new { names = "author_hidden", reviews_due_at = now.AddDays(8), version = 4 })).Refused(422, "peer_names_promised");

        Task<Answer> Put(object plan) => course.Instructor.Put($"{essay.Path}/peer-plan", plan);
    }

    [Fact]
    public async Task A_group_is_reviewed_once_by_others_and_all_of_it_see_that_when_grades_are_posted_and_own_reviews_are_in()
    {
        var course = await app.NewCourse(learners: 3);
        var (_, essay) = await course.NewGroupWork(new { posts_manually = true });
        await essay.HandIn(course.Learners[0], "Ours.");
        await essay.HandIn(course.Learners[2], "Mine.");
        await Plan(essay, course, new
        {
            reviews_per_work = 1, reviews_due_at = InAWeek, feedback = "when_posted", reviews_first = true,
            names = "shown", version = 0,
        });
        await Allocate(course, essay);

        var pairs = await Pairs(course);
        Assert.Equal(2, pairs.Count);
        var cem = course.Learners[2];
        var id = (await cem.Get($"{essay.Path}/peer-reviews/mine")).Id("items.0.peer_review_id");
        Assert.Equal("Owls", (await cem.Get($"{essay.Path}/peer-reviews/mine")).At("items.0.author_name").GetString());
        (await Save(cem, id, new { comment = "Good.", hand_in = true, version = 1 })).Expect(200);
        foreach (var mate in course.Learners.Take(2))
        {
            Assert.Equal("posting", (await Received(essay, mate)).At("waits").GetString());
            (await essay.Record(mate, new { score = 7, only_this_learner = true, version = 0 })).Expect(200);
        }

        (await course.Instructor.Post($"{essay.Path}/postings", new { kind = "post" })).Expect(201);
        var owes = course.Learners.Take(2).Single(
            mate => pairs.Exists(pair => pair.StartsWith($"{mate.Id.Value} ", StringComparison.Ordinal)));
        foreach (var mate in course.Learners.Take(2))
        {
            var received = await Received(essay, mate);
            Assert.Equal(mate == owes ? "own_reviews" : null, received.At("waits").GetString());
            Assert.Equal(mate == owes ? 0 : 1, received.At("items").GetArrayLength());
        }

        var owed = (await owes.Get($"{essay.Path}/peer-reviews/mine")).Id("items.0.peer_review_id");
        (await Save(owes, owed, new { comment = "Fine.", hand_in = true, version = 1 })).Expect(200);
        Assert.Equal("Good.", (await Received(essay, owes)).At("items.0.comment").GetString());
        Assert.Equal(cem.Name, (await Received(essay, owes)).At("items.0.reviewer_name").GetString());
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_graders_without_names_see_none()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        foreach (var learner in course.Learners) await essay.HandIn(learner, "A text.");
        await Plan(essay, course, new { reviews_per_work = 1, reviews_due_at = InAWeek, version = 0 });
        await Allocate(course, essay);
        var id = (await course.Learner.Get($"{essay.Path}/peer-reviews/mine")).Id("items.0.peer_review_id");
        var assistant = await course.NewMember(Role.TeachingAssistant);

        foreach (var person in new[] { course.Learner, assistant })
        {
            (await person.Put($"{essay.Path}/peer-plan", new { version = 2 })).Refused(403, "forbidden");
            (await person.Post($"{essay.Path}/peer-allocations")).Refused(403, "forbidden");
            (await person.Delete($"/peer-reviews/{id}")).Refused(403, "forbidden");
        }

        (await course.Learner.Get($"{essay.Path}/peer-reviewers")).Refused(403, "forbidden");
        (await course.Instructor.Get($"{essay.Path}/peer-reviews/mine")).Refused(403, "forbidden");
        var listed = (await assistant.Get($"{essay.Path}/peer-reviewers")).Expect(200);
        var line = listed.At("items.0");
        Assert.True(line.GetProperty("user_id").GetInt64() >= 1L << 52);
        var pairs = (await assistant.Get(
            $"{essay.Path}/learners/{line.GetProperty("user_id").GetInt64()}/peer-reviews")).Expect(200);
        var review = (await assistant.Get($"/peer-reviews/{id}")).Expect(200);
        foreach (var said in new[] { listed.Text, pairs.Text, review.Text })
            Assert.All(course.Learners, learner => Assert.DoesNotContain($"\"{learner.Name}\"", said, StringComparison.Ordinal));
        (await assistant.Get($"{essay.Path}/learners/{course.Learner.Id.Value}/peer-reviews")).Expect(404);
    }

    [Fact]
    public async Task Reviews_are_handed_out_by_themselves_at_the_planned_instant()
    {
        // An instant to come by the clock of this host, which has passed for the one that does the work.
        var clock = new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2));
        await using var host = await app.HostWith(clock);
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment(more: new { due_at = clock.GetUtcNow().AddMinutes(20) });
        foreach (var learner in course.Learners) await essay.HandIn(learner, $"By {learner.Name}.");

        await Plan(essay, course.On(host), new
        {
            reviews_per_work = 1, allocates_at = clock.GetUtcNow().AddMinutes(30), reviews_due_at = clock.GetUtcNow().AddDays(7),
            version = 0,
        });

        await TestTenant.Eventually(async () => (await Pairs(course)).Count == 2, "reviews are handed out");
    }

    private static void NamesNobody(Answer seen, TestCourse course)
    {
        foreach (var peer in course.Learners.Skip(1))
            Assert.DoesNotContain(peer.Name, seen.At("author_name").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (seen.Id("work.user_id"), seen.At("work.receipt.number").GetString()));
        Assert.StartsWith("By Learner", seen.At("work.body_text").GetString(), StringComparison.Ordinal);
    }

    private static async Task IsOfItsReviewer(TestCourse course, long id)
    {
        (await course.Learners[1].Get($"/peer-reviews/{id}")).Expect(404);
        (await Save(course.Learners[1], id, new { comment = "Mine", version = 5 })).Expect(404);
        Assert.Equal("Learner 1", (await course.Instructor.Get($"/peer-reviews/{id}")).Expect(200).At("reviewer_name").GetString());
    }

    /// <summary>Given and done, received and done, of each learner by name.</summary>
    private static async Task<List<string>> Overview(TestCourse course, TestAssignment essay)
    {
        var lines = (await course.Instructor.Get($"{essay.Path}/peer-reviewers")).Expect(200).At("items");
        return [.. lines.EnumerateArray().Select(line => string.Join(' ', new[] { "given", "given_done", "received", "received_done" }
            .Select(name => line.GetProperty(name).GetInt32())))];
    }

    private static async Task<(string? For, int Shown)> Waits(TestAssignment essay, TestPerson author)
    {
        var received = await Received(essay, author);
        return (received.At("waits").GetString(), received.At("items").GetArrayLength());
    }

    private static async Task<Answer> Received(TestAssignment essay, TestPerson author) =>
        (await author.Get($"{essay.Path}/peer-reviews/received")).Expect(200);

    /// <summary>How many reviews the dashboard asks for.</summary>
    private static async Task<int> ToWrite(TestPerson learner) => (await learner.Get("/dashboard")).Expect(200).At("due").EnumerateArray()
        .Select(item => item.GetProperty("reviews")).Sum(count => count.ValueKind is JsonValueKind.Null ? 0 : count.GetInt32());

    private static Task<List<string>> Pairs(TestCourse course) => course.Tenant.Rows<string>(db => $"""
        SELECT reviewer_id || ' ' || author_id || ' ' || kind FROM peer_reviews
        WHERE tenant_id = {db.Tenant} AND course_id = {course.Id} AND removed_at IS NULL ORDER BY 1
        """);
}
