using Lectern.Platform.Access;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;

namespace Lectern.Tests.Grading.Rubrics;

public sealed class RubricTests(LecternApp app)
{
    [Fact]
    public async Task A_rubric_is_made_changed_by_version_and_listed_with_what_uses_it()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var rubric = await course.NewRubric(TestRubric.Clarity, TestRubric.Sources, TestRubric.Tone);
        await course.Use(essay, rubric);

        Assert.Equal(2, await rubric.Replace(1, TestRubric.Sources, TestRubric.Clarity));

        var listed = (await course.Instructor.Get($"{course.Path}/rubrics")).Expect(200);
        Assert.Equal("Essay", listed.At("items.0.used_by.0").GetString());
        Assert.Equal(2, listed.At("items.0.version").GetInt32());
        Assert.Equal(10m, listed.At("items.0.points_possible").GetDecimal());
        var first = (await course.Instructor.Get($"{rubric.Path}?version=1")).Expect(200);
        Assert.Equal("clarity", first.At("criteria.0.criterion_id").GetString());
        Assert.Equal(3, first.At("criteria").GetArrayLength());
        Assert.Equal("sources", (await course.Instructor.Get(rubric.Path)).Expect(200).At("criteria.0.criterion_id").GetString());
        Assert.Equal(2, (await course.Tenant.AuditOf("rubric.changed")).Count(row => row.Subject == $"rubric:{rubric.Id}"));
    }

    [Fact]
    public async Task Two_who_change_a_rubric_see_both_and_overwrite_nothing()
    {
        var course = await app.NewCourse();
        var rubric = await course.NewRubric();
        await rubric.Replace(1, TestRubric.Clarity);

        var late = await course.Instructor.Put(rubric.Path, new { title = "Mine", criteria = new[] { TestRubric.Sources }, version = 1 });

        late.Refused(409, "conflict");
        Assert.Equal(2, late.At("current.version").GetInt32());
        Assert.Equal("Mine", late.At("yours.title").GetString());
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => course.Instructor.Put(
            rubric.Path, new { title = "At once", criteria = new[] { TestRubric.Clarity }, version = 2 })));
        Assert.Single(both, answer => (int)answer.Status == 200);
        Assert.Single(both, answer => (int)answer.Status == 409);
    }

    [Theory]
    [InlineData("""{"criteria":[{"description":"A","points":1}]}""", "title_required")]
    [InlineData("""{"title":"T"}""", "criteria_required")]
    [InlineData("""{"title":"T","criteria":[]}""", "criteria_required")]
    [InlineData("""{"title":"T","criteria":[null]}""", "criteria_required")]
    [InlineData("""{"title":"T","criteria":[{"points":1}]}""", "description_required")]
    [InlineData("""{"title":"T","criteria":[{"description":"A"}]}""", "points_required")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","points":-1}]}""", "points_negative")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","points":1e9}]}""", "points_out_of_range")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","points":1.00001}]}""", "points_too_fine")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","points":1000000},{"description":"B","points":1}]}""",
        "points_out_of_range")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","points":2,"ratings":[{"points":3}]}]}""", "rating_above_criterion")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","ratings":[{"points":-1}]}]}""", "points_negative")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","ratings":[{}]}]}""", "points_required")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","ranges":true,"ratings":[{"points":1},{"points":1}]}]}""",
        "ratings_overlap")]
    [InlineData("""{"title":"T","criteria":[{"criterion_id":"a","description":"A"},{"criterion_id":" a ","description":"B"}]}""",
        "ids_repeat")]
    [InlineData("""{"title":"T","criteria":[{"criterion_id":"a","description":"A"},{"criterion_id":"a","description":"B"}]}""",
        "ids_repeat")]
    [InlineData("""{"title":"T","criteria":[{"description":"A","ratings":[{"rating_id":"r","points":1},{"rating_id":"r","points":2}]}]}""",
        "ids_repeat")]
    public async Task Bad_rubrics_are_refused_in_words(string body, string code)
    {
        var course = await app.NewCourse();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await course.Instructor.Send(HttpMethod.Post, $"{course.Path}/rubrics", content)).Refused(422, code);
        Assert.Empty(await course.Tenant.Rows<long>(db => $"SELECT rubric_id FROM rubrics WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task A_rubric_has_a_limit()
    {
        var course = await app.NewCourse();
        var criteria = Enumerable.Range(0, 101).Select(n => new { description = $"Criterion {n}", points = 1 });
        (await course.Instructor.Post($"{course.Path}/rubrics", new { title = "Long", criteria })).Refused(422, "too_many");
        var ratings = Enumerable.Range(0, 21).Select(n => new { description = $"Level {n}", points = n });
        (await course.Instructor.Post(
            $"{course.Path}/rubrics", new { title = "Fine", criteria = new[] { new { description = "A", ratings } } }))
            .Refused(422, "too_many");
    }

    [Fact]
    public async Task A_rubric_in_use_stays_and_one_that_is_not_goes()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);

        (await course.Instructor.Delete($"{rubric.Path}?version=1")).Refused(422, "rubric_in_use");
        (await course.Instructor.Delete($"{essay.Path}/rubric?version=7")).Refused(409, "conflict");
        (await course.Instructor.Delete($"{essay.Path}/rubric?version=1")).Expect(204);
        (await course.Instructor.Get($"{essay.Path}/rubric")).Expect(404);
        (await course.Instructor.Delete($"{rubric.Path}?version=7")).Refused(409, "conflict");
        (await course.Instructor.Delete($"{rubric.Path}?version=1")).Expect(204);
        (await course.Instructor.Get(rubric.Path)).Expect(404);
    }

    [Fact]
    public async Task Learners_read_what_they_are_assessed_by_and_change_nothing()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var later = await course.NewAssignment("Later", more: new { unlocks_at = "2199-01-01T00:00:00Z" });
        var rubric = await course.NewRubric();
        await course.Use(essay, rubric);
        await course.Use(later, rubric);

        var read = (await course.Learner.Get($"{essay.Path}/rubric")).Expect(200);
        Assert.Equal("Clarity", read.At("rubric.criteria.0.description").GetString());
        (await course.Learner.Get($"{later.Path}/rubric")).Expect(404);
        (await course.Learner.Get(rubric.Path)).Expect(403);
        (await course.Learner.Get($"{course.Path}/rubrics")).Expect(403);
        (await course.Learner.Post($"{course.Path}/rubrics", new { title = "Mine" })).Expect(403);
        (await course.Learner.Put($"{essay.Path}/rubric", new { rubric_id = rubric.Id, version = 1 })).Expect(403);
        var assistant = await course.NewMember(Role.TeachingAssistant);
        (await assistant.Get(rubric.Path)).Expect(200);
        (await assistant.Put(rubric.Path, new { title = "Mine", version = 1 })).Expect(403);
    }

    [Fact]
    public async Task Another_institutions_and_another_courses_rubrics_do_not_exist_here()
    {
        var course = await app.NewCourse();
        var rubric = await course.NewRubric();
        var foreign = await app.NewCourse();
        var elsewhere = await course.Tenant.NewCourse();
        var theirs = await elsewhere.NewRubric();
        var essay = await course.NewAssignment();

        (await foreign.Instructor.At(foreign.Tenant).Get($"/rubrics/{99_999_999}")).Expect(404);
        (await foreign.Instructor.At(course.Tenant).Get(rubric.Path)).Expect(401);
        (await elsewhere.Instructor.Get(rubric.Path)).Expect(404);
        (await elsewhere.Instructor.Put(rubric.Path, new { title = "Mine", criteria = new[] { TestRubric.Clarity }, version = 1 }))
            .Expect(404);
        (await course.Instructor.Put($"{essay.Path}/rubric", new { rubric_id = theirs.Id, version = 0 })).Refused(422, "unknown_rubric");
    }

    [Fact]
    public async Task Choosing_a_rubric_is_compared_with_what_was_seen()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var (one, other) = (await course.NewRubric(), await course.NewRubric(TestRubric.Tone));
        await course.Use(essay, one);

        var late = await course.Instructor.Put($"{essay.Path}/rubric", new { rubric_id = other.Id, total_is_score = true, version = 0 });

        late.Refused(409, "conflict");
        Assert.Equal(one.Id, late.At("current.rubric.rubric_id").GetInt64());
        (await course.Instructor.Put($"{essay.Path}/rubric", new { rubric_id = other.Id, version = 1 })).Expect(200);
    }
}
