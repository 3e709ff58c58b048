using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Resilience;

/// <summary>How one outside thing is to be called.</summary>
public sealed record DependencyRules(string Name)
{
    /// <summary>What it is in a sentence for a person: "The mail relay".</summary>
    public required string Called { get; init; }

    /// <summary>One try may take so long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further tries after a failed one. Only for what may safely be done twice; default none.</summary>
    public int Retries { get; init; }

    /// <summary>Calls under way at a time. More are refused at once, so that a slow one does not gather everybody's threads.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>How long nobody calls it after five failures in a row; then one call tries it.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a failure says that the thing is away, and not that it refused this one request. Default all do.</summary>
    public Func<Exception, bool> IsAway { get; init; } = _ => true;
}

/// <summary>0, 1 and 2 in <c>lectern_dependency_state</c>.</summary>
public enum DependencyState { Closed = 0, HalfOpen = 1, Open = 2 }

/// <summary>
/// An outside thing that may be away: each try has a time limit, what is safe to repeat is repeated after a random pause, five failures
/// in a row stop all calls for a while, and no more than so many are under way.
/// </summary>
public sealed class Dependency(DependencyRules rules, TimeProvider clock, ILogger log)
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private int underWay;
    private int failures;
    private bool probing;
    private long openedAt;

    public DependencyRules Rules => rules;

    public DependencyState State
    {
        get
        {
            lock (gate) return StateNow();
        }
    }

    /// <summary>Does the call, or says at once that the thing is away.</summary>
    /// <exception cref="DependencyAwayException">It is not being called right now, or too many calls wait for it already.</exception>
    public async Task<T> Call<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref underWay) > rules.Concurrency)
        {
            Interlocked.Decrement(ref underWay);
            throw new DependencyAwayException(rules, TimeSpan.FromSeconds(1));
        }

        try
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    return await Try(work, ct);
                }
                catch (Exception failure) when (attempt < rules.Retries && !ct.IsCancellationRequested && rules.IsAway(failure)
                    && failure is not DependencyAwayException)
                {
                    // Full jitter: those who failed together must not come back together.
                    await Task.Delay(FirstPause * Math.Pow(2, attempt) * Random.Shared.NextDouble(), clock, ct);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    public Task Call(Func<CancellationToken, Task> work, CancellationToken ct) => Call(async token =>
    {
        await work(token);
        return true;
    }, ct);

    private async Task<T> Try<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        Enter();
        // The call that tries an open one must report back whatever happens, or nobody would try again.
        Exception? failed = new OperationCanceledException();
        using var limit = new CancellationTokenSource(rules.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            // A library that does not hear of cancellation is left behind rather than waited for.
            var result = await work(both.Token).WaitAsync(both.Token);
            failed = null;
            return result;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            failed = new TimeoutException($"{rules.Called} did not answer within {rules.Timeout.TotalSeconds:0.#} s.");
            throw failed;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            failed = rules.IsAway(failure) ? failure : null;
            throw;
        }
        finally
        {
            Leave(failed, gaveUp: ct.IsCancellationRequested);
        }
    }

    private void Enter()
    {
        lock (gate)
        {
            var state = StateNow();
            if (state is DependencyState.Open || (state is DependencyState.HalfOpen && probing))
                throw new DependencyAwayException(rules, Left());
            probing = state is DependencyState.HalfOpen;
        }
    }

    private void Leave(Exception? failed, bool gaveUp)
    {
        lock (gate)
        {
            probing = false;
            var before = failures;
            // A caller who went away has learnt nothing about the thing.
            if (failed is null) failures = 0;
            else if (!gaveUp) failures++;
            if (failed is not null && !gaveUp && failures >= FailuresToOpen) openedAt = clock.GetTimestamp();
            LoadMeters.Dependency(rules.Name, StateNow());
            if (before < FailuresToOpen && failures >= FailuresToOpen)
                log.LogWarning("{Dependency} is away and is not called for {Seconds} s. {Reason}", rules.Called,
                    rules.OpenFor.TotalSeconds, failed!.Message);
            else if (before >= FailuresToOpen && failures == 0) log.LogWarning("{Dependency} answers again.", rules.Called);
        }
    }

    private DependencyState StateNow() => failures < FailuresToOpen ? DependencyState.Closed
        : Left() > TimeSpan.Zero ? DependencyState.Open : DependencyState.HalfOpen;

    private TimeSpan Left() => rules.OpenFor - clock.GetElapsedTime(openedAt);
}

/// <summary>An outside thing is away, and the call was not even tried.</summary>
public sealed class DependencyAwayException(DependencyRules rules, TimeSpan retryAfter)
    : Exception($"{rules.Called} does not answer right now.")
{
    public TimeSpan RetryAfter { get; } = retryAfter > TimeSpan.FromSeconds(1) ? retryAfter : TimeSpan.FromSeconds(1);
}
