using Lectern.Tests.Grading.Postings;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Submissions;

/// <summary>A grader's remark is something a grader does: its learner neither reads nor hears of it before the grade is posted.</summary>
public sealed class RemarksWaitTests(LecternApp app)
{
    private static readonly object ByHand = new { posts_manually = true };

    [Fact]
    public async Task Remarks_wait_for_the_posting_and_its_notice_tells_of_them()
    {
        var course = await app.NewCourse(learners: 3);
        var (graded, remarked, untold) = (course.Learners[0], course.Learners[1], course.Learners[2]);
        var essay = await course.NewAssignment(more: ByHand);
        var work = new List<long>();
        foreach (var learner in course.Learners) work.Add(await HandIn(essay, learner));
        (await essay.Record(graded, new { score = 7, comment = "Beside the score", version = 0 })).Expect(200);
        await essay.Score(untold, 5);

        var waits = await Say(course.Instructor, work[1], "Read me later");
        Assert.True(waits.At("waits").GetBoolean());
        Assert.False((await Say(course.Instructor, work[1], "Read me now", atOnce: true)).At("waits").GetBoolean());

        // Of one learner's work things are told in their order: had the first been told, it would have come before.
        Assert.Equal(["feedback_given"], await Told(remarked, 1));
        await Reads(remarked, essay, work[1], sees: ["Read me now"], not: ["Read me later"]);
        await Reads(graded, essay, work[0], sees: [], not: ["Beside the score"]);
        var seen = (await course.Instructor.Get($"/submissions/{work[1]}")).Expect(200);
        Assert.True(seen.At("remarks_wait").GetBoolean());
        Assert.True(seen.At("comments.0.waits").GetBoolean());
        Assert.False(seen.At("comments.1.waits").GetBoolean());

        // Posted eleven minutes ago by the clock of this host, so that its notices leave now.
        await using var host = await app.HostWith(new TestClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(11)));
        (await essay.Post(course.On(host).Instructor)).Expect(201);

        Assert.Contains("grade_posted_with_remarks", await Told(graded, 1));
        Assert.Equal(["feedback_given", "feedback_given"], await Told(remarked, 2));
        Assert.Equal(["grade_posted"], await Told(untold, 1));
        await Reads(remarked, essay, work[1], sees: ["Read me now", "Read me later"], not: []);
        await Reads(graded, essay, work[0], sees: ["Beside the score"], not: []);
        Assert.False((await course.Instructor.Get($"/submissions/{work[1]}")).At("comments.0.waits").GetBoolean());

        // And go with the grade when it is hidden, but for what was sent at once.
        (await essay.Hide(course.Instructor)).Expect(201);
        await Reads(graded, essay, work[0], sees: [], not: ["Beside the score"]);
        await Reads(remarked, essay, work[1], sees: ["Read me now"], not: ["Read me later"]);
        // Grades of their own accord from now on; this one was hidden by a person, and its remarks stay with it.
        (await course.Instructor.Put($"{essay.Path}/posting-policy", new
        {
            posts_manually = false, version = await course.Version(essay),
        })).Expect(200);
        await Reads(graded, essay, work[0], sees: [], not: ["Beside the score"]);
        Assert.True((await Say(course.Instructor, work[0], "Of a hidden grade")).At("waits").GetBoolean());
        await Reads(remarked, essay, work[1], sees: ["Read me now", "Read me later"], not: []);
    }

    [Fact]
    public async Task Where_grades_show_as_they_are_entered_remarks_do()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var work = await HandIn(essay, course.Learner);

        Assert.False((await Say(course.Instructor, work, "At once")).At("waits").GetBoolean());

        await Reads(course.Learner, essay, work, sees: ["At once"], not: []);
        Assert.Equal(["feedback_given"], await Told(course.Learner, 1));
        Assert.False((await course.Instructor.Get($"/submissions/{work}")).At("remarks_wait").GetBoolean());
    }

    [Fact]
    public async Task Who_asked_for_another_look_reads_the_answer()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var work = await HandIn(essay, course.Learner);
        await essay.Score(course.Learner, 4);
        var asked = (await course.Learner.Post($"{essay.Path}/regrade-requests", new { reason = "Page two" })).Expect(201);
        (await essay.Hide(course.Instructor)).Expect(201);
        await Say(course.Instructor, work, "Between graders");

        (await course.Instructor.Post(
            $"/regrade-requests/{asked.Id("regrade_request_id")}/answer", new { answer = "You are right", version = 1 })).Expect(200);

        await Reads(course.Learner, essay, work, sees: ["Page two", "You are right"], not: ["Between graders"]);
    }

    private static async Task<long> HandIn(TestAssignment essay, TestPerson learner) =>
        (await learner.Post($"{essay.Path}/submissions", new { type = "text", body_text = $"By {learner.Name}" })).Expect(201)
        .Id("submission_id");

    private static async Task<Answer> Say(TestPerson grader, long work, string body, bool atOnce = false) =>
        (await grader.Post($"/submissions/{work}/comments", new { body, at_once = atOnce })).Expect(201);

    private static async Task Reads(TestPerson learner, TestAssignment essay, long work, string[] sees, string[] not)
    {
        foreach (var place in new[] { $"{essay.Path}/submissions/mine", $"/submissions/{work}" })
        {
            var read = (await learner.Get(place)).Expect(200);
            foreach (var words in sees) Assert.Contains(words, read.Text, StringComparison.Ordinal);
            foreach (var words in not) Assert.DoesNotContain(words, read.Text, StringComparison.Ordinal);
            Assert.False(read.At("remarks_wait").GetBoolean());
        }
    }

    /// <summary>The kinds of what was told of grades and remarks, once so many have come.</summary>
    private static async Task<List<string>> Told(TestPerson learner, int count)
    {
        List<string> kinds = [];
        await TestTenant.Eventually(
            async () =>
            {
                kinds = [.. (await learner.Get("/notifications")).At("items").EnumerateArray()
                    .Select(item => item.GetProperty("kind").GetString()!)
                    .Where(kind => kind is "feedback_given" or "grade_posted" or "grade_posted_with_remarks")];
                return kinds.Count >= count;
            },
            $"{learner.Name} is told {count} times");
        return kinds;
    }
}
