using System.Text;
using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Questions;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.SimilarityChecks;

public sealed class SimilarityTests(LecternApp app)
{
    private const string Copied =
        "The monsoon reached the coast nine days later than the almanac of the temple had promised to the farmers of the valley.";

    [Fact]
    public async Task Work_that_shares_a_passage_is_found_from_both_sides_also_when_the_other_comes_later()
    {
        var course = await app.NewCourse(learners: 3);
        var essay = await course.NewAssignment(more: new { description = "Write of the monsoon in the valley and say what it did." });
        await course.Compare(essay);
        var first = await course.HandIn(essay, course.Learners[0], $"My own beginning is this one. {Copied} My own end.");
        Assert.Equal(0, (await course.Checked(first)).At("share_percent").GetDecimal());

        var later = await course.HandIn(essay, course.Learners[1], $"{Copied} Everything else differs from what others say in here.");
        var other = await course.HandIn(essay, course.Learners[2], "Nothing of this stands anywhere else, as far as anybody knows today.");

        var mine = await course.Checked(later);
        var match = mine.At("matches.0");
        Assert.Equal(first, match.GetProperty("submission_id").GetInt64());
        Assert.Equal("Learner 1", match.GetProperty("work").GetProperty("name").GetString());
        var (here, there) = (Range(match, "here"), Range(match, "there"));
        Assert.Equal(Copied.TrimEnd('.'), mine.At("text").GetString()![here]);
        var side = (await course.Instructor.Get($"/submissions/{later}/similarity-matches/{first}")).Expect(200);
        Assert.Equal(Copied.TrimEnd('.'), side.At("text").GetString()![there]);
        Assert.Equal(22, mine.At("matched_words").GetInt32());

        // The earlier work learns of the later one, with nobody asking.
        await TestTenant.Eventually(
            async () => (await course.Check(first)).At("matched_words").GetInt32() == 22, "the earlier work knows of the later");
        Assert.Empty((await course.Checked(other)).At("matches").EnumerateArray());
        var list = (await course.Instructor.Get($"{essay.Path}/similarity-checks?limit=2")).Expect(200);
        Assert.Equal(2, list.At("items").GetArrayLength());
        var rest = await course.Instructor.Get(
            $"{essay.Path}/similarity-checks?limit=2&after={list.At("next").GetString()}");
        Assert.Equal(other, rest.Expect(200).Id("items.0.submission_id"));
    }

    [Fact]
    public async Task Earlier_attempts_templates_and_quotations_are_no_match()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        const string Given = "All of you begin with this very sentence that I have written for you on the board.";
        await course.Compare(essay, template: Given);
        await course.HandIn(essay, course.Learners[0], $"{Given} “{Copied}” was said by somebody, and I repeat it with care today.");
        var second = await course.HandIn(
            essay, course.Learners[0], $"{Given} “{Copied}” was said by somebody, and I repeat it with care today! Again.");
        var other = await course.HandIn(essay, course.Learners[1], $"{Given} “{Copied}” But I have quite another opinion of all that.");

        var (own, theirs) = (await course.Checked(second), await course.Checked(other));

        Assert.Empty(own.At("matches").EnumerateArray());
        Assert.Empty(theirs.At("matches").EnumerateArray());
        Assert.Equal(39, theirs.At("left_out_words").GetInt32());

