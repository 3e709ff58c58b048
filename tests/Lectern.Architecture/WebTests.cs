using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>The web client's house: imports go app → features → ui, lib; files are small and named alike.</summary>
public sealed partial class WebTests
{
    private const int MostLines = 400;
    private const int MostTestLines = 600;

    /// <summary>The formatter breaks code at 100; this is for what it leaves alone, comments and text.</summary>
    private const int Width = 110;

    private static IEnumerable<SourceFile> Sources => House.Files.Where(file => file.IsIn("web/src") && IsScript(file));

    /// <summary>Written by a program, read by nobody.</summary>
    private static bool IsGenerated(SourceFile file) =>
        file.Path.Contains(".gen.", StringComparison.Ordinal) || file.Path.Contains("/generated/", StringComparison.Ordinal);

    [Fact]
    public void Imports_go_one_way()
    {
        var findings = new Findings(
            "app may import features, ui and lib; a feature its own files, ui and lib; ui and lib each other. Compose features in app.");
        foreach (var file in Sources)
        {
            var (layer, feature) = Place(file.Path["web/src/".Length..]);
            foreach (Match import in Import().Matches(file.Text))
            {
                if (Target(file, import.Groups["from"].Value) is not { } path) continue;
                var (other, otherFeature) = Place(path);
                var allowed = layer switch
                {
                    "features" => (other == "features" && otherFeature == feature) || other is "ui" or "lib",
                    "ui" or "lib" => other is "ui" or "lib",
                    _ => true,
                };
                if (!allowed)
                    findings.Add(file, file.Text[..import.Index].Count(c => c == '\n') + 1,
                        $"{layer}{(feature.Length > 0 ? "/" + feature : "")} imports {path}");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Files_are_named_in_kebab_case_and_none_is_a_barrel()
    {
        var findings = new Findings("Files of the web client are kebab-case; no index file that only re-exports: it hides where things "
            + "are and what depends on what.");
        foreach (var file in House.Files.Where(file => file.IsIn("web/src")))
        {
            var name = file.Path.Split('/')[^1];
            if (!KebabCase().IsMatch(name)) findings.Add(file.Path);
            if (name is "index.ts" or "index.tsx") findings.Add($"{file.Path} is a barrel");
        }

        findings.AssertNone();
    }

    [Fact]
    public void Files_are_short_and_narrow()
    {
        var findings = new Findings(
            $"A file of the web client stops at {MostLines} lines, a test at {MostTestLines}, a line at {Width} characters.");
        foreach (var file in Sources.Where(file => !IsGenerated(file)))
        {
            var most = file.Path.Contains(".test.", StringComparison.Ordinal) ? MostTestLines : MostLines;
            if (file.Lines.Length > most) findings.Add($"{file.Path}: {file.Lines.Length} lines");
            for (var i = 0; i < file.Lines.Length; i++)
            {
                // A string or a class name that cannot be broken is not made clearer by breaking it.
                if (file.Lines[i].Length > Width && file.Lines[i].Trim().Contains(' ', StringComparison.Ordinal)
                    && !Unbreakable().IsMatch(file.Lines[i]))
                    findings.Add(file, i + 1, $"{file.Lines[i].Length} characters");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Types_are_said()
    {
        var findings = new Findings("No any, no switched-off checks: the compiler is the first test.");
        foreach (var file in Sources.Where(file => !IsGenerated(file)))
        {
            foreach (Match any in Any().Matches(file.Text))
                findings.Add(file, file.Text[..any.Index].Count(c => c == '\n') + 1, any.Value.Trim());
        }

        findings.AssertNone();
    }

    private static bool IsScript(SourceFile file) =>
        file.Path.EndsWith(".ts", StringComparison.Ordinal) || file.Path.EndsWith(".tsx", StringComparison.Ordinal);

    private static (string Layer, string Feature) Place(string path)
    {
        var folders = path.Split('/');
        return (folders[0], folders[0] == "features" && folders.Length > 2 ? folders[1] : string.Empty);
    }

    /// <summary>The path below web/src that an import leads to; null for a package.</summary>
    private static string? Target(SourceFile file, string from)
    {
        if (from.StartsWith("@/", StringComparison.Ordinal) || from.StartsWith("~/", StringComparison.Ordinal)) return from[2..] + "/x";
        if (!from.StartsWith('.')) return null;
        var full = Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file.Path)!, from)).Replace('\\', '/');
        return full.StartsWith("/web/src/", StringComparison.Ordinal) ? full["/web/src/".Length..] + "/x" : null;
    }

    [GeneratedRegex(@"\bfrom\s+['""](?<from>[^'""]+)['""]|\bimport\(\s*['""](?<from>[^'""]+)['""]")]
    private static partial Regex Import();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^\s*(\S+\s)?['""`][^'""`]*['""`][,;)]*$|https?://|^\s*(//|\*|import\b)|\bd=""|className=")]
    private static partial Regex Unbreakable();

    [GeneratedRegex(@":\s*any\b|\bas any\b|<any>|@ts-(ignore|nocheck)|\beslint-disable\b")]
    private static partial Regex Any();
}
