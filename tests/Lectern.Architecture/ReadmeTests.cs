using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>A service's README says the same as its code (rule 9). The format is in CONTRIBUTING.md, "A service's README".</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Sections = ["Owns", "Raises", "Hears", "Invariants", "Decisions"];

    public static TheoryData<string> Names => new(House.Services.Select(service => service.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_readme_of_a_service_equals_its_code(string name)
    {
        var service = House.Services.Single(candidate => candidate.Name == name);
        var path = $"{service.Folder}/README.md";
        var findings = new Findings($"{path} must say what the code says. Format: CONTRIBUTING.md, \"A service's README\".");
        if (House.Find(path) is not { } readme)
        {
            findings.Add($"Write {path}: '# {name}', one sentence, then the sections "
                + $"{string.Join(", ", Sections.Select(section => "## " + section))}. It must name:");
            foreach (var (section, items) in Expected(service))
                findings.Add($"  ## {section}: {(items.Count == 0 ? "Nothing." : string.Join(", ", items.Select(item => $"`{item}`")))}");
            findings.AssertNone();
            return;
        }

        foreach (var missing in Sections.Where(section => !readme.Lines.Contains($"## {section}")))
            findings.Add($"add the section ## {missing}");
        foreach (var (section, items) in Expected(service))
        {
            var written = Written(readme, section);
            foreach (var item in items.Except(written)) findings.Add($"## {section}: add - `{item}`: what it is for");
            foreach (var item in written.Except(items)) findings.Add($"## {section}: `{item}` is not in the code; take it out");
        }

        findings.AssertNone();
    }

    private static IEnumerable<(string Section, IReadOnlyCollection<string> Items)> Expected(ServicePart service)
    {
        var migrations = service.Files.Where(file => file.IsSql && file.Path.Contains("/Migrations/", StringComparison.Ordinal)).ToList();
        var dropped = migrations.SelectMany(file => SqlText.Dropped(file.Text));
        yield return ("Owns", migrations.SelectMany(file => SqlText.Tables(file.Text)).Distinct().Except(dropped).ToList());
        var views = migrations.SelectMany(file => SqlText.Published(file.Text)).Distinct().ToList();
        if (views.Count > 0) yield return ("Publishes", views);
        yield return ("Raises", Found(service, Raise()));
        yield return ("Hears", Found(service, Hear()));
    }

    private static List<string> Found(ServicePart service, Regex pattern) =>
        service.Code.SelectMany(file => pattern.Matches(file.Parsed.Code)).Select(match => match.Groups["event"].Value)
            .Where(House.IsEvent).Distinct().ToList();

    /// <summary>The names in backquotes that begin the lines of a section's list.</summary>
    private static List<string> Written(SourceFile readme, string section) =>
        readme.Lines.SkipWhile(line => line != $"## {section}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => Item().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();

    /// <summary>An event made where the service's own code makes one: it is raised, at once or by what it was given to.</summary>
    [GeneratedRegex(@"\bnew\s+(?<event>[A-Z]\w+)\s*\(")]
    private static partial Regex Raise();

    [GeneratedRegex(@"\bAddListener<\s*(?<event>\w+)\s*,")]
    private static partial Regex Hear();

    [GeneratedRegex(@"^- `(\w+)`")]
    private static partial Regex Item();
}
