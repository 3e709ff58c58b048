using Microsoft.Extensions.Hosting;

namespace Lectern.Platform.Resilience;

/// <summary>Measures how long ready work waits for a thread. On a thread of its own, or it would wait in the same queue.</summary>
internal sealed class LagWatch(LoadControl load, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly ManualResetEventSlim stopping = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Watch) { IsBackground = true, Name = "lag-watch" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.Set();
        return Task.CompletedTask;
    }

    public void Dispose() => stopping.Set();

    private void Watch()
    {
        Probe? probe = null;
        while (!stopping.Wait(Every))
        {
            // One that has not come back tells how bad it is already.
            if (probe is { Done: false }) load.Lagged(clock.GetElapsedTime(probe.Sent));
            else ThreadPool.UnsafeQueueUserWorkItem(probe = new Probe(load, clock), preferLocal: false);
        }
    }

    private sealed class Probe(LoadControl load, TimeProvider clock) : IThreadPoolWorkItem
    {
        private volatile bool done;

        public long Sent { get; } = clock.GetTimestamp();

        public bool Done => done;

        public void Execute()
        {
            load.Lagged(clock.GetElapsedTime(Sent));
            done = true;
        }
    }
}