        // Counted after all: what was handed in is compared anew by itself.
        await course.Compare(essay, version: 1, quotations: false, template: Given);
        await TestTenant.Eventually(async () => (await course.Check(other)).At("matched_words").GetInt32() == 22, "all was compared anew");
    }

    [Fact]
    public async Task Learners_see_their_own_only_where_the_assignment_says_so_and_never_whose_the_other_is()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await course.Compare(essay);
        var first = await course.HandIn(essay, course.Learners[0], Copied);
        var second = await course.HandIn(essay, course.Learners[1], Copied);
        await course.Checked(second);
        (await course.Learners[1].Get($"/submissions/{second}/similarity-check")).Expect(404);

        await course.Compare(essay, version: 1, shown: "after_hand_in");

        var seen = (await course.Learners[1].Get($"/submissions/{second}/similarity-check")).Expect(200);
        Assert.Equal(100, seen.At("share_percent").GetDecimal());
        Assert.Equal(JsonValueKind.Null, seen.At("matches.0.submission_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.At("matches.0.work").ValueKind);
        Assert.Equal(0, seen.At("matches.0.passages.0.there.end").GetInt32());
        Assert.DoesNotContain("Learner 1", seen.Text, StringComparison.Ordinal);
        var mine = (await course.Learners[1].Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(100, mine.At("attempts.0.similarity.share_percent").GetDecimal());
        (await course.Learners[1].Get($"/submissions/{first}/similarity-check")).Expect(404);
        (await course.Learners[1].Get($"/submissions/{second}/similarity-matches/{first}")).Expect(403);
        (await course.Learners[1].Get($"{essay.Path}/similarity-checks")).Expect(403);
        (await course.Learners[1].Post($"{essay.Path}/similarity-checks", new { })).Expect(403);
        (await course.Learners[1].Get($"{essay.Path}/similarity-policy")).Expect(403);
        (await course.Learners[1].Put($"/submissions/{second}/similarity-exclusion", new { source = $"work:{first}", excluded = true }))
            .Expect(403);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        (await assistant.Put($"{essay.Path}/similarity-policy", new { enabled = false, version = 2 })).Expect(403);
    }

    [Fact]
    public async Task Earlier_courses_are_looked_at_where_asked_and_only_graders_there_are_told_whose_it_is()
    {
        var earlier = await app.NewCourse();
        var essay = await earlier.NewAssignment();
        await earlier.Compare(essay);
        var old = await earlier.HandIn(essay, earlier.Learner, Copied);
        await earlier.Checked(old);
        var course = await earlier.Tenant.NewCourse();
        var again = await course.NewAssignment();
        await course.Compare(again);
        var now = await course.HandIn(again, course.Learner, Copied);
        Assert.Empty((await course.Checked(now)).At("matches").EnumerateArray());

        await course.Compare(again, version: 1, reach: "institution");
        await TestTenant.Eventually(async () => (await course.Check(now)).At("share_percent").GetDecimal() == 100, "it was compared anew");

        var match = (await course.Check(now)).At("matches.0");
        Assert.Equal(JsonValueKind.Null, match.GetProperty("work").ValueKind);
        Assert.Equal(JsonValueKind.Null, match.GetProperty("submission_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, match.GetProperty("source").ValueKind);
        Assert.Equal(0, match.GetProperty("passages")[0].GetProperty("there").GetProperty("end").GetInt32());
        (await course.Instructor.Get($"/submissions/{now}/similarity-matches/{old}")).Expect(404);
        // The other side asked to be compared with its own assignment only, and is not told.
        Assert.Empty((await earlier.Check(old)).At("matches").EnumerateArray());
        var administrator = await course.Tenant.NewAdministrator();
        var told = (await administrator.Get($"/submissions/{now}/similarity-check")).Expect(200);
        Assert.Equal(old, told.Id("matches.0.submission_id"));
        (await administrator.Get($"/submissions/{now}/similarity-matches/{old}")).Expect(200);
    }

    [Fact]
    public async Task Another_institution_in_the_same_tables_is_never_looked_at()
    {
        var theirs = await app.NewCourse();
        var essay = await theirs.NewAssignment();
        await theirs.Compare(essay, reach: "institution");
        var submission = await theirs.HandIn(essay, theirs.Learner, Copied);
        await theirs.Checked(submission);
        var prints = (await theirs.Tenant.Rows<int[]>(db =>
            $"SELECT prints FROM similarity_prints WHERE tenant_id = {db.Tenant} AND submission_id = {submission}")).Single();
        var mine = await app.NewCourse();
        var own = await mine.NewAssignment();
        await mine.Compare(own, reach: "institution");
        var copy = await mine.HandIn(own, mine.Learner, Copied);

        Assert.Empty((await mine.Checked(copy)).At("matches").EnumerateArray());
        Task<List<long>> Search(TestTenant tenant) => tenant.Rows<long>(db =>
            $"SELECT submission_id FROM similar_work({prints}, NULL, {Array.Empty<long>()}, 1, 20)");
        Assert.Equal([submission], await Search(theirs.Tenant));
        Assert.Equal([copy], await Search(mine.Tenant));
    }

    [Fact]
    public async Task Files_are_read_and_what_cannot_be_is_said()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await course.Compare(essay);
        var first = await course.HandIn(essay, course.Learners[0], Copied);
        await course.Checked(first);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes($"# Essay\n\n{Copied}\n")), "file", "essay.md" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("{\"cells\": 7}")), "file", "broken.ipynb" },
            { new ByteArrayContent([0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2]), "file", "picture.png" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("five megabytes of text ", 230_000)))),
                "file", "long.txt" },
        };
        var sent = (await course.Learners[1].Send(HttpMethod.Post, $"{essay.Path}/submissions", form)).Expect(201);

        var check = await course.Checked(sent.Id("submission_id"));

        Assert.Equal(first, check.Id("matches.0.submission_id"));
        Assert.Equal(22, check.At("matched_words").GetInt32());
        Assert.Equal(["broken.ipynb", "picture.png", "long.txt"],
            check.At("unread").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
        Assert.Equal(500_000, check.At("text").GetString()!.Length);
    }

    [Fact]
    public async Task Answers_to_questions_are_compared_too()
    {
        var course = await app.NewCourse(learners: 2);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        await course.Compare(quiz);
        var first = await quiz.Answer(course.Learners[0], new { capital = "Paris", why = Copied });
        await course.Checked(first);
        var second = await quiz.Answer(course.Learners[1], new { capital = "Paris", why = $"Because. {Copied}" });

        Assert.Equal(22, (await course.Checked(second)).At("matched_words").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_compared_unless_asked_and_asking_again_is_harmless()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var before = await course.HandIn(essay, course.Learner, "…");
        (await course.Instructor.Get($"/submissions/{before}/similarity-check")).Expect(404);
        (await course.Instructor.Get($"{essay.Path}/similarity-checks")).Expect(404);
        (await course.Instructor.Post($"{essay.Path}/similarity-checks", new { })).Refused(422, "similarity_off");
        (await course.Instructor.Put($"{essay.Path}/similarity-policy", new { enabled = true })).Refused(422, "version_required");
        var tooLong = new string('x', 200_001);
        (await course.Instructor.Put($"{essay.Path}/similarity-policy", new { enabled = true, version = 0, template = tooLong }))
            .Refused(422, "too_long");

        await course.Compare(essay);
        (await course.Instructor.Put($"{essay.Path}/similarity-policy", new { enabled = false, version = 0 })).Refused(409, "conflict");

        var check = await course.Checked(before, "nothing");
        Assert.Equal(0, check.At("words").GetInt32());
        (await course.Instructor.Post($"{essay.Path}/similarity-checks", new { submission_id = before })).Expect(202);
        (await course.Instructor.Post($"{essay.Path}/similarity-checks", new { submission_id = 999_999_999L })).Expect(404);
        await course.Checked(before, "nothing");
        var foreigner = (await app.NewCourse()).Instructor.At(course.Tenant);
        (await foreigner.Get($"{essay.Path}/similarity-policy")).Expect(401);
    }

    [Fact]
    public async Task A_groups_work_is_one_and_its_members_are_no_sources_of_each_other()
    {
        var course = await app.NewCourse(learners: 3);
        var (groups, essay) = await course.NewGroupWork();
        await course.Compare(essay, shown: "after_hand_in");
        var first = await course.HandIn(essay, course.Learners[0], $"{Copied} This is what the two of us have written together.");
        var mate = (await essay.Work(course.Learners[1])).Id("attempts.0.submission_id");
        Assert.Empty((await course.Checked(mate)).At("matches").EnumerateArray());

        var alone = await course.HandIn(essay, course.Learners[2], Copied);

        var match = Assert.Single((await course.Checked(alone)).At("matches").EnumerateArray());
        Assert.Equal("Owls", match.GetProperty("work").GetProperty("name").GetString());
        var list = (await course.Instructor.Get($"{essay.Path}/similarity-checks")).Expect(200);
        Assert.Equal([alone, Math.Min(first, mate)],
            list.At("items").EnumerateArray().Select(line => line.GetProperty("submission_id").GetInt64()));
        await TestTenant.Eventually(
            async () => (await course.Learners[1].Get($"/submissions/{first}/similarity-check")).Expect(200)
                .At("matched_words").GetInt32() == 22, "the group, whoever of it looks, knows of the later work");

        // Who leaves the group takes no source of it along: the same people's work is no match, nor is a part of them.
        await groups.Move(course.Learners[1], await groups.Add("Larks"));
        var later = await course.HandIn(essay, course.Learners[1], $"{Copied} I have gone my own way since.");
        Assert.Equal([alone], (await course.Checked(later)).At("matches").EnumerateArray()
            .Select(one => one.GetProperty("submission_id").GetInt64()));
    }

    [Fact]
    public async Task Where_names_are_hidden_a_grader_reads_pseudonyms()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        (await course.Instructor.Put($"{essay.Path}/anonymity", new { version = essay.Version })).Expect(200);
        await course.Compare(essay);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Copied)), "file", "first.md" },
            { new ByteArrayContent([0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2]), "file", $"{course.Learners[0].Name}.png" },
        };
        var first = (await course.Learners[0].Send(HttpMethod.Post, $"{essay.Path}/submissions", form)).Expect(201).Id("submission_id");
        await course.Checked(first);
        var second = await course.HandIn(essay, course.Learners[1], Copied);
        await course.Checked(second);

        var answers = new[]
        {
            await course.Check(first), await course.Check(second), await course.Instructor.Get($"{essay.Path}/similarity-checks"),
            await course.Instructor.Get($"/submissions/{second}/similarity-matches/{first}"),
        };

        foreach (var answer in answers)
        {
            answer.Expect(200);
            foreach (var learner in course.Learners)
            {
                Assert.DoesNotContain($"\"{learner.Name}\"", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain($"{learner.Name}.png", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain($"\"user_id\":{learner.Id.Value},", answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Matches("^Learner [0-9A-Z]{6}$", answers[1].At("matches.0.work.name").GetString());
        Assert.Equal(answers[0].At("user_id").GetInt64(), answers[1].At("matches.0.work.user_id").GetInt64());
        Assert.Equal("file-2.png", answers[0].At("unread.0.name").GetString());
        Assert.Equal("kind", answers[0].At("unread.0.because").GetString());

        // Who else wrote it under a name would say, of few, who wrote it here without one.
        var named = await course.NewAssignment();
        await course.Compare(named, reach: "institution");
        var elsewhere = await course.HandIn(named, course.Learners[0], Copied);
        var match = Assert.Single((await course.Checked(elsewhere)).At("matches").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, match.GetProperty("work").ValueKind);
        Assert.Equal(JsonValueKind.Null, match.GetProperty("source").ValueKind);
        (await course.Instructor.Get($"/submissions/{elsewhere}/similarity-matches/{second}")).Expect(404);
    }

    [Fact]
    public async Task A_source_that_is_none_no_longer_counts_however_often_it_is_compared()
    {
        var course = await app.NewCourse(learners: 2);
        var essay = await course.NewAssignment();
        await course.Compare(essay, shown: "after_hand_in");
        var first = await course.HandIn(essay, course.Learners[0], Copied);
        await course.Checked(first);
        var second = await course.HandIn(essay, course.Learners[1], Copied);
        var source = (await course.Checked(second)).At("matches.0.source").GetString();
        Task<Answer> Exclude(bool excluded) =>
            course.Instructor.Put($"/submissions/{second}/similarity-exclusion", new { source, excluded });

        var counted = (await Exclude(true)).Expect(200);
        (await Exclude(true)).Expect(200);

        Assert.Equal(0, counted.At("share_percent").GetDecimal());
        Assert.True(counted.At("matches.0.excluded").GetBoolean());
        (await course.Instructor.Post($"{essay.Path}/similarity-checks", new { submission_id = second })).Expect(202);
        Assert.Equal(0, (await course.Checked(second)).At("share_percent").GetDecimal());
        // The author does not hear of it either, and the other work is another matter.
        var seen = (await course.Learners[1].Get($"/submissions/{second}/similarity-check")).Expect(200);
        Assert.Empty(seen.At("matches").EnumerateArray());
        Assert.Equal(100, (await course.Check(first)).At("share_percent").GetDecimal());
        Assert.Equal(100, (await Exclude(false)).Expect(200).At("share_percent").GetDecimal());
        source = "work:0";
        (await Exclude(true)).Expect(404);
        Assert.Equal(3, (await course.Tenant.AuditOf("similarity_check.source_excluded")).Count);
    }

    [Theory]
    [InlineData(-1, 200)]
    [InlineData(1, 404)]
    public async Task Learners_may_have_to_wait_until_their_work_is_due(int dueInHours, int status)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment(more: new { due_at = TimeProvider.System.GetUtcNow().AddHours(dueInHours) });
        await course.Compare(essay, shown: "after_due");
        var work = await course.HandIn(essay, course.Learner, Copied);
        await course.Checked(work);

        (await course.Learner.Get($"/submissions/{work}/similarity-check")).Expect(status);
        var mine = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200);
        Assert.Equal(status == 200, mine.At("attempts.0.similarity").ValueKind is JsonValueKind.Object);
        // A grader waits for nothing.
        var graders = (await course.Instructor.Get($"/submissions/{work}")).Expect(200);
        Assert.Equal(0, graders.At("attempts.0.similarity.share_percent").GetDecimal());
    }

    [Fact]
    public async Task Two_that_arrive_together_find_each_other()
    {
        var course = await app.NewCourse(learners: 6);
        var essay = await course.NewAssignment();
        await course.Compare(essay);

        var all = await Task.WhenAll(course.Learners.Select(learner => course.HandIn(essay, learner, Copied)));

        foreach (var submission in all)
        {
            await TestTenant.Eventually(
                async () => (await course.Check(submission)) is { Status: System.Net.HttpStatusCode.OK } check
                    && check.At("matches").GetArrayLength() == 5, "each has found the five others");
        }
    }

    private static Range Range(JsonElement match, string side)
    {
        var range = match.GetProperty("passages")[0].GetProperty(side);
        return range.GetProperty("start").GetInt32()..range.GetProperty("end").GetInt32();
    }
}

internal static class Comparing
{
    public static async Task Compare(
        this TestCourse course, TestAssignment assignment, int version = 0, string reach = "assignment", bool quotations = true,
        string template = "", string shown = "never") =>
        (await course.Instructor.Put($"{assignment.Path}/similarity-policy", new
        {
            enabled = true, reach, without_quotations = quotations, template, shown_to_learners = shown, version,
        })).Expect(200);

    public static async Task<long> HandIn(this TestCourse course, TestAssignment assignment, TestPerson learner, string text) =>
        (await learner.Post($"{assignment.Path}/submissions", new { body_text = text })).Expect(201).Id("submission_id");

    public static Task<Answer> Check(this TestCourse course, long submission) =>
        course.Instructor.Get($"/submissions/{submission}/similarity-check");

    /// <summary>The check once it has come to its end.</summary>
    public static async Task<Answer> Checked(this TestCourse course, long submission, string state = "ready")
    {
        Answer? check = null;
        await TestTenant.Eventually(
            async () => (check = await course.Check(submission)) is { Status: System.Net.HttpStatusCode.OK }
                && check.At("state").GetString() == state, $"submission {submission} is compared");
        return check!;
    }
}
