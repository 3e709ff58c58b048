using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

/// <summary>Who gets a connection when there are too few.</summary>
public sealed class PoolGateTests
{
    private static readonly TenantId Ours = new(1);
    private static readonly TenantId Theirs = new(2);
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);

    private readonly HandClock clock = new();

    [Fact]
    public async Task Reports_hold_at_most_half_and_leave_critical_work_its_own()
    {
        var gate = Gate(8, shared: false);
        await Take(gate, 4, Criticality.Medium);
        var fifthReport = gate.Enter(Ours, Criticality.Medium, Patient, default);
        await Take(gate, 3, Criticality.High);
        var eighth = gate.Enter(Ours, Criticality.High, Patient, default);

        Assert.False(fifthReport.IsCompleted);
        Assert.False(eighth.IsCompleted);
        (await gate.Enter(Ours, Criticality.Critical, Patient, default)).Dispose();
        Assert.Equal(2, gate.Waiting);
    }

    [Fact]
    public async Task The_most_critical_of_those_who_wait_comes_first_and_then_who_came_first()
    {
        var gate = Gate(1, shared: false);
        var held = await gate.Enter(Ours, Criticality.Critical, Patient, default);
        var order = new List<string>();
        var report = Note(gate, Criticality.Medium, "report", order);
        var first = Note(gate, Criticality.Critical, "first", order);
        var page = Note(gate, Criticality.High, "page", order);
        var second = Note(gate, Criticality.Critical, "second", order);

        held.Dispose();
        await Task.WhenAll(report, first, page, second);

        Assert.Equal(["first", "second", "page", "report"], order);
    }

    [Fact]
    public async Task One_institution_leaves_a_quarter_to_the_others_of_its_cell()
    {
        var gate = Gate(8, shared: true);
        await Take(gate, 6, Criticality.Critical);
        var seventh = gate.Enter(Ours, Criticality.Critical, Patient, default);

        Assert.False(seventh.IsCompleted);
        await gate.Enter(Theirs, Criticality.Critical, Patient, default);
    }

    [Fact]
    public async Task Of_those_who_wait_the_institution_that_holds_least_comes_first()
    {
        var gate = Gate(4, shared: true);
        var mine = await Take(gate, 3, Criticality.Critical);
        await gate.Enter(new TenantId(3), Criticality.Critical, Patient, default);
        var more = Enumerable.Range(0, 10).Select(_ => gate.Enter(Ours, Criticality.Critical, Patient, default)).ToList();
        var theirs = gate.Enter(Theirs, Criticality.Critical, Patient, default);

        mine[0].Dispose();

        await theirs;
        Assert.DoesNotContain(more, waiting => waiting.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_too_long_or_goes_away_leaves_no_place_behind()
    {
        var gate = Gate(1, shared: false);
        var held = await gate.Enter(Ours, Criticality.Critical, Patient, default);
        using var gone = new CancellationTokenSource();
        var left = gate.Enter(Ours, Criticality.Critical, Patient, gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Assert.ThrowsAsync<OverloadedException>(
            () => gate.Enter(Ours, Criticality.High, TimeSpan.FromMilliseconds(30), default));
        Assert.Equal(0, gate.Waiting);
        held.Dispose();
        (await gate.Enter(Ours, Criticality.Medium, Patient, default)).Dispose();
    }

    [Fact]
    public async Task The_queue_has_an_end_and_who_comes_after_it_is_refused_at_once()
    {
        var gate = Gate(1, shared: false);
        var held = await gate.Enter(Ours, Criticality.Critical, Patient, default);
        var queue = Enumerable.Range(0, PoolGate.LongestQueue).Select(_ => gate.Enter(Ours, Criticality.High, Patient, default)).ToList();
        await Assert.ThrowsAsync<OverloadedException>(() => gate.Enter(Ours, Criticality.High, Patient, default));
        // Each class has its own: a grade does not pay for the queue of pages.
        var grade = gate.Enter(Ours, Criticality.Critical, Patient, default);
        Assert.Equal(PoolGate.LongestQueue + 1, gate.Waiting);

        held.Dispose();
        (await grade).Dispose();
        foreach (var one in queue) (await one).Dispose();
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public async Task Many_coming_and_going_at_once_lose_no_place()
    {
        var gate = Gate(4, shared: true);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            using var hasty = new CancellationTokenSource(i % 7 == 0 ? 1 : 60_000);
            try
            {
                using var place = await gate.Enter(new TenantId(1 + (i % 3)), (Criticality)(i % 3), Patient, hasty.Token);
                await Task.Delay(1);
            }
            catch (OperationCanceledException)
            {
                // Gone before its turn.
            }
        })));

        Assert.Equal(0, gate.Waiting);
        foreach (var tenant in new[] { Ours, Theirs })
            await Task.WhenAll(gate.Enter(tenant, Criticality.Critical, Patient, default),
                gate.Enter(tenant, Criticality.Critical, Patient, default));
    }

    private PoolGate Gate(int size, bool shared) => new(size, shared, new LoadControl(TimeSpan.FromSeconds(1), clock), clock);

    private static Task<PoolGate.Place[]> Take(PoolGate gate, int count, Criticality criticality) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => gate.Enter(Ours, criticality, Patient, default)));

    private static async Task Note(PoolGate gate, Criticality criticality, string name, List<string> order)
    {
        using var place = await gate.Enter(Ours, criticality, Patient, default);
        order.Add(name);
    }
}
