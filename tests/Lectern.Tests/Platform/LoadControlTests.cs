using Lectern.Platform.Resilience;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

/// <summary>Who is refused when there is too much, by a clock moved by hand.</summary>
public sealed class LoadControlTests
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private readonly HandClock clock = new();
    private readonly LoadControl load;

    public LoadControlTests() => load = new LoadControl(Tolerated, clock);

    [Fact]
    public void Nothing_is_refused_while_the_queue_empties_now_and_then()
    {
        for (var i = 0; i < 100; i++)
            Window(() =>
            {
                load.Waited(Criticality.Medium, Long);
                load.Waited(Criticality.Medium, TimeSpan.Zero);
            });

        Assert.All(Enum.GetValues<Criticality>(), criticality => Assert.False(load.Sheds(criticality)));
    }

    [Fact]
    public void What_can_wait_is_refused_when_its_queue_stands_and_nothing_else_is()
    {
        for (var i = 0; i < 2; i++) Window(() => load.Waited(Criticality.Medium, Long));

        Assert.Equal(50, Refused(Criticality.Medium, of: 100));
        Assert.Equal(0, Refused(Criticality.High, of: 100));
        Assert.Equal(0, Refused(Criticality.Critical, of: 100));
    }

    [Fact]
    public void Some_are_always_let_in()
    {
        for (var i = 0; i < 50; i++) Window(() => load.Waited(Criticality.Medium, Long));

        Assert.InRange(Refused(Criticality.Medium, of: 100), 94, 95);
    }

    [Fact]
    public void When_threads_are_short_the_least_critical_goes_first_and_critical_work_last()
    {
        var order = new List<Criticality>();
        for (var i = 0; i < 20; i++)
        {
            Window(() => load.Lagged(Long));
            foreach (var criticality in Enum.GetValues<Criticality>())
                if (load.Share(criticality) > 0 && !order.Contains(criticality))
                {
                    order.Add(criticality);
                    Assert.All(
                        Enum.GetValues<Criticality>().Where(other => other < criticality),
                        lesser => Assert.Equal(LoadControl.Most, load.Share(lesser)));
                }
        }

        Assert.Equal([Criticality.Medium, Criticality.High, Criticality.Critical], order);
    }

    [Fact]
    public void It_comes_back_slower_than_it_went_and_all_the_way()
    {
        for (var i = 0; i < 4; i++) Window(() => load.Waited(Criticality.Medium, Long));
        Assert.Equal(LoadControl.Most, load.Share(Criticality.Medium));

        clock.Move(LoadControl.Window * 4);
        Assert.InRange(load.Share(Criticality.Medium), 0.5, 0.6);
        clock.Move(LoadControl.Window * 6);
        Assert.Equal(0, load.Share(Criticality.Medium));
        Assert.False(load.Sheds(Criticality.Medium));
    }

    [Fact]
    public void A_wait_of_exactly_what_is_tolerated_is_tolerated()
    {
        Window(() => load.Waited(Criticality.High, Tolerated));
        Assert.Equal(0, load.Share(Criticality.High));

        Window(() => load.Waited(Criticality.High, Tolerated + TimeSpan.FromTicks(1)));
        Assert.True(load.Share(Criticality.High) > 0);
    }

    private void Window(Action happens)
    {
        happens();
        clock.Move(LoadControl.Window);
    }

    private int Refused(Criticality criticality, int of) => Enumerable.Range(0, of).Count(_ => load.Sheds(criticality));
}
