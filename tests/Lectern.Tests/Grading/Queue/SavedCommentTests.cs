using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Queue;

public sealed class SavedCommentTests(LecternApp app)
{
    [Fact]
    public async Task What_is_said_often_is_kept_counted_and_ones_own()
    {
        var course = await app.NewCourse();
        var grader = course.Instructor;
        var thanks = (await grader.Post("/saved-comments", new { body = "Thank you." })).Expect(201).Id("saved_comment_id");
        var cite = (await grader.Post("/saved-comments", new { body = "Cite your sources." })).Expect(201).Id("saved_comment_id");
        Assert.Equal(thanks, (await grader.Post("/saved-comments", new { body = "Thank you. " })).Expect(201).Id("saved_comment_id"));

        (await grader.Post($"/saved-comments/{thanks}/uses")).Expect(200);
        var listed = (await grader.Get("/saved-comments")).Expect(200);

        Assert.Equal(
            ["Thank you.", "Cite your sources."],
            listed.At("items").EnumerateArray().Select(one => one.GetProperty("body").GetString()!));
        Assert.Equal(1, listed.At("items.0.used_count").GetInt32());
        (await course.Learner.Post($"/saved-comments/{thanks}/uses")).Expect(404);
        (await course.Learner.Delete($"/saved-comments/{thanks}")).Expect(404);
        Assert.Equal(0, (await course.Learner.Get("/saved-comments")).At("items").GetArrayLength());
        (await (await app.NewCourse()).Instructor.Delete($"/saved-comments/{thanks}")).Expect(404);
        (await grader.Delete($"/saved-comments/{cite}")).Expect(204);

        // Five at once are all counted, and the mean is of those said beside a score.
        await Task.WhenAll(new decimal?[] { 100, 50, 60, null, 20.5m }.Select(
            percent => grader.Post($"/saved-comments/{thanks}/uses", new { percent })));
        var used = (await grader.Get("/saved-comments")).At("items.0");
        Assert.Equal((6, 4), (used.GetProperty("used_count").GetInt32(), used.GetProperty("scored_count").GetInt32()));
        Assert.Equal(57.6m, used.GetProperty("mean_percent").GetDecimal());
        (await grader.Post($"/saved-comments/{thanks}/uses", new { percent = -1 })).Refused(422, "percent_out_of_range");
        (await grader.Post("/saved-comments", new { body = " " })).Refused(422, "body_required");
        (await grader.Post("/saved-comments", new { body = new string('x', 5001) })).Refused(422, "too_long");
    }
}
