using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.GradebookViews;

public sealed class GradebookViewTests(LecternApp app)
{
    private static readonly object Filters = new
    {
        search = "ada", section_id = 3, state = "missing", order = "lowest", formula = "([7] + [8]) / 2", formula_title = "Mean",
    };

    [Fact]
    public async Task A_view_is_saved_under_a_name_and_replaced_by_the_next_of_that_name()
    {
        var course = await app.NewCourse();

        (await Save(course, course.Instructor, "Late ones", new { filters = Filters })).Expect(204);
        (await Save(course, course.Instructor, "Late ones", new { filters = new { state = "late" } })).Expect(204);

        var view = Assert.Single(await List(course, course.Instructor));
        Assert.Equal("late", view.GetProperty("filters").GetProperty("state").GetString());
        Assert.True(view.GetProperty("mine").GetBoolean());
        Assert.Equal("Ines Instructor", view.GetProperty("owner_name").GetString());
    }

    [Fact]
    public async Task Others_see_only_what_is_shared_and_cannot_take_it_away()
    {
        var course = await app.NewCourse();
        var assistant = await course.NewMember(Role.TeachingAssistant);
        (await Save(course, course.Instructor, "Mine", new { filters = Filters })).Expect(204);
        (await Save(course, course.Instructor, "Ours", new { filters = Filters, shared = true })).Expect(204);

        var view = Assert.Single(await List(course, assistant));

        Assert.Equal("Ours", view.GetProperty("name").GetString());
        Assert.False(view.GetProperty("mine").GetBoolean());
        Assert.Equal("ada", view.GetProperty("filters").GetProperty("search").GetString());
        Assert.Equal("([7] + [8]) / 2", view.GetProperty("filters").GetProperty("formula").GetString());
        (await assistant.Delete(Path(course, "Ours"))).Expect(404);
        (await course.Instructor.Delete(Path(course, "Ours"))).Expect(204);
        (await course.Instructor.Delete(Path(course, "Ours"))).Expect(404);
        Assert.Empty(await List(course, assistant));
    }

    [Fact]
    public async Task Bad_views_are_refused()
    {
        var course = await app.NewCourse();

        (await Save(course, course.Instructor, new string('x', 101), new { filters = Filters })).Refused(422, "name_required");
        (await Save(course, course.Instructor, " ", new { filters = Filters })).Refused(422, "name_required");
        (await Save(course, course.Instructor, "A", new { filters = new { search = new string('x', 201) } })).Refused(422, "too_long");
        (await Save(course, course.Instructor, "A", new { filters = new { formula = new string('1', 301) } })).Refused(422, "too_long");
        (await Save(course, course.Instructor, "A", new { filters = new { formula_title = new string('x', 61) } }))
            .Refused(422, "too_long");
        (await Save(course, course.Instructor, "A", new { filters = new { state = "lost" } })).Refused(400, "malformed_request");
        for (var i = 0; i < 50; i++) (await Save(course, course.Instructor, $"View {i}", new { })).Expect(204);
        (await Save(course, course.Instructor, "One more", new { })).Refused(422, "too_many");
        (await Save(course, course.Instructor, "View 7", new { shared = true })).Expect(204);
    }

    [Fact]
    public async Task Only_graders_of_the_course_have_views_of_it()
    {
        var course = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();
        var foreign = await app.NewCourse();

        (await Save(course, course.Learner, "A", new { })).Expect(403);
        (await course.Learner.Get($"{course.Path}/gradebook-views")).Expect(403);
        (await Save(course, elsewhere.Instructor, "A", new { })).Expect(404);
        (await foreign.Instructor.At(course.Tenant).Get($"{course.Path}/gradebook-views")).Expect(401);
    }

    private static string Path(TestCourse course, string name) => $"{course.Path}/gradebook-views/{Uri.EscapeDataString(name)}";

    private static Task<Answer> Save(TestCourse course, TestPerson grader, string name, object body) =>
        grader.Put(Path(course, name), body);

    private static async Task<List<System.Text.Json.JsonElement>> List(TestCourse course, TestPerson grader) =>
        [.. (await grader.Get($"{course.Path}/gradebook-views")).Expect(200).At("items").EnumerateArray()];
}
