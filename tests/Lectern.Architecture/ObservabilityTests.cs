using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>What rules and boards ask for is what the program writes, and the rules do what they are for.</summary>
public sealed partial class ObservabilityTests
{
    private const string Folder = "deploy/observability";
    private static readonly string[] Labels = ["db_client_connection_pool_name", "db_client_connection_state"];

    private static HashSet<string> Listed => [.. House.Get("docs/reference/metrics.md").Lines
        .Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Boards => new(House.Files.Where(file => file.IsIn($"{Folder}/dashboards")).Select(file => file.Path));

    [Fact]
    public void Metrics_are_listed()
    {
        var findings = new Findings("docs/reference/metrics.md lists every metric of the program, and no others that begin with lectern_.");
        var written = House.Product.SelectMany(file => Made().Matches(file.Text)).Select(NameOf).ToHashSet();
        foreach (var name in written.Except(Listed)) findings.Add($"add | `{name}` | type and unit | labels | what it says |");
        foreach (var name in Listed.Where(name => name.StartsWith("lectern_", StringComparison.Ordinal)).Except(written))
            findings.Add($"`{name}` is not in the code; take its row out");
        findings.AssertNone();
    }

    [Fact]
    public void Rules_and_boards_ask_for_metrics_that_are_written()
    {
        var findings = new Findings("A rule or a board that asks for a metric nobody writes is silent when it should speak.");
        var recorded = Recorded().Matches(House.Get($"{Folder}/recording.yml").Text).Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var file in House.Files.Where(file => file.IsIn(Folder)))
        {
            foreach (var name in Asked().Matches(file.Text).Select(match => match.Value).Except(Labels))
                if (!Listed.Contains(name) && !Listed.Contains(Part().Replace(name, string.Empty))) findings.Add($"{file.Path}: {name}");
            foreach (var name in Computed().Matches(file.Text).Select(match => match.Value).Where(name => !recorded.Contains(name)))
                findings.Add($"{file.Path}: {name} is not recorded");
        }

        findings.AssertNone();
    }

    [Theory, MemberData(nameof(Boards))]
    public void Boards_can_be_imported(string path)
    {
        using var board = JsonDocument.Parse(House.Get(path).Text);
        Assert.Equal($"lectern-{Path.GetFileNameWithoutExtension(path)}", board.RootElement.GetProperty("uid").GetString());
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
    }

    [Fact]
    public void Every_alert_is_tried()
    {
        var findings = new Findings("An alert that was never seen to fire may never do so: give it a test in alerts.test.yml.");
        var tried = House.Get($"{Folder}/alerts.test.yml").Text;
        foreach (var name in Alerts().Matches(House.Get($"{Folder}/alerts.yml").Text).Select(match => match.Groups[1].Value))
            if (!Regex.IsMatch(tried, $@"alertname: {name}\n\s+exp_alerts:\n")) findings.Add(name);
        findings.AssertNone();
    }

    [Fact]
    public async Task Rules_do_what_their_tests_say()
    {
        Assert.SkipWhen(Promtool is null, "promtool is not installed, so the rules cannot be tried");
        await Promtool_says("check", "config", "prometheus.yml");
        await Promtool_says("test", "rules", "alerts.test.yml");
    }

    private static string? Promtool => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    private static async Task Promtool_says(params string[] words)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Promtool!, words)
        {
            WorkingDirectory = Path.Combine(House.Root, Folder), RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0, complained + await said);
    }

    private static string NameOf(Match made)
    {
        var name = made.Groups["name"].Value;
        return made.Groups["kind"].Value.EndsWith("Counter", StringComparison.Ordinal) && made.Groups["kind"].Value != "UpDownCounter"
            ? name + "_total"
            : name;
    }

    [GeneratedRegex(@"\bCreate(?<kind>\w+)<\w+>\(\s*""(?<name>lectern_\w+)""")]
    private static partial Regex Made();

    [GeneratedRegex(@"^\| `([a-z0-9_]+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"- alert: (\S+)")]
    private static partial Regex Alerts();

    [GeneratedRegex(@"\b(?<!:)(lectern|http_server|db_client|dotnet|kestrel|node|probe)_[a-z0-9_]+\b")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\blectern:[a-z0-9_:]+")]
    private static partial Regex Computed();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
