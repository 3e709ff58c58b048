using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>
/// An endpoint is one file with <c>Map</c> and <c>Handle</c>, found by its name and mapped by its service (rules 5 and 6).
/// </summary>
public sealed partial class EndpointTests
{
    /// <summary>Files of services that answer a route.</summary>
    private static IEnumerable<(ServicePart Service, SourceFile File)> Endpoints =>
        from service in House.Services
        from file in service.Code
        where MapSignature().IsMatch(file.Parsed.Code) && file.Name != $"{service.Name}Service"
        select (service, file);

    [Fact]
    public void An_endpoint_has_Map_and_Handle_in_a_class_named_like_its_file()
    {
        var findings = new Findings("An endpoint file VerbNoun.cs holds a class VerbNoun with Map and Handle, one route each. "
            + "See CONTRIBUTING.md, \"Adding an endpoint\".");
        foreach (var (_, file) in Endpoints)
        {
            var code = file.Parsed.Code;
            if (!Regex.IsMatch(code, $@"\binternal (static|sealed) (partial )?class {file.Name}\b"))
                findings.Add($"{file.Path}: has no 'internal static class {file.Name}' (sealed, when its work needs services of its own)");
            if (!HandleSignature().IsMatch(code)) findings.Add($"{file.Path}: has no static method Handle");
            var routes = RouteCall().Count(code);
            if (routes != 1) findings.Add($"{file.Path}: maps {routes} routes; give each its own file");
        }

        findings.AssertNone();
    }

    [Fact]
    public void Routes_are_mapped_in_endpoint_files_only()
    {
        var findings = new Findings("A route is mapped in the file of its endpoint, so that its name leads there.");
        var endpoints = Endpoints.Select(endpoint => endpoint.File).ToHashSet();
        foreach (var file in House.Services.SelectMany(service => service.Code).Where(file => !endpoints.Contains(file)))
        {
            foreach (Match call in RouteCall().Matches(file.Parsed.Code)) findings.Add(file, file.Parsed.LineOf(call.Index), call.Value);
        }

        findings.AssertNone();
    }

    [Fact]
    public void A_service_maps_every_endpoint_it_has()
    {
        var findings = new Findings("An endpoint that its service does not map answers nobody. Add the call to <Service>Service.cs.");
        foreach (var (service, file) in Endpoints)
        {
            var door = House.Get($"{service.Folder}/{service.Name}Service.cs").Parsed.Code;
            if (!Regex.IsMatch(door, $@"\b{file.Name}\.Map\(")) findings.Add($"{service.Name}Service.cs must call {file.Name}.Map(routes)");
        }

        findings.AssertNone();
    }

    [Fact]
    public void An_endpoint_says_in_one_line_what_it_does()
    {
        var findings = new Findings("The one-line <summary> above an endpoint's class becomes the API's documentation.");
        foreach (var (_, file) in Endpoints)
        {
            var line = Array.FindIndex(
                file.Lines, text => Regex.IsMatch(text, $@"^internal (static|sealed) (partial )?class {file.Name}\b"));
            var above = line > 0 ? file.Lines[line - 1].Trim() : string.Empty;
            if (!above.StartsWith("/// <summary>", StringComparison.Ordinal) || !above.EndsWith("</summary>", StringComparison.Ordinal))
                findings.Add(file, line + 1, "has no one-line <summary> right above the class");
        }

        findings.AssertNone();
    }

    [Fact]
    public void Every_route_says_who_may_call_it()
    {
        var findings = new Findings("A route ends with .RequirePermission(…) or .AllowAnonymous(\"why\").");
        foreach (var file in House.Product)
        {
            var code = file.Parsed.Code;
            foreach (Match call in RouteCall().Matches(code))
            {
                var end = code.IndexOf(';', call.Index);
                var statement = code[call.Index..(end < 0 ? code.Length : end)];
                // A handler written in place has statements of its own; what follows it is judged by the running host's test.
                if (statement.Contains('{', StringComparison.Ordinal)) continue;
                if (!statement.Contains("RequirePermission(", StringComparison.Ordinal)
                    && !statement.Contains("AllowAnonymous(", StringComparison.Ordinal))
                    findings.Add(file, file.Parsed.LineOf(call.Index), call.Value);
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void A_folder_is_the_namespace_of_what_it_holds()
    {
        var findings = new Findings("Folder = namespace, so that a name in an error leads to its file.");
        foreach (var file in House.Product.Where(file => !file.IsIn("src/Lectern.Platform/Migrations")))
        {
            var stated = Namespace().Match(file.Parsed.Code);
            if (!stated.Success || stated.Groups[1].Value == Expected(file.Path)) continue;
            findings.Add($"{file.Path}: namespace is {stated.Groups[1].Value}, its folder says {Expected(file.Path)}");
        }

        findings.AssertNone();
    }

    private static string Expected(string path)
    {
        var folders = path.Replace("src/Services/", string.Empty, StringComparison.Ordinal)
            .Replace("src/Adapters/", string.Empty, StringComparison.Ordinal)
            .Replace("src/", string.Empty, StringComparison.Ordinal).Split('/')[..^1];
        return string.Join('.', folders);
    }

    [GeneratedRegex(@"static (partial )?(void|IEndpointConventionBuilder|RouteHandlerBuilder) Map\(\s*(this )?IEndpointRouteBuilder")]
    private static partial Regex MapSignature();

    [GeneratedRegex(@"\bstatic (async )?[\w<>,.\s?\[\]()]+ Handle\(")]
    private static partial Regex HandleSignature();

    [GeneratedRegex(@"\.Map(Get|Post|Put|Delete|Patch|Methods|Fallback)\(")]
    private static partial Regex RouteCall();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
