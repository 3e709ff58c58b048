using System.Globalization;
using Lectern.Commands.Autoscaling;

namespace Lectern.Tests.Commands;

/// <summary>A fleet grows in time, shrinks late and does not swing.</summary>
public sealed class AutoscaleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> PoliciesAndDays => new MatrixTheoryData<string, string>(
        ScalingPolicy.All.Select(policy => policy.Name), ["school day", "exam at nine", "night", "saw"]);

    [Theory]
    [InlineData("threshold", 4, 0.71, 50, 5)]
    [InlineData("threshold", 4, 0.70, 50, 4)]
    [InlineData("threshold", 4, 0.50, 501, 5)]
    [InlineData("threshold", 4, 0.29, 99, 3)]
    [InlineData("threshold", 4, 0.29, 100, 4)]
    [InlineData("threshold", 4, 0.30, 99, 4)]
    [InlineData("threshold", 2, 0.01, 1, 2)]
    [InlineData("threshold", 50, 0.99, 900, 50)]
    [InlineData("threshold", 40, 0.99, 900, 50)]
    [InlineData("target", 5, 0.98, 50, 7)]
    [InlineData("target", 5, 0.70, 50, 5)]
    [InlineData("target", 5, 0.65, 50, 5)]
    [InlineData("target", 10, 0.35, 50, 7)]
    [InlineData("target", 8, 0.35, 501, 10)]
    public void A_policy_wants(string policy, int nodes, double cpu, int milliseconds, int expected)
    {
        var state = new FleetState(nodes, Noon.AddHours(-1), Noon.AddHours(-1));
        var sample = new FleetSample(cpu, TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(expected, ScalingPolicy.Of(policy).Decide(state.After(sample, Noon), sample, Noon).Nodes);
    }

    [Theory]
    [InlineData(59, 4)]
    [InlineData(60, 5)]
    public void It_grows_once_a_minute(int secondsSinceGrown, int expected)
    {
        var state = new FleetState(4, Noon.AddSeconds(-secondsSinceGrown), Noon.AddHours(-1));
        Assert.Equal(expected, new ThresholdPolicy().Decide(state, new FleetSample(0.9, TimeSpan.Zero), Noon).Nodes);
    }

    [Theory]
    [InlineData(299, 3600, 4)]
    [InlineData(3600, 299, 4)]
    [InlineData(300, 300, 3)]
    public void It_shrinks_five_minutes_after_any_change(int secondsSinceGrown, int secondsSinceShrunk, int expected)
    {
        var state = new FleetState(4, Noon.AddSeconds(-secondsSinceGrown), Noon.AddSeconds(-secondsSinceShrunk));
        Assert.Equal(expected, new ThresholdPolicy().Decide(state, new FleetSample(0.1, TimeSpan.Zero), Noon).Nodes);
    }

    [Fact]
    public void A_lull_does_not_make_it_forget_the_last_five_minutes()
    {
        var (busy, lull) = (new FleetSample(0.6, TimeSpan.Zero), new FleetSample(0.1, TimeSpan.Zero));
        var state = new FleetState(10, Noon.AddHours(-1), Noon.AddHours(-1)).After(busy, Noon);
        Assert.Equal(10, new TargetPolicy().Decide(state.After(lull, Noon.AddSeconds(300)), lull, Noon.AddSeconds(300)).Nodes);
        Assert.Equal(2, new TargetPolicy().Decide(state.After(lull, Noon.AddSeconds(301)), lull, Noon.AddSeconds(301)).Nodes);
    }

    [Theory, MemberData(nameof(PoliciesAndDays))]
    public void A_recorded_day_is_followed_without_swinging(string policy, string day)
    {
        var result = new LoadReplay(ScalingPolicy.Of(policy), capacity: 150).Run(Day(day));
        Assert.Equal(0, result.Reversals);
        Assert.InRange(result.Peak, ScalingPolicy.Least, ScalingPolicy.Most);
        Assert.True(result.Overloaded < 0.02, $"Overloaded {result.Overloaded:P1} of the time:\n{string.Join('\n', result.Lines)}");
    }

    [Fact]
    public void A_recording_is_read_or_refused_in_words()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "second,requests_per_second\n0,10\n60,20.5\n");
        Assert.Equal([new LoadPoint(0, 10), new LoadPoint(60, 20.5)], LoadReplay.Read(file));
        File.WriteAllText(file, "when,how many\n0,10\n");
        Assert.Contains("must begin with the line", Assert.Throws<ArgumentException>(() => LoadReplay.Read(file)).Message);
        File.WriteAllText(file, "second,requests_per_second\n0,ten\n");
        Assert.Contains("line 2: '0,ten'", Assert.Throws<ArgumentException>(() => LoadReplay.Read(file)).Message);
        File.Delete(file);
    }

    [Fact]
    public void A_nodes_measurements_are_read_without_its_live_streams()
    {
        const string text = """
            # TYPE dotnet_process_cpu_time_seconds_total counter
            dotnet_process_cpu_time_seconds_total{cpu_mode="user"} 3.5
            dotnet_process_cpu_time_seconds_total{cpu_mode="system"} 0.5
            http_server_request_duration_seconds_sum{http_route="/api/v1/dashboard"} 2
            http_server_request_duration_seconds_count{http_route="/api/v1/dashboard"} 40
            http_server_request_duration_seconds_sum{http_route="/api/v1/courses/{courseId}/gradebook/live"} 900
            http_server_request_duration_seconds_count{http_route="/api/v1/courses/{courseId}/gradebook/live"} 1
            """;
        Assert.Equal(new NodeMetrics(Noon, 4, 40, 2), NodeMetrics.Parse(text, Noon));
    }

    private static List<LoadPoint> Day(string shape)
    {
        var noise = new Random(4);
        return [.. Enumerable.Range(0, 24 * 60).Select(
            minute => new LoadPoint(minute * 60, Load(shape, minute / 60.0) * (0.9 + 0.2 * noise.NextDouble())))];
    }

    /// <summary>Requests a second at an hour of the day.</summary>
    private static double Load(string shape, double hour) => shape switch
    {
        "school day" => 60 + 2_400 * Math.Exp(-Math.Pow((hour - 11) / 3, 2)) + 1_500 * Math.Exp(-Math.Pow((hour - 20) / 1.5, 2)),
        "exam at nine" => 200 + (hour is >= 9 and < 11 ? Math.Min(1, (hour - 9) * 6) * 1_200 : 0),
        "night" => 5,
        "saw" => 300 + 400 * Math.Abs(hour % 2 - 1),
        _ => throw new ArgumentException(shape, nameof(shape)),
    };
}
