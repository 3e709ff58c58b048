using System.Diagnostics;

namespace Lectern.Bench.Harness;

/// <summary>Times of many repetitions of one thing, in milliseconds.</summary>
internal sealed class Latencies(IEnumerable<double> times)
{
    private readonly double[] sorted = [.. times.Order()];

    public int Count => sorted.Length;

    public double P50 => At(0.50);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double Sum => sorted.Sum();

    private double At(double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];

    /// <summary>
    /// Lets so many clients do the work over and over, each waiting for its answer before it asks again. The number given to the work
    /// counts from 0 over all clients; the first <paramref name="warm"/> repetitions are not counted.
    /// </summary>
    public static async Task<Latencies> Of(int clients, int repetitions, Func<int, Task> work, int warm = 0)
    {
        var next = -1;
        var times = new double[warm + repetitions];
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < times.Length; i = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                await work(i);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        return new Latencies(times.Skip(warm));
    }
}
