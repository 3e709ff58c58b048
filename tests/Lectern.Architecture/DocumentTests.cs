using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Access;
using Lectern.Platform.Events;

namespace Lectern.Architecture;

/// <summary>Documents that list what the code has list all of it, and their links lead somewhere.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<SourceFile> Documents => House.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Links_lead_somewhere()
    {
        var findings = new Findings("A link in a document must lead to a file or folder of this tree.");
        foreach (var file in Documents)
        {
            var folder = Path.GetDirectoryName(Path.Combine(House.Root, file.Path))!;
            // What stands in a code block is an example.
            var text = CodeBlock().Replace(file.Text, block => new string('\n', block.Value.Count(c => c == '\n')));
            foreach (Match link in Link().Matches(text))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal)
                    || target.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                if (!Path.Exists(Path.Combine(folder, target))) findings.Add(file, text[..link.Index].Count(c => c == '\n') + 1, target);
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Error_codes_are_listed()
    {
        var used = House.Product.SelectMany(file => Code().Matches(file.Text)).Select(match => match.Groups["code"].Value).ToHashSet();
        Compare("docs/reference/errors.md", "codes that clients rely on", used,
            code => $"| `{code}` | status | what it means and what to do |");
    }

    [Fact]
    public void Permissions_are_listed_with_their_roles()
    {
        var findings = new Findings(
            "docs/reference/permissions.md lists every permission with its meaning and the roles that hold it. Rows must read:");
        var rows = House.Get("docs/reference/permissions.md").Lines
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToHashSet();
        var wanted = Permissions().Select(Row).ToHashSet();
        foreach (var row in wanted.Except(rows)) findings.Add(row);
        foreach (var row in rows.Except(wanted)) findings.Add($"(take out) {row}");
        findings.AssertNone();
    }

    [Fact]
    public void Settings_are_listed()
    {
        var settings = new HashSet<string>();
        foreach (var file in House.Product.Where(
            file => file.Name.EndsWith("Options", StringComparison.Ordinal) && Section(file) is not null))
        {
            foreach (Match property in Property().Matches(file.Parsed.Code))
                settings.Add($"{Section(file)}:{property.Groups["name"].Value}");
        }

        foreach (var file in House.Files.Where(
            file => (file.IsCSharp && file.IsIn("src")) || file.IsIn("tools") || file.Path is "run" or "test" or "dev"))
        {
            foreach (Match variable in Variable().Matches(file.Text)) settings.Add(variable.Value);
        }

        Compare("docs/reference/configuration.md", "settings", settings, name => $"| `{name}` | default | what it decides |");
    }

    [Fact]
    public void Events_are_listed()
    {
        var names = House.Events.Select(WireName).ToHashSet();
        Compare("docs/reference/events.md", "events", names, name => $"| `{name}` | when | its fields | who hears it |");
    }

    [Fact]
    public void Commands_are_listed()
    {
        var names = Command().Matches(House.Get("src/Lectern/Commands/CommandLine.cs").Text)
            .Select(match => "lectern " + match.Groups[1].Value).ToHashSet();
        Compare("docs/reference/cli.md", "commands", names, name => $"| `{name}` | what it does |");
    }

    [Fact]
    public async Task The_description_of_the_api_is_todays()
    {
        var options = new PlatformOptions { Secret = new string('-', 32), Postgres = "Host=127.0.0.1;Database=none" };
        await using var app = new Product(Program.Services).Build(options, new ServePart(true, false));
        var made = await ApiDescription.Write(app, TestContext.Current.CancellationToken);
        Assert.True(
            House.Find("docs/reference/openapi.json")?.Text == made,
            "The API has changed: ./run openapi > docs/reference/openapi.json, and look at the difference as its users will.");
    }

    [Fact]
    public void The_description_of_events_is_todays() => Assert.True(
        House.Find("docs/reference/asyncapi.json")?.Text
            == EventDescription.Write(new EventCatalogue(new Product(Program.Services).EventAssemblies)),
        "The events have changed: ./run asyncapi > docs/reference/asyncapi.json, and look at the difference as its readers will.");

    [Fact]
    public void Documents_speak_of_the_product_only()
    {
        var findings = new Findings("Documents and comments name no machine, no folder of somebody's and no way of working.");
        foreach (var file in House.Files.Where(file => (file.IsCSharp || file.IsSql || file.Path.EndsWith(".md", StringComparison.Ordinal))
            && !file.IsIn("tests/Lectern.Architecture")))
        {
            foreach (Match place in Machine().Matches(file.Text))
                findings.Add(file, file.Text[..place.Index].Count(c => c == '\n') + 1, place.Value);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Decisions_say_what_else_was_possible()
    {
        var findings = new Findings("A decision has a number of its own and the sections Why, Instead of, and What follows.");
        var seen = new HashSet<string>();
        foreach (var file in Documents.Where(file => file.IsIn("docs/decisions")))
        {
            if (!seen.Add(file.Name.Split('-')[0])) findings.Add($"{file.Path}: the number is taken");
            foreach (var section in new[] { "## Why", "## Instead of", "## What follows" })
            {
                if (!file.Lines.Contains(section)) findings.Add($"{file.Path}: has no {section}");
            }
        }

        findings.AssertNone();
    }

    /// <summary>Compares the names in backquotes that begin a document's table rows with those the code has.</summary>
    private static void Compare(string path, string what, IReadOnlySet<string> inCode, Func<string, string> row)
    {
        var findings = new Findings($"{path} lists all {what} and no others.");
        var listed = House.Get(path).Lines.Select(line => FirstCell().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var name in inCode.Except(listed)) findings.Add($"add {row(name)}");
        foreach (var name in listed.Except(inCode)) findings.Add($"`{name}` is not in the code; take its row out");
        findings.AssertNone();
    }

    private static IEnumerable<Permission> Permissions() => House.Services.Select(service => service.Assembly).Append(House.Platform)
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Permission", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(Permission)).Select(field => (Permission)field.GetValue(null)!);

    private static string Row(Permission permission)
    {
        var roles = permission.Roles.Count == Enum.GetValues<Role>().Length
            ? "everybody who has signed in"
            : string.Join(", ", permission.Roles.Order().Select(Words));
        return $"| `{permission.Name}` | {permission.Meaning} | {roles} |";
    }

    private static string WireName(Type happened) =>
        $"{happened.Namespace!.Split('.')[^1].ToLowerInvariant()}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.Name)}";

    private static string Words(Role role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString()).Replace('_', ' ');

    /// <summary>The section of the configuration an options class is bound to.</summary>
    private static string? Section(SourceFile file)
    {
        if (file.Name == "PlatformOptions") return "Lectern";
        // Parts of the platform's own options: section Lectern:<Part>.
        if (file.IsIn("src/Lectern.Platform") && file.Name != "PlatformOptions") return $"Lectern:{file.Name[..^"Options".Length]}";
        var service = House.Services.FirstOrDefault(candidate => file.IsIn(candidate.Folder));
        var door = service is null ? null : House.Get($"{service.Folder}/{service.Name}Service.cs").Text;
        if (door is null) return null;
        var bound = Regex.Match(door, $@"AddOptions<{file.Name}>\(\)\s*\.BindConfiguration\(""([\w:]+)""");
        return bound.Success ? bound.Groups[1].Value : null;
    }

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>A refusal's or a problem's code: where one must stand, or a word with underscores before a sentence.</summary>
    [GeneratedRegex(
        @"(\bRefusal\(\s*|\bProblems\.Of\(\s*[\w.]+,\s*|\bOf\(StatusCodes\.\w+,\s*|\bRefusal \w+(\([^)]*\))?\s*=>\s*new\(\s*"
        + @"|\bnew FieldError\([^,]+,\s*|\bRefusal \w+ = new\(\s*)""(?<code>[a-z][a-z0-9_]*)"""
        + @"|(?<!Taken\()""(?<code>[a-z]+(_[a-z]+)+)"",\s*\$?""(['{]|[A-Z][a-z ])")]
    private static partial Regex Code();

    [GeneratedRegex(@"^    public (?!sealed|static|const)\w[\w<>?\[\]]*(, \w+>)? (?<name>\w+) \{ get;", RegexOptions.Multiline)]
    private static partial Regex Property();

    [GeneratedRegex(@"\bLECTERN_[A-Z][A-Z_]*[A-Z]\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s*\[""([a-z-]+)""\] = ", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"/home/\w+/|/root/|/Users/\w+/", RegexOptions.IgnoreCase)]
    private static partial Regex Machine();

    [GeneratedRegex(@"^\| `([^`]+)`")]
    private static partial Regex FirstCell();
}
