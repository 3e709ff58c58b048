using System.Text.Json;
using Lectern.Grading.Answers;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Questions;

public sealed class AnswerClaimTests(LecternApp app)
{
    [Fact]
    public async Task Equal_answers_come_together_are_marked_at_once_and_wait_again_when_the_mark_is_taken_back()
    {
        var (course, quiz) = await Answered("Because  of x", " Because of\nx ", "because of x", "");
        Assert.Equal([("capital", 4, 0), ("why", 0, 4)], await Progress(course, quiz));

        var claimed = await Claim(course, quiz, count: 2);

        var same = Groups(claimed)[0];
        Assert.Equal((2, 0, "Because  of x"), (Count(same, "waiting"), Count(same, "judged"), Text(same, "answer")));
        Assert.Equal(["Learner 1", "Learner 2"], same.GetProperty("learners").EnumerateArray().Select(one => Text(one, "name")));
        Assert.Equal(4, claimed.At("progress.waiting").GetInt32());
        var marked = (await quiz.Mark(course.Instructor, "why", 3, Seen(same))).Expect(200);
        var book = await course.Gradebook();
        Assert.Equal((5m, 5m), (book.Score(course.Learners[0], quiz), book.Score(course.Learners[1], quiz)));
        Assert.Null(book.Score(course.Learners[2], quiz));
        Assert.Equal([("capital", 4, 0), ("why", 2, 2)], await Progress(course, quiz));
        Assert.DoesNotContain(Text(same, "answer_key"), Groups(await Claim(course, quiz, count: 4)).Select(one => Text(one, "answer_key")));

        // What was marked can be looked at again, and taken back: the answers wait, and the grades with them.
        var again = await Group(course, quiz, same);
        Assert.Equal((0, 2, 3m), (again.At("waiting").GetInt32(), again.At("judged").GetInt32(), again.At("marks.0.score").GetDecimal()));
        (await quiz.Mark(course.Instructor, "why", null, Seen(marked.At("marks")))).Expect(200);
        book = await course.Gradebook();
        Assert.Null(book.Score(course.Learners[0], quiz));
        Assert.Equal(32, book.Flags(course.Learners[0], quiz) & 32);
        Assert.Contains(Text(same, "answer_key"), Groups(await Claim(course, quiz, count: 4)).Select(one => Text(one, "answer_key")));
        (await quiz.Mark(course.Instructor, "why", 4, Seen((await Group(course, quiz, same)).At("marks")))).Expect(200);
        Assert.Equal(6, (await course.Gradebook()).Score(course.Learners[1], quiz));

        // One who says the same later is shown beside what was given for it.
        await quiz.Answer(course.Learners[3], new { capital = "Paris-secret", why = "Because of x" });
        await quiz.Judged(course, course.Learners[3]);
        var late = await Group(course, quiz, same);
        Assert.Equal((1, 2), (late.At("waiting").GetInt32(), late.At("judged").GetInt32()));
        Assert.Equal(
            [JsonValueKind.Null, JsonValueKind.Number],
            late.At("marks").EnumerateArray().Take(2).Select(mark => mark.GetProperty("score").ValueKind));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Graders_who_ask_at_once_are_given_different_answers_and_what_is_skipped_comes_last()
    {
        var (course, quiz) = await Answered("a", "b", "c", "d", "e", "f");
        var graders = new List<TestPerson> { course.Instructor };
        for (var i = 0; i < 2; i++) graders.Add(await course.NewMember(Role.TeachingAssistant));

        var given = (await Task.WhenAll(graders.Select(grader => Claim(course, quiz, 2, grader)))).Select(Keys).ToList();

        Assert.Equal([2, 2, 2], given.Select(keys => keys.Count));
        Assert.Equal(6, given.SelectMany(keys => keys).Distinct().Count());
        Assert.Equal(given[0], Keys(await Claim(course, quiz, 2)));
        Assert.Equal(4, (await Claim(course, quiz, 2)).At("progress.held_by_others").GetInt32());
        var open = (await graders[1].Get($"{quiz.Path}/answer-claims/{given[0][0]}?question_id=why")).Expect(200);
        Assert.Equal(course.Instructor.Id.Value, open.At("held_by.user_id").GetInt64());

        (await course.Instructor.Delete($"{quiz.Path}/answer-claims/{given[0][0]}?question_id=why&skip=true")).Expect(204);
        (await course.Instructor.Delete($"{quiz.Path}/answer-claims/{given[0][1]}?question_id=why")).Expect(204);
        Assert.Equal([given[0][1]], Keys(await Claim(course, quiz, 1)));
        Assert.Equal([given[0][1], given[0][0]], Keys(await Claim(course, quiz, 2)));
        await course.Tenant.Do(services => services.GetRequiredService<TenantDb>().Execute($"""
            UPDATE answer_claims SET claimed_until = {DateTimeOffset.UnixEpoch}
            WHERE tenant_id = {course.Tenant.Id} AND claimed_by <> {course.Instructor.Id}
            """, CancellationToken.None));
        Task<Answer> Renew(TestPerson grader) =>
            grader.Put($"{quiz.Path}/answer-claims", new { question_id = "why", answer_keys = given.SelectMany(keys => keys) });
        Assert.Equal(2, (await Renew(course.Instructor)).Expect(200).At("items").GetArrayLength());
        Assert.Equal(0, (await Renew(graders[1])).Expect(200).At("items").GetArrayLength());
        Assert.Equal(6, Keys(await Claim(course, quiz, 8)).Count);
    }

    [Fact]
    public async Task What_was_graded_as_a_whole_or_given_back_is_not_handed_out()
    {
        var (course, quiz) = await Answered("a", "b", "c");
        await quiz.Score(course.Learners[0], 7);
        (await course.Instructor.Post(
            $"{quiz.Path}/revision-requests", new { user_id = course.Learners[1].Id.Value, note = "Say more." })).Expect(201);

        Assert.Equal(["c"], Groups(await Claim(course, quiz, 8)).Select(group => Text(group, "answer")));

        Assert.Equal([("capital", 3, 0), ("why", 0, 1)], await Progress(course, quiz));
    }

    [Fact]
    public async Task An_attempt_whose_mark_is_taken_back_leaves_the_score_of_the_one_before()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(new { attempts_kept = "highest" }, [QuestionCourse.Capital, QuestionCourse.Why]);
        var first = await quiz.Answer(course.Learner, new { capital = "Paris-secret", why = "x" });
        await quiz.Judged(course, course.Learner);
        (await quiz.Mark(course.Instructor, "why", 1, (first, 1))).Expect(200);
        var second = await quiz.Answer(course.Learner, new { capital = "Paris-secret", why = "y" });
        await quiz.Judged(course, course.Learner);
        (await quiz.Mark(course.Instructor, "why", 5, (second, 1))).Expect(200);
        Assert.Equal(7, (await course.Gradebook()).Score(course.Learner, quiz));

        (await quiz.Mark(course.Instructor, "why", null, (second, 2))).Expect(200);

        var book = await course.Gradebook();
        Assert.Equal((3m, 32), (book.Score(course.Learner, quiz), book.Flags(course.Learner, quiz) & 32));
        (await quiz.Mark(course.Instructor, "why", 4, (second, 3))).Expect(200);
        Assert.Equal(6, (await course.Gradebook()).Score(course.Learner, quiz));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Where_names_are_hidden_answers_name_nobody_and_only_graders_of_the_course_are_given_any()
    {
        var (course, quiz) = await Answered("a", "a");
        var version = (await course.Instructor.Get(quiz.Path)).Id("version");
        (await course.Instructor.Put($"{quiz.Path}/anonymity", new { version })).Expect(200);

        var claimed = await Claim(course, quiz);
        var one = await Group(course, quiz, Groups(claimed)[0]);

        foreach (var answer in new[] { claimed.At("claims.0.group"), one.Json })
        {
            var given = answer.GetProperty("learners").EnumerateArray().ToList();
            Assert.Equal(2, given.Count);
            Assert.All(given, who => Assert.Matches("^Learner [0-9A-Z]{6}$", Text(who, "name")));
            Assert.All(given, who => Assert.DoesNotContain(
                who.GetProperty("user_id").GetInt64(), course.Learners.Select(learner => learner.Id.Value)));
        }

        (await course.Instructor.Post($"{quiz.Path}/answer-claims", new { question_id = "gone" })).Refused(422, "unknown_question");
        (await course.Instructor.Post($"{quiz.Path}/answer-claims", new { })).Refused(422, "unknown_question");
        (await course.Instructor.Post($"{quiz.Path}/answer-claims", new { question_id = "why", count = 9 }))
            .Refused(422, "count_out_of_range");
        (await course.Instructor.Get($"{quiz.Path}/answer-claims/zz?question_id=why")).Expect(404);
        (await course.Instructor.Get($"{quiz.Path}/answer-claims/{new string('0', 64)}?question_id=why")).Expect(404);
        foreach (var stranger in new[] { (await course.Tenant.NewCourse()).Instructor, (await app.NewCourse()).Instructor })
        {
            (await stranger.Post($"{quiz.Path}/answer-claims", new { question_id = "why" })).Expect(404);
            (await stranger.Get($"{quiz.Path}/question-marks")).Expect(404);
        }

        (await course.Learner.Post($"{quiz.Path}/answer-claims", new { question_id = "why" })).Expect(403);
        (await course.Learner.Get($"{quiz.Path}/answer-claims/{Keys(claimed)[0]}?question_id=why")).Expect(403);
        (await course.Learner.Get($"{quiz.Path}/question-marks")).Expect(403);
    }

    [Theory]
    [InlineData("x  y\n", "x y", true)]
    [InlineData("Cafe\u0301", "Caf\u00e9", true)]
    [InlineData("CO", "Co", false)]
    [InlineData("xy", "x y", false)]
    [InlineData("", "  ", true)]
    public void Texts_are_equal_but_for_what_nobody_sees(string one, string other, bool equal)
    {
        Assert.Equal(equal, EqualAnswers.KeyOf(AnswerKind.FreeText, one).SequenceEqual(EqualAnswers.KeyOf(AnswerKind.FreeText, other)));
        Assert.False(EqualAnswers.KeyOf(AnswerKind.Pattern, one).SequenceEqual(EqualAnswers.KeyOf(AnswerKind.Pattern, other)));
    }

    /// <summary>A course whose learners have each answered why, and the capital rightly.</summary>
    private async Task<(TestCourse Course, TestAssignment Quiz)> Answered(params string[] answers)
    {
        var course = await app.NewCourse(learners: answers.Length);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        foreach (var (learner, why) in course.Learners.Zip(answers))
            await quiz.Answer(learner, new { capital = "Paris-secret", why });
        foreach (var learner in course.Learners) await quiz.Judged(course, learner);
        return (course, quiz);
    }

    private static async Task<Answer> Claim(TestCourse course, TestAssignment quiz, int count = 1, TestPerson? grader = null) =>
        (await (grader ?? course.Instructor).Post($"{quiz.Path}/answer-claims", new { question_id = "why", count })).Expect(200);

    private static async Task<Answer> Group(TestCourse course, TestAssignment quiz, JsonElement group) =>
        (await course.Instructor.Get($"{quiz.Path}/answer-claims/{Text(group, "answer_key")}?question_id=why")).Expect(200);

    private static async Task<IEnumerable<(string Question, int Judged, int Waiting)>> Progress(TestCourse course, TestAssignment quiz) =>
        (await course.Instructor.Get($"{quiz.Path}/question-marks")).Expect(200).At("items").EnumerateArray()
            .Select(one => (Text(one, "question_id"), Count(one, "judged"), Count(one, "waiting"))).Order();

    private static List<JsonElement> Groups(Answer answer) =>
        [.. answer.At("claims").EnumerateArray().Select(claim => claim.GetProperty("group"))];

    private static List<string> Keys(Answer answer) =>
        [.. answer.At("claims").EnumerateArray().Select(claim => Text(claim, "answer_key"))];

    private static (long, int)[] Seen(JsonElement marks) =>
        [.. (marks.ValueKind is JsonValueKind.Object ? marks.GetProperty("marks") : marks).EnumerateArray()
            .Select(mark => (mark.GetProperty("submission_id").GetInt64(), mark.GetProperty("version").GetInt32()))];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static int Count(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
