using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Architecture;

/// <summary>Sizes and habits (rule 11). Numbers are where reading gets hard, not goals.</summary>
public sealed partial class TidyTests
{
    private const int MostLines = 400;
    private const int MostTestLines = 600;
    private const int MostMethodLines = 60;
    private const int MostParameters = 6;
    private const int Width = 140;

    /// <summary>
    /// Where a connection may be opened by hand: below <c>TenantDb</c>, around the database server, and where isolation is attacked.
    /// </summary>
    private static readonly string[] RawConnections =
        ["src/Lectern.Platform", "src/Lectern/Engine", "src/Lectern/Commands/Proofs", "bench", "tests"];

    /// <summary>Single files that may, each with its reason.</summary>
    private static readonly Dictionary<string, string> RawConnectionFiles = new()
    {
        ["src/Lectern/Hosting/Settings.cs"] = "makes the product's database before there is anything that could hold a tenant",
    };

    /// <summary>Names the framework calls, which it chose.</summary>
    private static readonly string[] NamedByFramework = ["DisposeAsync", "BindAsync", "TryHandleAsync", "ExecuteAsync", "StartAsync",
        "StopAsync"];

    private static readonly string[] WrittenText = [".cs", ".sql", ".ts", ".tsx", ".css", ".sh", ".mjs", ".md", ".yaml", ".yml"];

    [Fact]
    public void Files_are_short()
    {
        var findings = new Findings($"A file stops at {MostLines} lines, a test file at {MostTestLines}. Split it by noun.");
        foreach (var file in House.Files.Where(file => file.IsCSharp || file.IsSql))
        {
            var most = file.IsIn("tests") || file.IsIn("bench") ? MostTestLines : MostLines;
            if (file.Lines.Length > most) findings.Add($"{file.Path}: {file.Lines.Length} lines");
        }

        findings.AssertNone();
    }

    [Fact]
    public void Methods_are_short()
    {
        var findings = new Findings($"A method stops at {MostMethodLines} lines. Give its parts names.");
        foreach (var file in House.Files.Where(file => file.IsCSharp))
        {
            foreach (var (name, line, length) in Methods.In(file.Parsed).Where(method => method.Length > MostMethodLines))
                findings.Add(file, line, $"{name} has {length} lines");
        }

        findings.AssertNone();
    }

    [Fact]
    public void Lines_are_narrow()
    {
        var findings = new Findings(
            $"A line of C# stops at {Width} characters: break after an opening parenthesis, before an operator, or after =>.");
        foreach (var file in House.Files.Where(file => file.IsCSharp))
        {
            for (var i = 0; i < file.Lines.Length; i++)
            {
                if (file.Lines[i].Length > Width) findings.Add(file, i + 1, $"{file.Lines[i].Length} characters");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Methods_take_few_parameters()
    {
        // Not counted: cancellation, which everything takes; constructors and records, which name what they hold; and endpoints, whose
        // parameters are bound by name by the framework and never passed by hand.
        var findings = new Findings($"A method takes at most {MostParameters} things. Give them a record with a name.");
        foreach (var type in House.Services.Select(service => service.Assembly).Append(House.Platform).Append(House.Executable).SelectMany(
            assembly => assembly.GetTypes()))
        {
            if (IsGenerated(type) || AnswersRoutes(type)) continue;
            foreach (var method in type.GetMethods(Declared).Where(method => !IsGenerated(method) && method.Name != "Deconstruct"))
            {
                var count = method.GetParameters().Count(parameter => parameter.ParameterType != typeof(CancellationToken));
                if (count > MostParameters) findings.Add($"{type.FullName}.{method.Name}: {count} parameters");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var findings = new Findings("Do it, or open an issue; a note in the code is read by nobody in time.");
        foreach (var file in House.Files.Where(file => WrittenText.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal))))
        {
            for (var i = 0; i < file.Lines.Length; i++)
            {
                if (LeftForLater().Match(file.Lines[i]) is { Success: true } note) findings.Add(file, i + 1, note.Value);
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Calls_that_hide_time_or_block_are_not_made()
    {
        // The compiler refuses these too; here they are found in files that switch its warning off.
        var findings = new Findings("Inject TimeProvider, await tasks, and take HttpClient from IHttpClientFactory.");
        foreach (var file in House.Product)
        {
            foreach (Match call in Banned().Matches(file.Parsed.Code)) findings.Add(file, file.Parsed.LineOf(call.Index), call.Value);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Services_do_not_catch_everything()
    {
        var findings = new Findings("Catch what you can answer for. Anything else is a mistake or a broken machine, and the platform "
            + "logs it once and answers 500.");
        foreach (var file in House.Services.SelectMany(service => service.Code))
        {
            foreach (Match caught in CatchAll().Matches(file.Parsed.Code))
                findings.Add(file, file.Parsed.LineOf(caught.Index), caught.Value);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Only_the_platform_opens_connections()
    {
        var findings = new Findings(
            $"Tenant data is reached through TenantDb only. A connection of one's own is allowed in {string.Join(", ", RawConnections)}.");
        foreach (var file in House.Files.Where(
            file => file.IsCSharp && !RawConnections.Any(file.IsIn) && !RawConnectionFiles.ContainsKey(file.Path)))
        {
            foreach (Match named in RawConnection().Matches(file.Parsed.Code))
                findings.Add(file, file.Parsed.LineOf(named.Index), named.Value);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Asynchronous_methods_are_not_named_so()
    {
        var findings = new Findings("What does I/O is async; the name need not say it. Leave the suffix away.");
        foreach (var file in House.Product)
        {
            foreach (Match method in AsyncSuffix().Matches(file.Parsed.Code))
            {
                var theirs = method.Value.Contains("override ", StringComparison.Ordinal)
                    || NamedByFramework.Contains(method.Groups["name"].Value);
                if (!theirs) findings.Add(file, file.Parsed.LineOf(method.Index), method.Groups["name"].Value);
            }
        }

        findings.AssertNone();
    }

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal) || member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static bool AnswersRoutes(Type type) =>
        type.GetMethods(Declared)
            .Any(method => method.Name == "Map"
                && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(IEndpointRouteBuilder)));

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bnew HttpClient\(|\.GetAwaiter\(\)\.GetResult\(\)|\bThread\.Sleep\(")]
    private static partial Regex Banned();

    [GeneratedRegex(@"\bcatch(\s*\(Exception(\s+\w+)?\))?\s*\{")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\bNpgsql(DataSource|Connection)\b")]
    private static partial Regex RawConnection();

    [GeneratedRegex(@"\b(public|internal|private|protected) [\w<>\[\],?.() ]*?(?<name>\w+Async)\s*(<[^>]*>)?\(")]
    private static partial Regex AsyncSuffix();
}
