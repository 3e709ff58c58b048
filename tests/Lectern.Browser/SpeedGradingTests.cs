using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Lectern.Browser;

/// <summary>An instructor grades twenty pieces of work and never touches the mouse.</summary>
public class SpeedGradingTests(LecternApp app, Chromium chromium)
{
    private const string Instructor = "ines@speed.example";
    private const int Pieces = 20;

    [Fact]
    public async Task Twenty_pieces_of_work_are_graded_by_keys_alone()
    {
        var tenant = await app.NewTenant("Speed College");
        var (course, essay) = await Prepare(tenant);
        await using var ines = await chromium.Visit(tenant);
        await ines.SignIn(Instructor);
        await ines.Page.GotoAsync($"courses/{course.Value}/assignments/{essay.Value}/grade");
        await Shows(ines, 1);
        await ines.ExpectAccessible("grading one by one");
        await ines.Picture("speed-grading");

        for (var piece = 1; piece <= Pieces; piece++)
        {
            await Shows(ines, piece);
            if (piece % 2 == 0) await GradeByRubric(ines);
            else await GradeByScore(ines, piece);
        }

        await Assertions.Expect(ines.Page.GetByText("No more work waits here")).ToBeVisibleAsync();
        await ines.ExpectAccessible("nothing left to grade");
        Assert.Equal(Pieces, await Graded(tenant));

        await ines.Page.Keyboard.PressAsync("u");
        await Shows(ines, Pieces);
        await TestTenant.Eventually(async () => await Graded(tenant) < Pieces, "the last grade is as it was before");
    }

    [Fact]
    public async Task Answers_to_a_question_are_marked_by_keys_alone_equal_ones_together()
    {
        var tenant = await app.NewTenant("Question College");
        var (course, quiz) = await PrepareQuestions(tenant, "Because.", "So it is.", "Because.", "", "Because.");
        await using var ines = await chromium.Visit(tenant);
        await ines.SignIn(Instructor);
        await ines.Page.GotoAsync($"courses/{course.Value}/assignments/{quiz.Value}/by-question");
        await Assertions.Expect(ines.Page.GetByText("0 of 5 judged").First).ToBeVisibleAsync();
        await ines.ExpectAccessible("the questions of an assignment");
        await ines.Page.Locator("[data-question=why]").FocusAsync();
        await ines.Page.Keyboard.PressAsync("Enter");
        await Heads(ines, "Given by 3 learners");
        await ines.ExpectAccessible("equal answers");
        await ines.Picture("by-question");

        await ines.Page.Keyboard.PressAsync("c");
        await ines.Page.Keyboard.TypeAsync("One reason is missing.");
        await ines.Page.Keyboard.PressAsync("Escape");
        await ines.Page.Keyboard.TypeAsync("2.5");
        await ines.Page.Keyboard.PressAsync("Enter");
        for (var answer = 0; answer < 2; answer++)
        {
            await Assertions.Expect(ines.Page.Locator("h2").Filter(new() { HasTextString = "Learner 0" })).ToBeFocusedAsync();
            await Assertions.Expect(ines.Page.GetByLabel("Points, of 5")).ToHaveValueAsync("");
            await ines.Page.Keyboard.TypeAsync("1");
            await ines.Page.Keyboard.PressAsync("Enter");
        }

        await Heads(ines, "No answer to this question waits for you");
        await ines.ExpectAccessible("no answer left");
        Assert.Equal([1m, 1m, 2.5m, 2.5m, 2.5m], await Marks(tenant));

        await ines.Page.Keyboard.PressAsync("u");
        await ines.Page.Keyboard.PressAsync("u");
        await TestTenant.Eventually(async () => (await Marks(tenant)).Count == 3, "the last two marks wait again");
    }

