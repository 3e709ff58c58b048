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
        var ines = await Visitor.Register(tenant, "Ines Instructor", Instructor);
        var assistant = await tenant.NewPerson("Ada Assistant");
        var learners = new List<TestPerson>();
        for (var piece = 1; piece <= Pieces; piece++) learners.Add(await tenant.NewPerson(NameOf(piece)));
        var (course, essay) = await tenant.Do(async services =>
        {
            var courses = services.GetRequiredService<ICourses>();
            var made = await courses.Create(
                new NewCourse("SPEED-1", "Grading at speed", "", null, null, null, "Europe/London"), CancellationToken.None);
            await courses.Enroll(made.Course, made.Section, [ines, assistant.Id], Role.Instructor, false, CancellationToken.None);
            await courses.Enroll(
                made.Course, made.Section, [.. learners.Select(one => one.Id)], Role.Learner, false, CancellationToken.None);
            await courses.Publish(made.Course, CancellationToken.None);
            var assignments = await services.GetRequiredService<IGrading>().AddAssignments(
                made.Course, [new NewAssignmentGroup("Essays", null, [new NewAssignment("Essay", "", 10, ["text"], null)])],
                CancellationToken.None);
            return (made.Course, assignments[0]);
        });
        // One after the other, so that they wait in this order.
        foreach (var learner in learners)
            (await learner.Post($"/assignments/{essay.Value}/submissions", new { body_text = $"The essay of {learner.Name}" })).Expect(201);
        await Assess(assistant, course, essay);
        return (course, essay);
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
