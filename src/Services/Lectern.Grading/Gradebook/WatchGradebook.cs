using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Sends an open gradebook each new version as a server-sent event, and with <c>?page=</c> who else has it open.</summary>
internal static partial class WatchGradebook
{
    internal static readonly Refusal PageRefused = new("page_invalid", "A page names itself with 8 to 64 letters and digits.", "page");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook/live", Handle)
        .RequirePermission(GradingPermission.ReadGrades).PartOf(GradingFeature.LiveGradebook)
        .Live();

    internal static Results<PushStreamHttpResult, ProblemHttpResult> Handle(
        CourseId courseId, string? page, HttpContext context, Actor actor, GradebookStreams streams)
    {
        if (page is not null && !IsPage(page)) return PageRefused.ToProblem();
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var stream = new GradebookStream(courseId, actor, actor.UserId is null ? null : page);
        return TypedResults.Stream(body => streams.Send(body, stream, context.RequestAborted), "text/event-stream");
    }

    /// <summary>What open pages of a course's gradebook watch.</summary>
    internal static string Topic(CourseId course) => $"gradebook:{course.Value}";

    internal static bool IsPage(string page) => PageName().IsMatch(page);

    [GeneratedRegex("^[A-Za-z0-9-]{8,64}$")]
    private static partial Regex PageName();
}

/// <summary>A stream that somebody opened.</summary>
/// <param name="Page">What the page calls itself, when it shows other graders.</param>
internal sealed record GradebookStream(CourseId Course, Actor Actor, string? Page)
{
    public string Topic => WatchGradebook.Topic(Course);
}