    private static Task Heads(Visitor ines, string name) => Assertions.Expect(
        ines.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();

    private static Task<List<decimal>> Marks(TestTenant tenant) => tenant.Rows<decimal>(db => $"""
        SELECT score FROM question_marks WHERE tenant_id = {db.Tenant} AND score IS NOT NULL ORDER BY score
        """);

    private static async Task GradeByScore(Visitor ines, int piece)
    {
        await ines.Page.Keyboard.PressAsync("c");
        if (piece == 1) await ines.Page.Keyboard.TypeAsync("Well observed.");
        await ines.Page.Keyboard.PressAsync("Escape");
        if (piece > 1) await ines.Page.Keyboard.PressAsync(".");
        await ines.Page.Keyboard.PressAsync("Escape");
        await ines.Page.Keyboard.PressAsync("g");
        await ines.Page.Keyboard.TypeAsync((piece / 2m).ToString(CultureInfo.InvariantCulture));
        await ines.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A digit for each criterion; the total becomes the score, and the work leaves the queue.</summary>
    private static async Task GradeByRubric(Visitor ines)
    {
        for (var criterion = 1; criterion <= 2; criterion++)
        {
            await ines.Page.Keyboard.PressAsync("1");
            await Assertions.Expect(ines.Page.Locator("button.rating[aria-pressed=true]")).ToHaveCountAsync(criterion);
        }

        await Assertions.Expect(ines.Page.GetByText("10 of 10 points")).ToBeVisibleAsync();
        await ines.Page.Keyboard.PressAsync("j");
    }

    private static Task Shows(Visitor ines, int piece) => Assertions.Expect(
        ines.Page.GetByRole(AriaRole.Heading, new() { Name = NameOf(piece), Exact = true })).ToBeVisibleAsync();

    private static string NameOf(int piece) => string.Create(CultureInfo.InvariantCulture, $"Learner {piece:00}");

    private static async Task<long> Graded(TestTenant tenant) => (await tenant.Rows<long>(db => $"""
        SELECT count(*) FROM grades WHERE tenant_id = {db.Tenant} AND entered_score IS NOT NULL
        """))[0];

    private static async Task<(CourseId Course, AssignmentId Essay)> Prepare(TestTenant tenant)
    {
        var (course, assistant, learners) = await PrepareCourse(tenant, Pieces);
        var essay = await tenant.Do(async services => (await services.GetRequiredService<IGrading>().AddAssignments(
            course, [new NewAssignmentGroup("Essays", null, [new NewAssignment("Essay", "", 10, ["text"], null)])],
            CancellationToken.None))[0]);
        // One after the other, so that they wait in this order.
        foreach (var learner in learners)
            (await learner.Post($"/assignments/{essay.Value}/submissions", new { body_text = $"The essay of {learner.Name}" })).Expect(201);
        await Assess(assistant, course, essay);
        return (course, essay);
    }

    private static async Task<(CourseId Course, AssignmentId Quiz)> PrepareQuestions(TestTenant tenant, params string[] answers)
    {
        var (course, assistant, learners) = await PrepareCourse(tenant, answers.Length);
        var made = (await assistant.Post($"/courses/{course.Value}/assignments", new
        {
            title = "Quiz", points_possible = 1, submission_types = new[] { "questions" }, status = "draft",
        })).Expect(201);
        var path = $"/assignments/{made.Id("assignment_id")}";
        var key = new { kind = "free_text", free_text = new { guidance = "Two reasons." } };
        (await assistant.Put($"{path}/question-key", new
        {
            // Nobody hands in nothing at all, so there is a second one for who leaves the first.
            questions = new object[]
            {
                new { question_id = "why", prompt = "Why?", points = 5, key },
                new { question_id = "more", prompt = "What more?", points = 1, key },
            },
            version = 0,
        })).Expect(200);
        var version = (await assistant.Get(path)).Id("version");
        (await assistant.Put($"{path}/status", new { status = "published", version })).Expect(200);
        foreach (var (learner, why) in learners.Zip(answers))
            (await learner.Post($"{path}/submissions", new { type = "questions", answers = new { why, more = why + "." } }))
                .Expect(201);
        await TestTenant.Eventually(
            async () => (await assistant.Get($"{path}/question-marks")).Expect(200).At("items").EnumerateArray()
                .Sum(one => one.GetProperty("waiting").GetInt32()) == 2 * answers.Length,
            "the answers wait for a grader");
        return (course, new AssignmentId(made.Id("assignment_id")));
    }

    private static async Task<(CourseId Course, TestPerson Assistant, List<TestPerson> Learners)> PrepareCourse(
        TestTenant tenant, int count)
    {
        var ines = await Visitor.Register(tenant, "Ines Instructor", Instructor);
        var assistant = await tenant.NewPerson("Ada Assistant");
        var learners = new List<TestPerson>();
        for (var piece = 1; piece <= count; piece++) learners.Add(await tenant.NewPerson(NameOf(piece)));
        var course = await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse("SPEED-1", "Grading at speed", "", null, null, null, "Europe/London"), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [ines, assistant.Id], Role.Instructor, false, CancellationToken.None);
            await courses.Enroll(
                made.Course, made.Section, [.. learners.Select(one => one.Id)], Role.Learner, false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            return made.Course;
        });
        return (course, assistant, learners);
    }

    private static async Task Assess(TestPerson assistant, CourseId course, AssignmentId essay)
    {
        object[] ratings = [new { description = "Fully", points = 5 }, new { description = "In part", points = 2 }];
        var rubric = (await assistant.Post($"/courses/{course.Value}/rubrics", new
        {
            title = "Essay rubric",
            criteria = new object[] { new { description = "Clarity", ratings }, new { description = "Sources", ratings } },
        })).Expect(201);
        var choice = new { rubric_id = rubric.Id("rubric_id"), total_is_score = true, version = 0 };
        (await assistant.Put($"/assignments/{essay.Value}/rubric", choice)).Expect(200);
    }
}
