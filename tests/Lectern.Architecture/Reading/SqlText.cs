using System.Text.RegularExpressions;

namespace Lectern.Architecture.Reading;

/// <summary>
/// Finds which tables SQL names. SQL of this product writes its keywords in capitals, which is how it is told from prose.
/// </summary>
internal static partial class SqlText
{
    /// <summary>Relations a piece of SQL reads or writes, without those it defines itself.</summary>
    public static IEnumerable<string> Relations(string sql)
    {
        var text = Comment().Replace(sql, " ");
        if (!Statement().IsMatch(text)) return [];
        var own = CommonTable().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        return From(text).Where(name => !own.Contains(name)).Distinct();
    }

    /// <summary>Tables and views a piece of SQL makes, temporary ones included.</summary>
    public static IEnumerable<string> Makes(string sql) =>
        Create().Matches(Comment().Replace(sql, " ")).Select(match => match.Groups["name"].Value);

    public static IEnumerable<string> Tables(string migration) =>
        Create().Matches(Comment().Replace(migration, " "))
            .Where(match => match.Groups["kind"].Value == "TABLE" && !match.Groups["partition"].Success).Select(
                match => match.Groups["name"].Value);

    /// <summary>Tables a later migration takes away again.</summary>
    public static IEnumerable<string> Dropped(string migration) => Drop().Matches(migration).Select(match => match.Groups[1].Value);

    public static IEnumerable<string> Published(string migration) => Publish().Matches(migration).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> From(string text)
    {
        foreach (Match match in Named().Matches(text))
        {
            if (NotARelation().IsMatch(text[Math.Max(0, match.Index - 60)..match.Index])) continue;
            var at = match.Index + match.Length;
            yield return match.Groups["name"].Value;
            if (match.Groups["word"].Value is not ("FROM" or "USING")) continue;
            // FROM a x, b y
            for (var next = Listed().Match(text, at); next.Success && next.Index == at; next = Listed().Match(text, at))
            {
                yield return next.Groups["name"].Value;
                at = next.Index + next.Length;
            }
        }
    }

    [GeneratedRegex(@"^DROP TABLE ([a-z_][a-z0-9_]*);", RegexOptions.Multiline)]
    private static partial Regex Drop();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|COPY|FROM|JOIN|ALTER TABLE|CREATE|TRUNCATE|GRANT)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"(?:\bWITH(?: RECURSIVE)?|,|\))\s+([a-z_][a-z0-9_]*)(?:\s*\([^()]*\))?\s+AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\(")]
    private static partial Regex CommonTable();

    [GeneratedRegex(
        @"\bCREATE\s+(OR\s+REPLACE\s+)?((UNLOGGED|TEMP|TEMPORARY)\s+)?(?<kind>TABLE|VIEW)\s+(IF\s+NOT\s+EXISTS\s+)?"
        + @"(?<name>[a-z_][a-z0-9_.]*)(?<partition>\s+PARTITION\s+OF)?")]
    private static partial Regex Create();

    [GeneratedRegex(@"platform\.publish\('([a-z_0-9]+)'")]
    private static partial Regex Publish();

    [GeneratedRegex(
        @"\b(?<word>FROM|JOIN|INSERT INTO|UPDATE|USING|COPY|REFERENCES|ALTER TABLE|TRUNCATE)\s+(ONLY\s+|LATERAL\s+|IF"
        + @"\s+EXISTS\s+)?(?<name>[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?)\b(?!\s*\.)(?!\()")]
    private static partial Regex Named();

    [GeneratedRegex(@"\G(?:\s+(?:AS\s+)?[a-z_][a-z0-9_]*)?\s*,\s*(?<name>[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?)\b(?!\s*[.(])")]
    private static partial Regex Listed();

    /// <summary>
    /// IS DISTINCT FROM x, EXTRACT(day FROM x), substring(x FROM y), CREATE INDEX … USING gin, trim(BOTH FROM x), FOR UPDATE.
    /// </summary>
    [GeneratedRegex(
        @"(\bDISTINCT\s+$)|(\b(EXTRACT|extract|substring|SUBSTRING|trim|TRIM|overlay)\s*\([^()]*$)|(\bFOR\s+(NO\s+KEY"
        + @"\s+)?$)|(\bDO\s+$)|(\bON\s+[\w.]+\s+$)")]
    private static partial Regex NotARelation();
}
