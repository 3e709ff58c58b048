using Lectern.Contracts.Grading;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Questions;

internal static class QuestionCourse
{
    public static readonly object Capital = new
    {
        question_id = "capital", prompt = "The capital of France?", points = 2,
        key = new { kind = "exact", exact = new { accepted = new[] { "Paris-secret" } } },
    };

    public static readonly object Gravity = new
    {
        question_id = "gravity", prompt = "g?", points = 3,
        key = new { kind = "numeric", numeric = new { value = "9.81", tolerance = "0.01", units = new[] { "m/s2" } } },
    };

    public static readonly object Why = new
    {
        question_id = "why", prompt = "Why?", points = 5,
        key = new { kind = "free_text", free_text = new { guidance = "Look for secret reasons." } },
    };

    /// <summary>A published assignment that asks these.</summary>
    public static Task<TestAssignment> NewQuestions(this TestCourse course, params object[] questions) =>
        course.NewQuestions(null, questions);

    public static async Task<TestAssignment> NewQuestions(this TestCourse course, object? more, object[] questions)
    {
        var body = new Dictionary<string, object?>
        {
            ["title"] = "Quiz", ["points_possible"] = 1, ["submission_types"] = new[] { "questions" }, ["status"] = "draft",
        };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        var made = (await course.Instructor.Post($"{course.Path}/assignments", body)).Expect(201);
        var quiz = new TestAssignment(course, new AssignmentId(made.Id("assignment_id")), (int)made.Id("version"));
        (await course.Instructor.Put($"{quiz.Path}/question-key", new { questions, version = 0 })).Expect(200);
        var version = (await course.Instructor.Get(quiz.Path)).Id("version");
        (await course.Instructor.Put($"{quiz.Path}/status", new { status = "published", version })).Expect(200);
        return quiz;
    }

    public static async Task<long> Answer(this TestAssignment quiz, TestPerson learner, object answers) =>
        (await learner.Post($"{quiz.Path}/submissions", new { type = "questions", answers })).Expect(201).Id("submission_id");

    /// <summary>The learner's work as a grader sees it, once the answers of the latest attempt have been judged.</summary>
    public static async Task<Answer> Judged(this TestAssignment quiz, TestCourse course, TestPerson learner)
    {
        Answer? read = null;
        await TestTenant.Eventually(
            async () =>
            {
                read = (await course.Instructor.Get($"{quiz.Path}/learners/{learner.Id.Value}/submissions")).Expect(200);
                var latest = read.Id("attempts.0.submission_id");
                return read.At("marks").EnumerateArray().Any(mark => mark.GetProperty("submission_id").GetInt64() == latest);
            },
            "the answers are judged");
        return read!;
    }

    public static async Task<int> VersionOfMark(this TestAssignment quiz, TestCourse course, TestPerson learner, string question) =>
        (await quiz.Judged(course, learner)).At("marks").EnumerateArray()
            .First(mark => mark.GetProperty("question_id").GetString() == question).GetProperty("version").GetInt32();

    public static Task<Answer> Mark(
        this TestAssignment quiz, TestPerson grader, string question, decimal? score, params (long Attempt, int Version)[] answers) =>
        grader.Put($"{quiz.Path}/question-marks", new
        {
            question_id = question, score, feedback = "Seen.",
            marks = answers.Select(one => new { submission_id = one.Attempt, version = one.Version }),
        });
}
