using System.Net.Http.Headers;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Grading.Gradebook;

public sealed class WatchGradebookTests(LecternApp app)
{
    [Fact]
    public async Task An_open_page_hears_of_another_graders_change_within_a_second()
    {
        var course = await app.NewCourse();
        var essay = await course.NewAssignment();
        await course.SettledGradebook();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/t/{course.Tenant.Slug}/api/v1{course.Path}/gradebook/live");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", course.Instructor.Token);
        using var response = await course.Tenant.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await NextVersion(reader);

        var recorded = await essay.Score(course.Learner, 5);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var version = first;
        while (version < recorded.At("course_version").GetInt64()) version = await NextVersion(reader).WaitAsync(limit.Token);

        Assert.Equal(recorded.At("course_version").GetInt64(), version);
    }

    private static async Task<long> NextVersion(StreamReader reader)
    {
        while (true)
        {
            var line = await reader.ReadLineAsync() ?? throw new InvalidOperationException("The stream ended.");
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                return long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
