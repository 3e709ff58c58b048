using System.Text;
using Lectern.Platform.Http;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Calls every route of the running product as the people of one institution, with the numbers of another, naming an institution
/// in each of the four ways, and looks at what comes back for anything that was planted in the other.
/// </summary>
internal sealed class RouteAttempts(Tally tally, string where, Door door, Stage stage, IReadOnlyList<AttackedRoute> routes)
{
    private static readonly ParallelOptions Several = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>Numbers that exist only over there, on every route; and one's own numbers, which exist there too, on every route that
    /// reads.</summary>
    public async Task WithForeignNumbers(CancellationToken ct)
    {
        var calls = new List<(Call Call, bool MustRefuse)>();
        foreach (var route in routes)
        {
            var foreign = route.Fill(stage.Numbers);
            foreach (var named in Named(route, foreign)) calls.Add((named, route.HasNumbers));
            if (!route.Reads || !route.HasNumbers) continue;
            foreach (var named in Named(route, route.FillSame("1"))) calls.Add((named, false));
        }

        await TryAll(calls, ct);
    }

    /// <summary>One's own credentials at the other's address, and the other's name in a header that only services may send.</summary>
    public async Task AtTheOthersDoor(CancellationToken ct)
    {
        var calls = new List<(Call, bool)>();
        foreach (var route in routes.Where(route => !route.Open))
        {
            var path = route.Fill(stage.Numbers);
            var body = route.Json(stage.Numbers);
            foreach (var member in stage.Ours.All)
            {
                calls.Add((new Call(route.Method, path) { Host = $"{stage.Other.Slug}.localhost", Token = member.Token,
                    Json = body }, true));
                calls.Add((new Call(route.Method, $"/t/{stage.Other.Slug}{path}") { Token = member.Token, Json = body }, true));
                // The header means nothing, so what names no number would only change one's own: end one's own session, for one.
                if (!route.Reads && !route.HasNumbers) continue;
                calls.Add((new Call(route.Method, path) { Token = member.Token, TenantHeader = stage.Other.Id.ToString(), Json = body },
                    route.HasNumbers));
            }

            calls.Add((new Call(route.Method, path) { Host = $"{stage.Other.Slug}.localhost", Json = body }, true));
            calls.Add((new Call(route.Method, $"/t/{stage.Self.Slug}{path}") { Token = stage.ServiceToken,
                TenantHeader = stage.Other.Id.ToString(), Json = body }, true));
        }

        await TryAll(calls, ct);
    }

    /// <summary>
    /// One's own things in the address, the other's numbers in the body. What comes of it may be a success of one's own; it must
    /// carry nothing of the other's, and a later count of the other's rows tells whether it changed anything there.
    /// </summary>
    public async Task WithForeignBodies(CancellationToken ct)
    {
        var calls = new List<(Call, bool)>();
        foreach (var route in routes.Where(route => !route.Reads && route.Json(stage.Numbers) is not null).OrderBy(route => route.Disturbs))
        {
            foreach (var member in stage.Ours.All)
            {
                calls.Add((new Call(route.Method, $"/t/{stage.Self.Slug}{route.FillSame("1")}") { Token = member.Token, Json = route.Json(
                    stage.Numbers) }, false));
            }
        }

        foreach (var (call, mustRefuse) in calls) await Try(call, mustRefuse, ct);
    }

    /// <summary>Whether the bait can be seen at all: the other's own administrator reads, and how many routes show it.</summary>
    public async Task<int> CountShowing(CancellationToken ct)
    {
        var showing = 0;
        await Parallel.ForEachAsync(routes.Where(route => route.Reads && !route.Open), Several, async (route, _) =>
        {
            var path = $"/t/{stage.Other.Slug}{route.Fill(stage.Numbers)}";
            foreach (var member in stage.Theirs.All)
            {
                var answer = await door.Send(new Call(route.Method, path) { Token = member.Token }, ct);
                if (answer.Status != 200 || !answer.Text.Contains(stage.Word, StringComparison.Ordinal)) continue;
                Interlocked.Increment(ref showing);
                break;
            }
        });
        return showing;
    }

    /// <summary>The four ways to name one's own institution, by each of the people and by nobody.</summary>
    private IEnumerable<Call> Named(AttackedRoute route, string path)
    {
        // A call that changes something and names nothing foreign would only change one's own.
        if (!route.Reads && !route.HasNumbers) yield break;
        var body = route.Json(stage.Numbers);
        foreach (var token in stage.Ours.All.Select(member => member.Token).Append(null))
        {
            yield return new Call(route.Method, path) { Host = $"{stage.Self.Slug}.localhost", Token = token, Json = body };
            yield return new Call(route.Method, $"/t/{stage.Self.Slug}{path}") { Token = token, Json = body };
            yield return new Call(route.Method, path) { Token = token, Json = body };
        }

        yield return new Call(route.Method, path) { Token = stage.ServiceToken, TenantHeader = stage.Self.Id.ToString(), Json = body };
    }

    private Task TryAll(List<(Call Call, bool MustRefuse)> calls, CancellationToken ct) =>
        Parallel.ForEachAsync(calls, Several, async (attempt, _) => await Try(attempt.Call, attempt.MustRefuse, ct));

    private async Task Try(Call call, bool mustRefuse, CancellationToken ct)
    {
        var answer = await door.Send(call, ct);
        var gotThrough = answer switch
        {
            _ when answer.Text.Contains(stage.Word, StringComparison.Ordinal) => "showed what was planted in the other institution",
            { Status: >= 500 and not 503 } => "broke instead of refusing",
            { Status: < 400 } when mustRefuse => "was accepted",
            _ => null,
        };
        tally.Count(gotThrough is null ? null : $"{where}: {Describe(call)} {gotThrough} ({answer.Status} {Start(answer.Body)})");
    }

    private string Describe(Call call)
    {
        var text = new StringBuilder($"{call.Method} {call.Path}");
        if (call.Host is { } host) text.Append(" at ").Append(host);
        if (call.TenantHeader is { } header) text.Append(" X-Tenant-ID ").Append(header);
        var who = stage.Ours.All.FirstOrDefault(member => member.Token == call.Token)?.Part ?? (call.Token is null ? "nobody" : "service");
        return text.Append(" by ").Append(who).ToString();
    }

    private static string Start(string body) => body.Length > 160 ? body[..160] : body;
}
