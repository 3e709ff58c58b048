using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary><c>docs/requirements.md</c> lists every requirement once, and what it names exists.</summary>
public sealed partial class RequirementTests
{
    private const int Count = 223;
    private static readonly string[] States = ["open", "part", "done"];

    private static List<Requirement> All =>
    [
        .. House.Get("docs/requirements.md").Lines.Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => new Requirement(
                match.Groups["id"].Value, match.Groups["state"].Value, match.Groups["where"].Value, match.Groups["proof"].Value)),
    ];

    [Fact]
    public void Every_requirement_stands_once()
    {
        Assert.Empty(All.GroupBy(row => row.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Equal(Count, All.Count);
        Assert.Empty(All.Where(row => !States.Contains(row.State)).Select(row => $"{row.Id}: {row.State}"));
    }

    [Fact]
    public void What_is_said_to_be_there_is_there()
    {
        var findings = new Findings(
            "A requirement that is done or begun names the files that do it and the test or command that shows it; both exist.");
        foreach (var row in All)
        {
            var (files, proofs) = (Named(row.Where), Named(row.Proof));
            if (row.State == "open" && files.Count > 0) findings.Add($"{row.Id} is open but names files");
            if (row.State != "open" && files.Count == 0) findings.Add($"{row.Id} is {row.State} but names no file");
            if (row.State == "done" && proofs.Count == 0) findings.Add($"{row.Id} is done but names no proof");
            foreach (var path in files.Where(path => !Exists(path))) findings.Add($"{row.Id}: there is no {path}");
            foreach (var proof in proofs.Where(proof => !Shows(proof))) findings.Add($"{row.Id}: there is no test or command {proof}");
        }

        findings.AssertNone();
    }

    private static List<string> Named(string cell) => [.. Quoted().Matches(cell).Select(match => match.Groups[1].Value)];

    private static bool Exists(string path) => Path.Exists(Path.Combine(House.Root, path));

    /// <summary>A proof is a command (./test …, lectern …), a class of tests, or a file.</summary>
    private static bool Shows(string proof)
    {
        if (proof.StartsWith("./", StringComparison.Ordinal)) return Exists(proof[2..].Split(' ')[0]);
        if (proof.Contains('/', StringComparison.Ordinal)) return Exists(proof);
        var name = proof.Split('.')[0];
        return House.Files.Any(file => file.IsIn("tests") && file.IsCSharp && file.Name == name);
    }

    private sealed record Requirement(string Id, string State, string Where, string Proof);

    [GeneratedRegex(@"^\| (?<id>[A-Z][A-Z0-9]{1,2}-\d\d) \| [^|]+ \| (?<state>\w+) \| (?<where>[^|]*) \| (?<proof>[^|]*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
