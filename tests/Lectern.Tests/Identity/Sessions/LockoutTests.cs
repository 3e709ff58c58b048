using Lectern.Identity.Sessions;

namespace Lectern.Tests.Identity.Sessions;

public sealed class LockoutTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_tenth_failure_within_the_window_closes_the_name()
    {
        var ninth = Fail(9, Noon, TimeSpan.FromMinutes(1));
        Assert.Null(ninth.Remaining(Noon.AddMinutes(9)));
        var tenth = Lockout.AfterFailure(ninth, Noon.AddMinutes(14));
        Assert.Equal(Lockout.Length, tenth.Remaining(Noon.AddMinutes(14)));
        Assert.Equal(TimeSpan.FromTicks(1), tenth.Remaining(Noon.AddMinutes(29).AddTicks(-1)));
        Assert.Null(tenth.Remaining(Noon.AddMinutes(29)));
    }

    [Fact]
    public void A_failure_at_the_end_of_the_window_begins_a_new_one()
    {
        var ninth = Fail(9, Noon, TimeSpan.Zero);
        var late = Lockout.AfterFailure(ninth, Noon + Lockout.Window);
        Assert.Equal((1, Noon + Lockout.Window), (late.Failures, late.SinceAt));
    }

    [Fact]
    public void After_the_lock_the_count_starts_again()
    {
        var locked = Fail(10, Noon, TimeSpan.Zero);
        Assert.Equal(1, Lockout.AfterFailure(locked, Noon.AddMinutes(15)).Failures);
        Assert.Equal(locked.LockedUntil, Lockout.AfterFailure(locked, Noon.AddMinutes(3)).LockedUntil);
    }

    private static Lockout Fail(int times, DateTimeOffset from, TimeSpan apart)
    {
        Lockout? lockout = null;
        for (var i = 0; i < times; i++) lockout = Lockout.AfterFailure(lockout, from + (apart * i));
        return lockout!;
    }
}
