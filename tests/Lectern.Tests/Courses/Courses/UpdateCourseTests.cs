using Lectern.Platform.Access;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Courses.Courses;

public class UpdateCourseTests(LecternApp app)
{
    [Fact]
    public async Task A_change_is_kept_and_its_version_is_the_tag()
    {
        var course = await app.NewCourse();
        var teacher = await course.NewMember(Role.Instructor);
        var seen = (await teacher.Get(course.Path)).Expect(200);

        var saved = await teacher.Put(
            course.Path, new { code = "BIO-1", title = "Life", time_zone = "Asia/Tokyo", color = "#1a7f5a", credits = 4.5 },
            ("If-Match", seen.Headers["ETag"]));

        Assert.Equal("Life", saved.Expect(200).At("title").GetString());
        Assert.Equal("Asia/Tokyo", saved.At("time_zone").GetString());
        Assert.Equal(4.5m, saved.At("credits").GetDecimal());
        foreach (var credits in new[] { -1, 1_000, 0.333m })
            (await teacher.Put(course.Path, new { code = "A", title = "B", credits, version = 1 })).Refused(422, "credits_invalid");
        Assert.Single((await teacher.Get("/courses?search=bio-1%20life")).At("items").EnumerateArray());
    }

    [Fact]
    public async Task Of_two_changes_at_once_the_second_is_shown_the_first()
    {
        var course = await app.NewCourse();
        var version = await course.Version();
        (await course.Admin.Put(course.Path, new { code = "A", title = "First", version })).Expect(200);
        var refused = (await course.Admin.Put(course.Path, new { code = "A", title = "Second", version })).Refused(409, "conflict");
        Assert.Equal("First", refused.At("current.title").GetString());
        Assert.Equal("Second", refused.At("yours.title").GetString());
    }

    [Fact]
    public async Task Learners_may_not()
    {
        var course = await app.NewCourse();
        var learner = await course.NewMember(Role.Learner);
        (await learner.Put(course.Path, new { code = "A", title = "B", version = 2 })).Refused(403, "forbidden");
    }
}
