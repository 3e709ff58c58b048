using Lectern.Tests.Grading.FeedbackImports;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.VoiceUploads;

public sealed class VoiceUploadTests(LecternApp app)
{
    private static readonly byte[] WebM = [0x1A, 0x45, 0xDF, 0xA3, .. Enumerable.Repeat((byte)5, 300)];

    [Fact]
    public async Task What_a_grader_says_is_played_to_the_learner_beside_its_words()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var work = await essay.Submit(course.Learner);
        var plan = await Announce(
            course.Instructor, essay, new { content_type = "audio/webm;codecs=opus", size_bytes = WebM.Length, seconds = 3 });
        await Feedback.Put(course.Instructor, plan, WebM);

        (await course.Instructor.Post(
            $"/submissions/{work}/comments", new { body = "Well said.", file_ids = new[] { plan.Id("file_id") } })).Expect(201);

        var heard = (await course.Learner.Get($"{essay.Path}/submissions/mine")).Expect(200).At("comments.0");
        Assert.Equal("Well said.", heard.GetProperty("body").GetString());
        var file = heard.GetProperty("files")[0];
        Assert.Equal("audio/webm", file.GetProperty("content_type").GetString());
        using var played = await course.Tenant.Host.Http.GetAsync(
            new Uri($"/t/{course.Tenant.Slug}/api/v1/{file.GetProperty("url").GetString()!.TrimStart('/')}", UriKind.Relative));
        Assert.Equal("audio/webm", played.Content.Headers.ContentType!.MediaType);
        Assert.Null(played.Content.Headers.ContentDisposition);
        Assert.Equal(WebM, await played.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("audio/webm", 1000, 601, "voice_too_long")]
    [InlineData("audio/webm", 1000, 0, "voice_empty")]
    [InlineData("audio/mp4", (20 << 20) + 1, 600, "voice_too_large")]
    [InlineData("audio/mp4", 0, 5, "file_empty")]
    [InlineData("text/html", 1000, 5, "voice_type")]
    [InlineData(null, 1000, 5, "voice_type")]
    public async Task What_is_no_voice_comment_is_refused_before_it_is_sent(string? type, long size, int seconds, string code)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        (await course.Instructor.Post(
            $"{essay.Path}/voice-uploads", new { content_type = type, size_bytes = size, seconds })).Refused(422, code);
    }

    [Theory]
    [InlineData("audio/webm")]
    [InlineData("audio/ogg")]
    [InlineData("audio/mp4")]
    public async Task Bytes_that_are_something_else_are_not_taken(string type)
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var bytes = Feedback.Words("<script>alert(1)</script>");
        var plan = await Announce(course.Instructor, essay, new { content_type = type, size_bytes = bytes.Length, seconds = 5 });
        await Feedback.Send(course.Instructor, plan, bytes);
        (await course.Instructor.Post($"/uploads/{plan.Id("file_id")}/completion")).Refused(422, "file_type_mismatch");
    }

    [Fact]
    public async Task Learners_and_strangers_announce_none()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        var voice = new { content_type = "audio/webm", size_bytes = 1000, seconds = 5 };
        (await course.Learner.Post($"{essay.Path}/voice-uploads", voice)).Refused(403, "forbidden");
        var stranger = await (await app.NewCourse()).Tenant.NewPerson();
        (await stranger.Post($"{essay.Path}/voice-uploads", voice)).Refused(404, "not_found");
    }

    private static async Task<Answer> Announce(TestPerson by, TestAssignment essay, object voice) =>
        (await by.Post($"{essay.Path}/voice-uploads", voice)).Expect(201);
}
