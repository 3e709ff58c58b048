using System.Text.RegularExpressions;

namespace Lectern.Architecture.Reading;

/// <summary>Finds methods with a body in braces: an identifier, parentheses, perhaps constraints, and a brace.</summary>
internal static partial class Methods
{
    private static readonly string[] Statements =
        ["if", "for", "foreach", "while", "switch", "using", "lock", "catch", "fixed", "when", "return", "await", "nameof", "typeof",
            "checked", "unchecked", "new", "and", "or", "not"];

    private static readonly string[] NotBefore = ["new", "class", "record", "struct", "interface", "is", "enum"];

    public static IEnumerable<(string Name, int Line, int Length)> In(CSharpText text)
    {
        var code = text.Code;
        for (var open = code.IndexOf('{', StringComparison.Ordinal); open >= 0; open = code.IndexOf('{', open + 1))
        {
            if (NameBefore(code, open) is not { } name) continue;
            var end = Close(code, open, '{', '}');
            var first = text.LineOf(open);
            yield return (name, first, text.LineOf(end) - first + 1);
        }
    }

    private static string? NameBefore(string code, int open)
    {
        var head = Constraints().Replace(code[Math.Max(0, open - 2_000)..open], match => new string(' ', match.Length)).TrimEnd();
        if (!head.EndsWith(')')) return null;
        var depth = 0;
        var at = head.Length - 1;
        for (; at >= 0; at--)
        {
            if (head[at] == ')') depth++;
            if (head[at] == '(' && --depth == 0) break;
        }

        if (at <= 0) return null;
        var match = Named().Match(head[..at]);
        if (!match.Success) return null;
        var name = match.Groups["name"].Value;
        var before = head[..match.Index].TrimEnd();
        // ": Base(x) {" continues a type's head; ": base(x) {" a constructor's.
        if (before.EndsWith(':') && name is not ("base" or "this")) return null;
        return Statements.Contains(name) || NotBefore.Any(word => before.EndsWith(" " + word, StringComparison.Ordinal)) ? null : name;
    }

    private static int Close(string code, int open, char left, char right)
    {
        var depth = 0;
        for (var at = open; at < code.Length; at++)
        {
            if (code[at] == left) depth++;
            if (code[at] == right && --depth == 0) return at;
        }

        return code.Length - 1;
    }

    [GeneratedRegex(@"\bwhere\s+\w+\s*:[^{;=]*$")]
    private static partial Regex Constraints();

    [GeneratedRegex(@"\b(?<name>[A-Za-z_]\w*)(\s*<[\w\s,?\[\].]*>)?\s*$")]
    private static partial Regex Named();
}
