using System.Text.Json;
using Lectern.Grading.KeyCorrections;
using Lectern.Platform.Access;
using Lectern.Platform.Jobs;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Grading.Questions;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.KeyCorrections;

public sealed class KeyCorrectionTests(LecternApp app)
{
    private static readonly object Everybody = new
    {
        question_id = "why", prompt = "Why?", points = 5, credit_all = true,
        key = new { kind = "free_text", free_text = new { guidance = "Nobody could know." } },
    };

    [Fact]
    public async Task A_corrected_key_is_previewed_judged_by_anew_and_put_back_exactly()
    {
        var (course, quiz) = await Answered("Rome", "Paris-secret", "Oslo");
        var before = await Marks(course, quiz);

        var preview = (await Preview(quiz, course.Instructor, BothCapitals)).Expect(200);

        Assert.Equal((1, 1, 1), (preview.At("learner_count").GetInt32(), preview.At("score_change_count").GetInt32(),
            preview.At("told_count").GetInt32()));
        var line = preview.At("lines.0");
        Assert.Equal((course.Learner.Id.Value, 0m, 2m, true), (line.GetProperty("user_id").GetInt64(),
            line.GetProperty("score_before").GetDecimal(), line.GetProperty("score_after").GetDecimal(),
            line.GetProperty("posted").GetBoolean()));
        await Replace(quiz, course, 1, BothCapitals);
        Assert.Equal([0m, 2m, 0m], await Scores(course, quiz));

        var id = await Correct(quiz, course, 2);

        Assert.Equal([2m, 2m, 0m], await Scores(course, quiz));
        var listed = (await course.Instructor.Get($"{quiz.Path}/key-corrections")).Expect(200);
        Assert.Equal((1, 1, 0), (listed.At("items.0.mark_count").GetInt32(), listed.At("items.0.score_count").GetInt32(),
            listed.At("items.0.kept_count").GetInt32()));
        await Correct(quiz, course, 2);
        Assert.Equal(0, (await course.Instructor.Get($"{quiz.Path}/key-corrections")).At("items.0.mark_count").GetInt32());
        Assert.Equal(2, await Entries(course, quiz, course.Learners[0]));
        Assert.Equal(1, await Entries(course, quiz, course.Learners[1]));

        await Undo(quiz, course, id);

        Assert.Equal([0m, 2m, 0m], await Scores(course, quiz));
        Assert.Equal(before, await Marks(course, quiz));
        // What was put back goes on following its marks.
        await Correct(quiz, course, 2);
        Assert.Equal([2m, 2m, 0m], await Scores(course, quiz));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Credit_to_all_reaches_what_people_marked_and_what_waits_and_undoing_names_whom_it_leaves()
    {
        var course = await app.NewCourse(learners: 3);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var attempts = new List<long>();
        foreach (var learner in course.Learners)
        {
            attempts.Add(await quiz.Answer(learner, new { capital = "Paris-secret", why = "So." }));
            await quiz.Judged(course, learner);
        }

        (await quiz.Mark(course.Instructor, "why", 4, (attempts[0], 1))).Expect(200);
        (await quiz.Mark(course.Instructor, "why", 1, (attempts[1], 1))).Expect(200);
        Assert.Equal([6m, 3m, null], await Scores(course, quiz));
        var before = await Marks(course, quiz);
        await Replace(quiz, course, 1, QuestionCourse.Capital, Everybody);
        var id = await Correct(quiz, course, 2);
        Assert.Equal([7m, 7m, 7m], await Scores(course, quiz));
        Assert.Equal("credited", Why(await quiz.Work(course.Learner)).GetProperty("outcome").GetString());

        // Somebody changes one since: that learner stays as they are, and is named.
        (await quiz.Mark(course.Instructor, "why", 2, (attempts[1], 3))).Expect(200);
        await Undo(quiz, course, id);

        Assert.Equal([6m, 4m, null], await Scores(course, quiz));
        var after = await Marks(course, quiz);
        Assert.Equal((before[0], before[2]), (after[0], after[2]));
        var listed = (await course.Instructor.Get($"{quiz.Path}/key-corrections")).Expect(200);
        Assert.Equal((1, course.Learners[1].Id.Value), (listed.At("items.0.kept_count").GetInt32(),
            listed.At("items.0.kept.0.user_id").GetInt64()));
        Assert.Equal(JsonValueKind.Null, (await quiz.Work(course.Learners[2])).At("grade").ValueKind);
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task A_score_that_corrected_marks_made_since_stays_and_its_marks_with_it()
    {
        var course = await app.NewCourse(learners: 2);
        var quiz = await course.NewQuestions(QuestionCourse.Capital, QuestionCourse.Why);
        var attempts = new List<long>();
        foreach (var learner in course.Learners)
        {
            attempts.Add(await quiz.Answer(learner, new { capital = "Rome", why = "So." }));
            await quiz.Judged(course, learner);
        }

        var wrong = await Marks(course, quiz);
        await Replace(quiz, course, 1, BothCapitals, QuestionCourse.Why);
        var id = await Correct(quiz, course, 2);
        Assert.Equal([null, null], await Scores(course, quiz));
        (await quiz.Mark(course.Instructor, "why", 3, (attempts[0], 1))).Expect(200);
        Assert.Equal([5m, null], await Scores(course, quiz));
        var right = await Marks(course, quiz);

        await Undo(quiz, course, id);

        Assert.Equal([5m, null], await Scores(course, quiz));
        Assert.Equal([right[0], wrong[1]], await Marks(course, quiz));
        var listed = (await course.Instructor.Get($"{quiz.Path}/key-corrections")).Expect(200);
        Assert.Equal((1, course.Learner.Id.Value), (listed.At("items.0.kept_count").GetInt32(),
            listed.At("items.0.kept.0.user_id").GetInt64()));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task In_a_closed_period_marks_stay_too_of_whom_no_score_was_made()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(new { due_at = "2026-01-15T00:00:00Z" }, [QuestionCourse.Capital, QuestionCourse.Why]);
        await quiz.Answer(course.Learner, new { capital = "Rome", why = "So." });
        await quiz.Judged(course, course.Learner);
        await Replace(quiz, course, 1, BothCapitals, QuestionCourse.Why);
        var id = await Correct(quiz, course, 2);
        var right = await Marks(course, quiz);
        var winter = new
        {
            name = "Winter", starts_at = "2026-01-01T00:00:00Z", ends_at = "2026-02-01T00:00:00Z", weight_percent = 100,
            closes_at = "2026-02-10T00:00:00Z",
        };
        (await course.Instructor.Put($"{course.Path}/grading-policy", new { version = 1, policy = new { periods = new[] { winter } } }))
            .Expect(200);

        await Undo(quiz, course, id);

        Assert.Equal(right, await Marks(course, quiz));
        Assert.Equal(1, (await course.Instructor.Get($"{quiz.Path}/key-corrections")).At("items.0.kept_count").GetInt32());
    }

    [Fact]
    public async Task What_a_person_said_stays_and_only_learners_whose_posted_score_changes_are_told()
    {
        var (course, quiz) = await Answered("Rome", "Rome", "Paris-secret", "Rome");
        await quiz.Score(course.Learners[1], 9, version: 1);
        (await quiz.Record(course.Learners[3], new { status = "excused", version = 1 })).Expect(200);
        int[] told = [1, 2, 1, 2];
        await TestTenant.Eventually(async () => told.SequenceEqual(await Told(course)), "all have heard of what was graded so far");
        await Replace(quiz, course, 1, BothCapitals);

        var preview = (await Preview(quiz, course.Instructor, BothCapitals)).Expect(200);
        Assert.Equal(1, preview.At("score_change_count").GetInt32());
        Assert.Equal(
            [null, "score_by_person", "excused"], preview.At("lines").EnumerateArray().OrderBy(one => one.GetProperty("user_id").GetInt64())
                .Select(one => one.GetProperty("left").GetString()));
        var id = await Correct(quiz, course, 2);

        Assert.Equal(9, (await course.Gradebook()).Score(course.Learners[1], quiz));
        await TestTenant.Eventually(async () => (await Told(course))[0] == told[0] + 1, "who has another score is told");
        Assert.Equal(told.Skip(1), (await Told(course)).Skip(1));
        await quiz.Score(course.Learner, 1, version: 2);
        await Undo(quiz, course, id);
        Assert.Equal(1, (await course.Gradebook()).Score(course.Learner, quiz));
        Assert.Equal(9, (await course.Gradebook()).Score(course.Learners[1], quiz));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task All_attempts_of_a_learner_change_in_one_entry_and_pseudonyms_stay()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(new { attempts_kept = "highest", posts_manually = true }, [QuestionCourse.Capital]);
        (await course.Instructor.Put($"{quiz.Path}/anonymity", new { version = (await course.Instructor.Get(quiz.Path)).Id("version") }))
            .Expect(200);
        foreach (var answer in new[] { "Rome", "Oslo" }) await quiz.Answer(course.Learner, new { capital = answer });
        object both = Capital("Rome", also: "Oslo");
        JsonElement line = default;
        await TestTenant.Eventually(
            async () =>
            {
                var lines = (await Preview(quiz, course.Instructor, both)).Expect(200).At("lines");
                if (lines.GetArrayLength() == 0) return false;
                line = lines[0];
                return line.GetProperty("mark_count").GetInt32() == 2;
            },
            "both attempts are judged and scored");
        Assert.NotEqual(course.Learner.Id.Value, line.GetProperty("user_id").GetInt64());
        Assert.StartsWith("Learner ", line.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal((0m, 2m, false), (line.GetProperty("score_before").GetDecimal(), line.GetProperty("score_after").GetDecimal(),
            line.GetProperty("posted").GetBoolean()));

        await Replace(quiz, course, 1, both);
        var id = await Correct(quiz, course, 2);

        var listed = await course.Instructor.Get($"{quiz.Path}/key-corrections");
        Assert.Equal((2, 1), (listed.At("items.0.mark_count").GetInt32(), listed.At("items.0.score_count").GetInt32()));
        await course.Tenant.NothingDiffers();
        await Undo(quiz, course, id);
        Assert.Equal(0, (await course.Instructor.Get($"{quiz.Path}/key-corrections")).At("items.0.kept_count").GetInt32());
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task A_job_that_breaks_off_leaves_nothing_and_done_twice_it_changes_nothing()
    {
        var (course, quiz) = await Answered("Rome");
        await Replace(quiz, course, 1, BothCapitals);
        await Assert.ThrowsAsync<InvalidOperationException>(() => course.Tenant.Do<bool>(async services =>
        {
            var begun = await services.GetRequiredService<KeyCorrectionStore>().Begin(course.Id, quiz.Id, 2, CancellationToken.None);
            await services.GetRequiredService<CorrectMarksHandler>().Run(new(begun!.Value), JobProgress.None, CancellationToken.None);
            throw new InvalidOperationException("The process ends here.");
        }));
        Assert.Equal([0m], await Scores(course, quiz));
        Assert.Empty((await course.Instructor.Get($"{quiz.Path}/key-corrections")).At("items").EnumerateArray());

        var id = await Correct(quiz, course, 2);
        await course.Tenant.Do(async services =>
        {
            await services.GetRequiredService<CorrectMarksHandler>().Run(new(new(id)), JobProgress.None, CancellationToken.None);
            return true;
        });

        Assert.Equal([2m], await Scores(course, quiz));
        Assert.Equal(2, await Entries(course, quiz, course.Learner));
        (await course.Instructor.Put($"/key-corrections/{id}/undo")).Expect(202);
        (await course.Instructor.Put($"/key-corrections/{id}/undo")).Expect(202);
        await Reach(quiz, course, id, "undone");
        Assert.Equal(3, await Entries(course, quiz, course.Learner));
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task Programs_are_run_anew_by_their_new_tests()
    {
        if (Environment.GetEnvironmentVariable("LECTERN_SKIP_SANDBOX") is { Length: > 0 } reason) Assert.Skip(reason);
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(Program("5"));
        await quiz.Answer(course.Learner, new { twice = "echo 6" });
        await TestTenant.Eventually(async () => (await course.Gradebook()).Score(course.Learner, quiz) == 0, "the program has been run");

        Assert.Equal(1, (await Preview(quiz, course.Instructor, Program("6"))).Expect(200).At("program_count").GetInt32());
        await Replace(quiz, course, 1, Program("6"));
        var id = await Correct(quiz, course, 2);

        Assert.Equal([10m], await Scores(course, quiz));
        await Undo(quiz, course, id);
        Assert.Equal([0m], await Scores(course, quiz));
    }

    [Fact]
    public async Task Judging_anew_wants_the_newest_version_and_a_grader_and_keys_of_one_kind()
    {
        var (course, quiz) = await Answered("Rome");
        await Replace(quiz, course, 1, BothCapitals);
        Task<Answer> Start(TestPerson who, object body) => who.Post($"{quiz.Path}/key-corrections", body);

        (await Start(course.Instructor, new { version = 1 })).Refused(409, "conflict");
        (await Start(course.Instructor, new { })).Refused(422, "version_required");
        foreach (var (who, status) in new[]
        {
            (course.Learner, 403), (await course.NewMember(Role.Designer), 403), ((await course.Tenant.NewCourse()).Instructor, 404),
        })
        {
            (await Start(who, new { version = 2 })).Expect(status);
            (await Preview(quiz, who, BothCapitals)).Expect(status);
            (await who.Get($"{quiz.Path}/key-corrections")).Expect(status);
        }

        var id = await Correct(quiz, course, 2);
        (await course.Learner.Put($"/key-corrections/{id}/undo")).Expect(403);
        (await (await app.NewCourse()).Instructor.Put($"/key-corrections/{id}/undo")).Expect(404);
        (await course.Instructor.Put("/key-corrections/99999999/undo")).Expect(404);
        var mixed = new
        {
            question_id = "capital", prompt = "?", points = 2, key = new { kind = "exact", exact = new { accepted = new[] { "Rome" } } },
            also = new[] { new { kind = "pattern", pattern = new { pattern = "R.*" } } },
        };
        (await Preview(quiz, course.Instructor, mixed)).Refused(422, "also_other_kind");
        Assert.Equal([2m], await Scores(course, quiz));
    }

    private static object BothCapitals => Capital("Rome", also: "Paris-secret");

    private static object Capital(string accepted, string also) => new
    {
        question_id = "capital", prompt = "The capital?", points = 2,
        key = new { kind = "exact", exact = new { accepted = new[] { accepted } } },
        also = new[] { new { kind = "exact", exact = new { accepted = new[] { also } } } },
    };

    private static object Program(string expected) => new
    {
        question_id = "twice", prompt = "Six?", points = 10,
        key = new { kind = "code", code = new { language = "shell", tests = new[] { new { input = "3", expected } } } },
    };

    private async Task<(TestCourse Course, TestAssignment Quiz)> Answered(params string[] capitals)
    {
        var course = await app.NewCourse(capitals.Length);
        var quiz = await course.NewQuestions(QuestionCourse.Capital);
        foreach (var (learner, capital) in course.Learners.Zip(capitals)) await quiz.Answer(learner, new { capital });
        foreach (var learner in course.Learners) await quiz.Judged(course, learner);
        return (course, quiz);
    }

    private static Task<Answer> Preview(TestAssignment quiz, TestPerson who, params object[] questions) =>
        who.Post($"{quiz.Path}/key-corrections/preview", new { questions });

    private static async Task Replace(TestAssignment quiz, TestCourse course, int version, params object[] questions) =>
        (await course.Instructor.Put($"{quiz.Path}/question-key", new { questions, version })).Expect(200);

    private static async Task<long> Correct(TestAssignment quiz, TestCourse course, int version)
    {
        var id = (await course.Instructor.Post($"{quiz.Path}/key-corrections", new { version })).Expect(202).Id("key_correction_id");
        await Reach(quiz, course, id, "applied");
        return id;
    }

    private static async Task Undo(TestAssignment quiz, TestCourse course, long id)
    {
        (await course.Instructor.Put($"/key-corrections/{id}/undo")).Expect(202);
        await Reach(quiz, course, id, "undone");
    }

    private static Task Reach(TestAssignment quiz, TestCourse course, long id, string status) => TestTenant.Eventually(
        async () => (await course.Instructor.Get($"{quiz.Path}/key-corrections")).At("items").EnumerateArray().Any(one =>
            one.GetProperty("key_correction_id").GetInt64() == id && one.GetProperty("status").GetString() == status),
        $"the correction is {status}");

    private static async Task<IEnumerable<decimal?>> Scores(TestCourse course, TestAssignment quiz)
    {
        var book = await course.Gradebook();
        return course.Learners.Select(learner => book.Score(learner, quiz)).ToList();
    }

    private static async Task<int> Entries(TestCourse course, TestAssignment quiz, TestPerson learner) =>
        (await course.Instructor.Get($"{quiz.Path}/grades/{learner.Id.Value}/history")).Expect(200).At("items").GetArrayLength();

    /// <summary>All marks of each learner, but for their version, which only goes forth.</summary>
    private static async Task<List<string>> Marks(TestCourse course, TestAssignment quiz)
    {
        var all = new List<string>();
        foreach (var learner in course.Learners)
        {
            var work = (await course.Instructor.Get($"{quiz.Path}/learners/{learner.Id.Value}/submissions")).Expect(200);
            all.Add(string.Join('\n', work.At("marks").EnumerateArray().Select(mark => string.Join(';', mark.EnumerateObject()
                .Where(property => property.Name != "version").Select(property => $"{property.Name}={property.Value.GetRawText()}")))
                .Order(StringComparer.Ordinal)));
        }

        return all;
    }

    private static async Task<List<int>> Told(TestCourse course)
    {
        var told = new List<int>();
        foreach (var learner in course.Learners)
            told.Add((await learner.Get("/notifications")).Text.Split("grade_posted", StringSplitOptions.None).Length - 1);
        return told;
    }

    private static JsonElement Why(Answer work) =>
        work.At("marks").EnumerateArray().First(mark => mark.GetProperty("question_id").GetString() == "why");
}
