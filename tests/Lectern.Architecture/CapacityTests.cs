using System.Diagnostics;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>The capacity model says what the recorded figures say.</summary>
public sealed class CapacityTests
{
    [Fact]
    public async Task The_capacity_model_is_computed_from_todays_results()
    {
        var script = Path.Combine(House.Root, "tools/capacity.mjs");
        var start = new ProcessStartInfo("node", [script, "--check"]) { RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var said = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, said);
    }
}
