using Lectern.Platform.Resilience;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform;

/// <summary>Calling outside things that may be away.</summary>
public sealed class DependencyTests
{
    private readonly HandClock clock = new();
    private int calls;

    [Fact]
    public async Task After_five_failures_in_a_row_the_sixth_call_is_not_made()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing" });
        await Fail(thing, 4);
        Assert.Equal(DependencyState.Closed, thing.State);
        await Fail(thing, 1);

        Assert.Equal(DependencyState.Open, thing.State);
        var away = await Assert.ThrowsAsync<DependencyAwayException>(() => thing.Call(Work, default));
        Assert.Equal(5, calls);
        Assert.InRange(away.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_success_in_between_starts_the_count_again()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing" });
        await Fail(thing, 4);
        await thing.Call(Work, default);
        await Fail(thing, 4);

        Assert.Equal(DependencyState.Closed, thing.State);
    }

    [Fact]
    public async Task One_call_tries_it_again_while_the_others_fail_at_once_and_its_success_lets_all_in()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing" });
        await Fail(thing, 5);
        clock.Move(TimeSpan.FromSeconds(15));
        Assert.Equal(DependencyState.HalfOpen, thing.State);

        var answer = new TaskCompletionSource();
        var probe = thing.Call(_ => answer.Task, default);
        await Assert.ThrowsAsync<DependencyAwayException>(() => thing.Call(Work, default));
        answer.SetResult();
        await probe;

        Assert.Equal(DependencyState.Closed, thing.State);
        await thing.Call(Work, default);
    }

    [Fact]
    public async Task A_failed_try_keeps_it_open_for_as_long_again()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing" });
        await Fail(thing, 5);
        clock.Move(TimeSpan.FromSeconds(15));
        await Fail(thing, 1);

        Assert.Equal(DependencyState.Open, thing.State);
        clock.Move(TimeSpan.FromSeconds(14));
        Assert.Equal(DependencyState.Open, thing.State);
    }

    [Fact]
    public async Task A_try_whose_caller_goes_away_lets_the_next_one_try()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing" });
        await Fail(thing, 5);
        clock.Move(TimeSpan.FromSeconds(15));
        using var gone = new CancellationTokenSource();
        var probe = thing.Call(token => Task.Delay(Timeout.Infinite, token), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);

        await thing.Call(Work, default);
        Assert.Equal(DependencyState.Closed, thing.State);
    }

    [Fact]
    public async Task Only_what_may_be_done_twice_is_done_twice()
    {
        var once = Thing(new DependencyRules("once") { Called = "Once" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => once.Call(FailFirst, default));
        Assert.Equal(1, calls);

        calls = 0;
        await Thing(new DependencyRules("again") { Called = "Again", Retries = 2 }).Call(FailFirst, default);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_refusal_of_this_one_request_says_nothing_about_the_thing_and_is_not_repeated()
    {
        var thing = Thing(new DependencyRules("thing")
        {
            Called = "The thing", Retries = 2, IsAway = failure => failure is not InvalidOperationException,
        });
        await Fail(thing, 20);

        Assert.Equal(20, calls);
        Assert.Equal(DependencyState.Closed, thing.State);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_left_behind_even_when_it_does_not_hear()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing", Timeout = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => thing.Call(_ => new TaskCompletionSource().Task, default));

        Assert.Equal(DependencyState.Open, thing.State);
    }

    [Fact]
    public async Task More_calls_than_may_be_under_way_are_refused_at_once()
    {
        var thing = Thing(new DependencyRules("thing") { Called = "The thing", Concurrency = 2 });
        var answer = new TaskCompletionSource();
        var slow = Enumerable.Range(0, 2).Select(_ => thing.Call(_ => answer.Task, default)).ToList();

        await Assert.ThrowsAsync<DependencyAwayException>(() => thing.Call(Work, default));
        answer.SetResult();
        await Task.WhenAll(slow);
        await thing.Call(Work, default);
        Assert.Equal(DependencyState.Closed, thing.State);
    }

    private Dependency Thing(DependencyRules rules) => new(rules, clock, NullLogger.Instance);

    private Task Work(CancellationToken ct)
    {
        calls++;
        return Task.CompletedTask;
    }

    private Task FailFirst(CancellationToken ct) =>
        ++calls == 1 ? throw new InvalidOperationException("As asked.") : Task.CompletedTask;

    private async Task Fail(Dependency thing, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => thing.Call(_ =>
            {
                calls++;
                throw new InvalidOperationException("As asked.");
            }, default));
        }
    }
}
