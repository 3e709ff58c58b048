using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Lectern.Grading.Gradebook;

/// <summary>Tells an open gradebook of each new version as a server-sent event; what changed is asked for by the page itself.</summary>
internal static class WatchGradebook
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook/live", Handle)
        .RequirePermission(GradingPermission.ReadGrades).PartOf(GradingFeature.LiveGradebook)
        .Live();

    internal static PushStreamHttpResult Handle(
        CourseId courseId, HttpContext context, TenantDb db, GradebookReader reader, LiveSignals signals, IHostApplicationLifetime life)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.Stream(body => Send(body, courseId, context, db, reader, signals, life), "text/event-stream");
    }

    private static async Task Send(
        Stream body, CourseId course, HttpContext context, TenantDb db, GradebookReader reader, LiveSignals signals,
        IHostApplicationLifetime life)
    {
        // A stopping server ends its streams; the page comes back to another one and asks what it missed.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        using var watch = signals.On(db.Tenant, $"gradebook:{course.Value}");
        try
        {
            long sent = -1;
            while (!ends.IsCancellationRequested)
            {
                var version = (await reader.Stamp(course, ends.Token))?.Version ?? 0;
                await Write(body, version == sent ? ": still here\n\n" : Event(version), ends.Token);
                sent = version;
                await watch.Next(Heartbeat, ends.Token);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the server is stopping.
        }
    }

    private static string Event(long version)
    {
        var number = version.ToString(CultureInfo.InvariantCulture);
        return $"event: version\nid: {number}\ndata: {{\"version\":{number}}}\n\n";
    }

    private static async Task Write(Stream body, string text, CancellationToken ct)
    {
        await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), ct);
        await body.FlushAsync(ct);
    }
}
