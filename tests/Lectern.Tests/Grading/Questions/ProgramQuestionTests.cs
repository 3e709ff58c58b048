using System.Text.Json;
using Lectern.Tests.Grading.GroupSubmissions;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Questions;

public sealed class ProgramQuestionTests(LecternApp app)
{
    [Fact]
    public async Task A_program_earns_what_its_tests_do_and_hidden_tests_stay_hidden()
    {
        Skip();
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(QuestionCourse.Capital, Program("shell"));
        var asked = (await course.Learner.Get($"{quiz.Path}/questions")).Expect(200);
        Assert.Equal(("shell", 1), (asked.At("items.1.language").GetString(), asked.At("items.1.tests").GetArrayLength()));
        Assert.DoesNotContain("secret", asked.Text, StringComparison.Ordinal);

        await quiz.Answer(course.Learner, new { capital = "Rome", twice = "read n; [ $n = 7 ] && n=0; echo $((2 * n))" });

        await TestTenant.Eventually(
            async () => (await course.Gradebook()).Score(course.Learner, quiz) == 2.5m, "the program has been run");
        var mark = Mark(await quiz.Judged(course, course.Learner));
        Assert.Equal("partly", mark.GetProperty("outcome").GetString());
        Assert.Equal([true, false], mark.GetProperty("results").EnumerateArray().Select(test => test.GetProperty("passed").GetBoolean()));
        var mine = Mark(await quiz.Work(course.Learner));
        Assert.Equal("6\n", mine.GetProperty("results")[0].GetProperty("said").GetString());
        Assert.Equal(string.Empty, mine.GetProperty("results")[1].GetProperty("said").GetString());
        await course.Tenant.NothingDiffers();
    }

    [Fact]
    public async Task A_check_judges_what_has_no_single_right_output()
    {
        Skip();
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(Program("shell", "[ $(cat output) -gt $(cat input) ] && exit 42; echo too small; exit 43"));

        await quiz.Answer(course.Learner, new { twice = "read n; echo $((n + 1))" });

        await TestTenant.Eventually(
            async () => (await course.Gradebook()).Score(course.Learner, quiz) == 10, "the check has judged");
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 1")]
    public async Task A_check_that_breaks_or_judges_nothing_leaves_it_to_a_person(string check)
    {
        Skip();
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(Program("shell", check));

        await quiz.Answer(course.Learner, new { twice = "echo 6" });

        await TestTenant.Eventually(
            async () => Mark(await quiz.Judged(course, course.Learner)).GetProperty("outcome").GetString() == "check_failed",
            "it is known that the check went wrong");
        Assert.Null((await course.Gradebook()).Score(course.Learner, quiz));
    }

    [Fact]
    public async Task What_cannot_be_run_here_waits_for_a_grader()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(Program("cobol"));

        var attempt = await quiz.Answer(course.Learner, new { twice = "DISPLAY 6." });

        await TestTenant.Eventually(
            async () => Mark(await quiz.Judged(course, course.Learner)).GetProperty("outcome").GetString() == "not_run",
            "it is known that it is not run");
        Assert.Null((await course.Gradebook()).Score(course.Learner, quiz));
        var version = await quiz.VersionOfMark(course, course.Learner, "twice");
        (await quiz.Mark(course.Instructor, "twice", 7, (attempt, version))).Expect(200);
        Assert.Equal(7, (await course.Gradebook()).Score(course.Learner, quiz));
    }

    [Fact]
    public async Task A_question_for_programs_needs_a_language_and_tests_that_earn_something()
    {
        var course = await app.NewCourse();
        var quiz = await course.NewQuestions(Program("shell"));
        Task<Answer> Replace(object code) => course.Instructor.Put($"{quiz.Path}/question-key", new
        {
            questions = new[] { new { question_id = "twice", prompt = "?", points = 1, key = new { kind = "code", code } } }, version = 1,
        });

        (await Replace(new { tests = new[] { new { input = "1" } } })).Refused(422, "language_required");
        (await Replace(new { language = "shell", tests = Array.Empty<object>() })).Refused(422, "tests_required");
        (await Replace(new { language = "shell", tests = new[] { new { input = "1", points = 0 } } })).Refused(422, "points_required");
    }

    private static object Program(string language, string? check = null) => new
    {
        question_id = "twice", prompt = "Read a number and write its double.", points = 10,
        key = new
        {
            kind = "code",
            code = new
            {
                language, check_source = check,
                tests = new object[]
                {
                    new { name = "three", input = "3\n", expected = "6", points = 1 },
                    new { name = "secret seven", input = "7\n", expected = "14", points = 3, hidden = true },
                },
            },
        },
    };

    private static JsonElement Mark(Answer work) =>
        work.At("marks").EnumerateArray().First(mark => mark.GetProperty("question_id").GetString() == "twice");

    private static void Skip()
    {
        if (Environment.GetEnvironmentVariable("LECTERN_SKIP_SANDBOX") is { Length: > 0 } reason) Assert.Skip(reason);
    }
}
