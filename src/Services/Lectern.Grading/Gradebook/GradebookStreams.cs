using System.Globalization;
using System.Text;
using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Microsoft.Extensions.Hosting;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// Writes an open gradebook's stream: its versions, and the other graders who have it open. The two wait for different things and
/// share the body; only the first asks the database.
/// </summary>
internal sealed class GradebookStreams(
    TenantDb db, GradebookReader reader, Sessions sessions, LiveSignals signals, LivePresence presence, IHostApplicationLifetime life,
    TimeProvider clock) : IDisposable
{
    /// <summary>More than these are only counted.</summary>
    internal const int MostShown = 24;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>However much others move, a page is told five times a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Who falls silent is noticed by looking.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);

    public async Task Send(Stream body, GradebookStream stream, CancellationToken aborted)
    {
        // A stopping server ends its streams; the page comes back to another one and asks what it missed.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, life.ApplicationStopping);
        Task[] parts = stream.Page is null
            ? [SendVersions(body, stream, ends.Token)]
            : [SendVersions(body, stream, ends.Token), SendPeople(body, stream, ends.Token)];
        try
        {
            await await Task.WhenAny(parts);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the server is stopping.
        }
        finally
        {
            // None may use what is disposed of after this.
            await ends.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stream.Page is { } page) await presence.Gone(db.Tenant, stream.Topic, page, stream.Actor.Person);
        }
    }

    private async Task SendVersions(Stream body, GradebookStream stream, CancellationToken ct)
    {
        using var watch = signals.On(db.Tenant, stream.Topic);
        var (sent, allowed) = (-1L, clock.GetUtcNow());
        while (!ct.IsCancellationRequested)
        {
            if (clock.GetUtcNow() - allowed >= Heartbeat)
            {
                if (!await MayStill(stream, ct)) return;
                allowed = clock.GetUtcNow();
            }

            var version = (await reader.Stamp(stream.Course, ct))?.Version ?? 0;
            await Write(body, version == sent ? ": still here\n\n" : VersionEvent(version), ct);
            sent = version;
            await watch.Next(Heartbeat, ct);
        }
    }

    /// <summary>A stream outlives sessions and roles, so it looks whether they are still there.</summary>
    private async Task<bool> MayStill(GradebookStream stream, CancellationToken ct) =>
        await sessions.Again(stream.Actor, ct) is { } now
        && await new Access(db, now).May(GradingPermission.ReadGrades, Scope.Of("course", stream.Course.Value), ct);

    private async Task SendPeople(Stream body, GradebookStream stream, CancellationToken ct)
    {
        using var watch = presence.On(db.Tenant, stream.Topic);
        var sent = string.Empty;
        while (!ct.IsCancellationRequested)
        {
            var seen = PresenceEvent(presence.In(db.Tenant, stream.Topic), stream.Actor.Person);
            if (seen != sent) await Write(body, sent = seen, ct);
            await Task.Delay(Pause, clock, ct);
            await watch.Next(Look, ct);
        }
    }

    private static string VersionEvent(long version)
    {
        var number = version.ToString(CultureInfo.InvariantCulture);
        return $"event: version\nid: {number}\ndata: {{\"version\":{number}}}\n\n";
    }

    /// <summary>Those who are at a cell come before those who are not, when not all can be named.</summary>
    private static string PresenceEvent(IReadOnlyList<Present> all, Lectern.Platform.Tenancy.UserId self)
    {
        var others = all.Where(one => one.UserId != self).ToList();
        var shown = others.OrderBy(one => one.Place is null).Take(MostShown).ToList();
        var data = JsonSerializer.Serialize(new OtherGraders(shown, others.Count - shown.Count), LecternJson.Options);
        return $"event: presence\ndata: {data}\n\n";
    }

    private async Task Write(Stream body, string text, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
            await body.FlushAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private sealed record OtherGraders(IReadOnlyList<Present> People, int More);
}
