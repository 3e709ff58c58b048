using System.Collections.Concurrent;
using System.Diagnostics;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>What became of the requests of one step.</summary>
internal sealed record Outcome(Latencies Times, int Asked, IReadOnlyDictionary<string, int> Failures, long Bytes)
{
    public int Answered => Times.Count;

    public int Failed => Failures.Values.Sum();

    /// <summary>Nineteen of twenty within half a second, and at most one of two hundred not answered.</summary>
    public bool Kept => Answered > 0 && Times.P95 <= 500 && Failed * 200 <= Asked;
}

/// <summary>
/// Requests that come when they come, as people's do, whether or not the ones before were answered. Each is timed from the moment it was
/// to be sent, so that what waits behind a slow answer, here or there, is counted as waiting.
/// </summary>
internal static class OpenLoop
{
    // More than this many unanswered and the next ones are not sent: nobody would wait for them.
    private const int Patience = 4_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="send">Sends the request of that number and gives the bytes of its answer; throws when it was refused.</param>
    public static async Task<Outcome> Run(double perSecond, TimeSpan time, Func<int, CancellationToken, Task<long>> send)
    {
        var times = new ConcurrentBag<double>();
        var failures = new ConcurrentDictionary<string, int>();
        var bytes = 0L;
        var unanswered = 0;
        var arrivals = Arrivals(perSecond, time);
        using var end = new CancellationTokenSource();
        var sent = new List<Task>(arrivals.Count);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < arrivals.Count; i++)
        {
            while (arrivals[i] - clock.Elapsed is { Ticks: > 0 } wait) await Task.Delay(wait < OneTick ? OneTick : wait);
            if (Volatile.Read(ref unanswered) >= Patience)
            {
                failures.AddOrUpdate("not sent", 1, (_, count) => count + 1);
                continue;
            }

            Interlocked.Increment(ref unanswered);
            sent.Add(One(i, arrivals[i]));
        }

        end.CancelAfter(Longest);
        await Task.WhenAll(sent);
        return new Outcome(new Latencies(times), arrivals.Count, failures, bytes);

        async Task One(int i, TimeSpan intended)
        {
            try
            {
                Interlocked.Add(ref bytes, await Task.Run(() => send(i, end.Token)));
                times.Add((clock.Elapsed - intended).TotalMilliseconds);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                failures.AddOrUpdate(cut is HttpRequestException { StatusCode: { } status } ? $"{(int)status}" : "no answer", 1,
                    (_, count) => count + 1);
            }
            finally
            {
                Interlocked.Decrement(ref unanswered);
            }
        }
    }

    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(1);

    /// <summary>Independent of each other (exponential gaps), and the same in every run.</summary>
    private static List<TimeSpan> Arrivals(double perSecond, TimeSpan time)
    {
        var random = new Random(1);
        var arrivals = new List<TimeSpan>();
        for (var at = 0.0; at < time.TotalSeconds; at += -Math.Log(1 - random.NextDouble()) / perSecond)
            arrivals.Add(TimeSpan.FromSeconds(at));
        return arrivals;
    }
}
