using System.Text.RegularExpressions;
using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>Whose tables SQL may name, and how it is written (rule 8 and the data rules).</summary>
public sealed partial class SqlTests
{
    private static readonly Lazy<Catalogue> Known = new(Catalogue.Read);

    [Fact]
    public void Sql_names_only_the_tables_of_its_own_service()
    {
        var findings = new Findings("A service's SQL names its own tables and the views that services to its left publish "
            + "(platform.publish). Ask the owner's port, listen to its events, or have it publish a view.");
        foreach (var service in House.Services)
        {
            var files = service.Files.Where(file => file.IsCSharp || file.IsSql).ToList();
            var temporary = files.SelectMany(file => Pieces(file)).SelectMany(piece => SqlText.Makes(piece.Text)).ToHashSet();
            foreach (var (file, line, name) in files.SelectMany(Named))
            {
                if (!temporary.Contains(name) && Known.Value.WhyNot(service, name) is { } why) findings.Add(file, line, $"{name}: {why}");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Platform_tables_are_named_in_the_platform_only()
    {
        var findings = new Findings("The platform's tables are its own. Ask Access, Grants, Sessions, StoredFiles, TenantDb or a "
            + "command of the platform. Proofs may read them: they check what others wrote.");
        foreach (var file in House.Product.Where(file => file.IsIn("src/Lectern") && !file.IsIn("src/Lectern/Commands/Proofs")))
        {
            foreach (var (_, line, name) in Named(file))
            {
                if (Known.Value.OwnerOf(name) == "Platform" && !name.StartsWith("pg_", StringComparison.Ordinal))
                    findings.Add(file, line, name);
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Two_services_make_no_table_of_the_same_name()
    {
        var findings = new Findings("All tables of a cell share one schema; a table's name says whose it is by being used once.");
        foreach (var (name, owner) in Known.Value.Doubles) findings.Add($"{name} is also made by {owner}");
        findings.AssertNone();
    }

    [Fact]
    public void Every_table_of_a_service_is_protected_and_keyed_by_tenant()
    {
        var findings = new Findings("A tenant table has tenant_id int NOT NULL first, a primary key that starts with it, and SELECT "
            + "platform.protect('name'); after it.");
        foreach (var file in House.Files.Where(file => file.IsSql
            && (file.Path.Contains("/Services/", StringComparison.Ordinal)
                || file.Path.Contains("/Migrations/Cell/", StringComparison.Ordinal))))
        {
            foreach (Match table in TableBody().Matches(file.Text))
            {
                var (name, body) = (table.Groups["name"].Value, table.Groups["body"].Value);
                var line = file.Text[..table.Index].Count(c => c == '\n') + 1;
                if (!TenantColumn().IsMatch(body)) findings.Add(file, line, $"{name} has no tenant_id int NOT NULL");
                if (!TenantKey().IsMatch(body)) findings.Add(file, line, $"{name}: its primary key does not start with tenant_id");
                if (!Regex.IsMatch(file.Text, $@"platform\.protect\('{name}'")) findings.Add(file, line, $"{name} is not protected");
            }
        }

        findings.AssertNone();
    }

    [Fact]
    public void Sql_names_the_columns_it_wants()
    {
        var findings = new Findings("Name the columns: a star breaks older programs when a newer one adds a column.");
        foreach (var file in Written().Where(file => file.IsIn("src"))) Search(file, Star(), findings);
        findings.AssertNone();
    }

    [Fact]
    public void The_tenant_is_never_set_for_a_session()
    {
        var findings = new Findings("A session setting outlives its transaction on a pooled connection and shows the next caller "
            + "another institution's rows. Only set_config('lectern.tenant', …, true).");
        foreach (var file in Written())
        {
            Search(file, SessionTenant(), findings);
            if (!file.IsIn("src/Lectern.Platform") && !file.IsIn("src/Lectern/Commands/Proofs") && !file.IsIn("tests")
                && !file.IsIn("bench"))
                Search(file, AnyTenant(), findings);
        }

        findings.AssertNone();
    }

    [Fact]
    public void Columns_have_plain_types()
    {
        var findings = new Findings("No enums, domains or composite types (they are not leakproof and hard to change), no floating "
            + "point for marks, no instants without a zone.");
        foreach (var file in House.Files.Where(file => file.IsSql && file.IsIn("src"))) Search(file, OddType(), findings);
        findings.AssertNone();
    }

    private static void Search(SourceFile file, Regex pattern, Findings findings)
    {
        foreach (var (text, line) in Pieces(file))
        {
            foreach (Match match in pattern.Matches(LineComment().Replace(text, found => new string(' ', found.Length))))
                findings.Add(file, line + text[..match.Index].Count(c => c == '\n'), match.Value.Trim());
        }
    }

    private static IEnumerable<SourceFile> Written() =>
        House.Files.Where(file => (file.IsCSharp || file.IsSql) && !file.IsIn("tests/Lectern.Architecture"));

    private static IEnumerable<(string Text, int Line)> Pieces(SourceFile file) => file.IsSql
        ? [(file.Text, 1)]
        : file.Parsed.Strings.Select(literal => (literal.Text, file.Parsed.LineOf(literal.Position)));

    private static IEnumerable<(SourceFile File, int Line, string Name)> Named(SourceFile file) =>
        from piece in Pieces(file)
        from name in SqlText.Relations(piece.Text)
        select (file, piece.Line, name);

    [GeneratedRegex(@"\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*|\bRETURNING\s+(\w+\.)?\*|,\s*\w+\.\*", RegexOptions.IgnoreCase)]
    private static partial Regex Star();

    [GeneratedRegex(@"\bSET\s+(SESSION\s+|LOCAL\s+)?lectern\.|set_config\('lectern\.tenant',[^)]*,\s*false\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex SessionTenant();

    [GeneratedRegex(@"set_config\('lectern\.tenant'")]
    private static partial Regex AnyTenant();

    [GeneratedRegex(
        @"\bCREATE\s+(TYPE|DOMAIN)\b|\b(real|float4|float8|double precision|money)\b(?=\s*(NOT|,|DEFAULT|\n))"
        + @"|\btimestamp\b(?!\s*tz)(?! with time zone)")]
    private static partial Regex OddType();

    [GeneratedRegex(@"\bCREATE TABLE (IF NOT EXISTS )?(?<name>[a-z_0-9]+)\s*\((?<body>.*?)\n\)", RegexOptions.Singleline)]
    private static partial Regex TableBody();

    [GeneratedRegex(@"^\s*(--[^\n]*\n\s*)*tenant_id int NOT NULL")]
    private static partial Regex TenantColumn();

    [GeneratedRegex(@"PRIMARY KEY \(tenant_id\b|tenant_id int NOT NULL PRIMARY KEY")]
    private static partial Regex TenantKey();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex LineComment();

    /// <summary>Which part of the program makes which table or view, as its migrations say.</summary>
    private sealed class Catalogue
    {
        private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);
        private readonly HashSet<string> published = [];

        public List<(string Name, string Owner)> Doubles { get; } = [];

        public static Catalogue Read()
        {
            var catalogue = new Catalogue();
            foreach (var file in House.Files.Where(file => file.IsIn("src/Lectern.Platform") && (file.IsSql || file.IsCSharp)))
                catalogue.Add("Platform", file);
            foreach (var service in House.Services)
            {
                foreach (var file in service.Files.Where(file => file.IsSql)) catalogue.Add(service.Name, file);
            }

            return catalogue;
        }

        public string? OwnerOf(string name) => owners.GetValueOrDefault(name) ?? owners.GetValueOrDefault("platform." + name);

        public string? WhyNot(ServicePart service, string name)
        {
            if (name.StartsWith("pg_", StringComparison.Ordinal) || name.StartsWith("excluded", StringComparison.Ordinal)) return null;
            var owner = OwnerOf(name);
            if (owner is null) return "no migration makes it; is the name right, or is it a WITH that this test does not see?";
            if (owner == service.Name) return null;
            if (owner == "Platform") return "is the platform's";
            if (!published.Contains(name)) return $"belongs to {owner}, which does not publish it";
            return service.MayKnow(House.Services.Single(other => other.Name == owner))
                ? null
                : $"belongs to {owner}, which stands to the right";
        }

        private void Add(string owner, SourceFile file)
        {
            foreach (var (text, _) in Pieces(file))
            {
                foreach (var name in SqlText.Makes(text))
                {
                    if (owners.TryGetValue(name, out var other) && other != owner) Doubles.Add((name, other));
                    owners.TryAdd(name, owner);
                }

                published.UnionWith(SqlText.Published(text));
            }
        }
    }
}
