using System.Text.Json;
using Lectern.Contracts.Grading;
using Lectern.Grading.QuestionMarks;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.Questions;

public sealed class QuestionMarkTests(LecternApp app)
{
    [Fact]
    public async Task What_can_be_judged_is_judged_on_hand_in_and_becomes_the_grade()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Gravity);

        // What no database keeps is no reason to lose an answer.
        (await course.Learner.Put($"{quiz.Path}/draft", new { answers = new { capital = "Pa\0ris" }, version = 0 })).Expect(200);
        Assert.Equal("Paris", (await course.Learner.Get($"{quiz.Path}/draft")).At("answers.capital").GetString());
        var attempt = await quiz.Answer(course.Learner, new { capital = " paris-\0SECRET ", gravity = "9.9 m/s2" });

        var seen = await quiz.Judged(course, course.Learner);
        Assert.Equal(
            [("capital", 2m, "right"), ("gravity", 0m, "wrong")],
            seen.At("marks").EnumerateArray().OrderBy(Id).Select(mark => (Id(mark), mark.GetProperty("score").GetDecimal(),
                mark.GetProperty("outcome").GetString()!)));
        Assert.Equal(" paris-SECRET ", seen.At("attempts.0.answers.capital").GetString());
        var entry = (await course.Instructor.Get($"{quiz.Path}/grades/{course.Learner.Id.Value}/history")).Expect(200).At("items.0");
        Assert.Equal(("marks", "automatic", 2m, attempt), (
            entry.GetProperty("kind").GetString(), entry.GetProperty("source").GetString(),
            entry.GetProperty("entered_score").GetDecimal(), entry.GetProperty("submission_id").GetInt64()));
        Assert.Equal(0, (await course.Gradebook()).Flags(course.Learner, quiz) & 32);
        var mine = await quiz.Work(course.Learner);
        Assert.Equal((2m, 2), (mine.At("grade.score").GetDecimal(), mine.At("marks").GetArrayLength()));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Judging_again_changes_nothing_and_judging_that_breaks_off_leaves_nothing()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var attempt = await quiz.Answer(course.Learner, new { capital = "Paris-secret", why = "So." });
        await quiz.Judged(course, course.Learner);
        (await quiz.Mark(course.Instructor, "why", 4, (attempt, 1))).Expect(200);
        var job = new MarkAnswers(course.Id, quiz.Id, [new SubmissionId(attempt)]);

        await course.Tenant.Do(async services =>
        {
            await services.GetRequiredService<MarkAnswersHandler>().Run(job, JobProgress.None, CancellationToken.None);
            return true;
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => course.Tenant.Do<bool>(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.Execute($"DELETE FROM question_marks WHERE tenant_id = {db.Tenant}", CancellationToken.None);
            await services.GetRequiredService<MarkAnswersHandler>().Run(job, JobProgress.None, CancellationToken.None);
            throw new InvalidOperationException("The process ends here.");
        }));

        var marks = (await quiz.Judged(course, course.Learner)).At("marks").EnumerateArray().ToList();
        Assert.Equal([2m, 4m], marks.Select(mark => mark.GetProperty("score").GetDecimal()).Order());
        Assert.Single((await course.Instructor.Get($"{quiz.Path}/grades/{course.Learner.Id.Value}/history")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task Free_text_waits_in_the_queue_and_the_grade_follows_the_marks_until_somebody_types_one()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var attempt = await quiz.Answer(course.Learner, new { capital = "Paris-secret", why = "Because." });
        await quiz.Judged(course, course.Learner);
        var claimed = (await course.Instructor.Post($"{quiz.Path}/grading-claims", new { count = 1 })).Expect(200);
        Assert.Equal("Because.", claimed.At("claims.0.work.work.attempts.0.answers.why").GetString());
        Assert.Null((await course.Gradebook()).Score(course.Learner, quiz));

        (await quiz.Mark(course.Instructor, "why", 4, (attempt, 1))).Expect(200);
        Assert.Equal(6, (await course.Gradebook()).Score(course.Learner, quiz));
        Assert.Equal(0, (await course.Gradebook()).Flags(course.Learner, quiz) & 32);
        (await quiz.Mark(course.Instructor, "capital", 0, (attempt, 1))).Expect(200);
        Assert.Equal(4, (await course.Gradebook()).Score(course.Learner, quiz));

        await quiz.Score(course.Learner, 9, version: 2);
        (await quiz.Mark(course.Instructor, "why", 5, (attempt, 2))).Expect(200);
        Assert.Equal(9, (await course.Gradebook()).Score(course.Learner, quiz));
        await quiz.Answer(course.Learner, new { capital = "Paris-secret", why = "" });
        await quiz.Judged(course, course.Learner);
        Assert.Equal(9, (await course.Gradebook()).Score(course.Learner, quiz));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task The_next_attempt_is_judged_anew_and_the_latest_counts()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Gravity);
        await quiz.Answer(course.Learner, new { capital = "Paris-secret", gravity = "1" });
        await quiz.Judged(course, course.Learner);

        await quiz.Answer(course.Learner, new { gravity = "9.81" });

        await TestTenant.Eventually(
            async () => (await course.Gradebook()).Score(course.Learner, quiz) == 3, "the second attempt is the grade");
        Assert.Equal(0, (await course.Gradebook()).Flags(course.Learner, quiz) & 32);
        Assert.Equal(4, (await quiz.Work(course.Learner)).At("marks").GetArrayLength());
    }

    [Fact]
    public async Task Where_the_highest_attempt_counts_each_is_scored()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(new { attempts_kept = "highest" }, [QuestionCourse.Capital, QuestionCourse.Gravity]);

        await quiz.Answer(course.Learner, new { capital = "Paris-secret", gravity = "9.81" });
        await quiz.Answer(course.Learner, new { gravity = "9.81" });

        await TestTenant.Eventually(
            async () => (await quiz.Work(course.Learner)).At("marks").GetArrayLength() == 4, "both attempts are judged and scored");
        Assert.Equal(5, (await course.Gradebook()).Score(course.Learner, quiz));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Hidden_grades_hide_marks_and_keys_are_never_sent_to_learners()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(
            new { posts_manually = true }, [QuestionCourse.Capital, QuestionCourse.Gravity, QuestionCourse.Why]);
        var attempt = await quiz.Answer(course.Learner, new { capital = "Rome", why = "I say so." });
        await quiz.Judged(course, course.Learner);
        (await quiz.Mark(course.Instructor, "why", 5, (attempt, 1))).Expect(200);

        var mine = await quiz.Work(course.Learner);
        Assert.Equal((JsonValueKind.Null, 0), (mine.At("grade").ValueKind, mine.At("marks").GetArrayLength()));
        Assert.DoesNotContain("Seen.", mine.Text, StringComparison.Ordinal);
        var asked = (await course.Learner.Get($"{quiz.Path}/questions")).Expect(200);
        Assert.Equal(3, asked.At("items").GetArrayLength());
        foreach (var path in new[] { $"{quiz.Path}/questions", quiz.Path, $"{quiz.Path}/submissions/mine", $"{quiz.Path}/draft" })
        {
            var text = (await course.Learner.Get(path)).Expect(200).Text;
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("9.81", text, StringComparison.Ordinal);
        }

        (await course.Learner.Get($"{quiz.Path}/question-key")).Expect(403);
    }

    [Fact]
    public async Task A_group_drafts_together_is_judged_once_and_one_mark_serves_all_of_it()
    {
        var course = await app.NewCourse(learners: 3);
        var groups = await course.NewGroups();
        await groups.Add("Owls", course.Learners[0], course.Learners[1]);
        var quiz = await course.NewQuestions(new { group_set_id = groups.Set }, [QuestionCourse.Capital, QuestionCourse.Why]);
        var (ada, ben) = (course.Learners[0], course.Learners[1]);
        (await ada.Put($"{quiz.Path}/draft", new { answers = new { capital = "Paris-secret" }, version = 0 })).Expect(200);
        Assert.Equal("Paris-secret", (await ben.Get($"{quiz.Path}/draft")).At("answers.capital").GetString());
        var met = (await ben.Put($"{quiz.Path}/draft", new { answers = new { why = "Mine" }, version = 0 })).Refused(409, "conflict");
        Assert.Equal("Paris-secret", met.At("current.answers.capital").GetString());

        var attempt = await quiz.Answer(ada, new { capital = "Paris-secret", why = "Ours." });
        await quiz.Judged(course, ben);
        (await quiz.Mark(course.Instructor, "why", 4, (attempt, 1))).Expect(200);

        var book = await course.Gradebook();
        Assert.Equal((6m, 6m), (book.Score(ada, quiz), book.Score(ben, quiz)));
        Assert.Equal(0, (await ada.Get($"{quiz.Path}/draft")).Id("version"));
    }

    [Fact]
    public async Task Marks_are_given_upon_what_was_seen_by_graders_only()
    {
        var course = await app.NewCourse(learners: 2);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var first = await quiz.Answer(course.Learners[0], new { why = "A" });
        var second = await quiz.Answer(course.Learners[1], new { why = "B" });
        foreach (var learner in course.Learners) await quiz.Judged(course, learner);

        var both = await Task.WhenAll(
            quiz.Mark(course.Instructor, "why", 1, (first, 1), (second, 1)), quiz.Mark(course.Instructor, "why", 2, (second, 1)));
        Assert.Equal([200, 409], both.Select(answer => (int)answer.Status).Order());
        (await quiz.Mark(course.Instructor, "capital", 2, (first, 1))).Expect(200);
        (await quiz.Mark(course.Instructor, "capital", 2, (first, 1))).Expect(200);
        (await quiz.Mark(course.Instructor, "capital", 1, (first, 1))).Refused(409, "conflict");
        (await quiz.Mark(course.Instructor, "why", 6, (first, 1))).Refused(422, "score_above_points");
        (await quiz.Mark(course.Instructor, "why", 1, (999_999_999, 1))).Refused(422, "unknown_submission");
        (await quiz.Mark(course.Learner, "why", 5, (first, 1))).Expect(403);
        (await quiz.Mark((await course.Tenant.NewCourse()).Instructor, "why", 5, (first, 1))).Expect(404);
        (await quiz.Mark((await app.NewCourse()).Instructor, "why", 5, (first, 1))).Expect(404);
        Assert.Equal(200, (int)(await quiz.Mark(await course.NewMember(Role.TeachingAssistant), "capital", 0, (second, 1))).Status);
    }

    private static string Id(JsonElement mark) => mark.GetProperty("question_id").GetString()!;
}
