using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Rubrics;

/// <summary>
/// A rubric as people keep it in a spreadsheet: a criterion a line, its ratings in the columns beside it. Points stand in the cell,
/// <c>Clear (5)</c>, or once in the first line, <c>Excellent (5)</c>; <c>3-5</c> makes it a range.
/// </summary>
/// <param name="Problems">What could not be understood, by line and column; what was understood is in the criteria.</param>
internal sealed partial record RubricTable(IReadOnlyList<CriterionFields> Criteria, IReadOnlyList<RubricTable.Problem> Problems)
{
    public const int LongestText = 200_000;
    private static readonly string[] Headings = ["criterion", "criteria", "kriterium", "kriterien", "critère", "criterio", "المعيار"];

    internal sealed record Problem(int Line, int? Column, string Message);

    public static RubricTable Read(string text)
    {
        var problems = new List<Problem>();
        var lines = Cells(text).Where(line => line.Cells.Exists(cell => cell.Length > 0)).ToList();
        var heads = lines.Count > 0 && IsHeading(lines[0].Cells) ? lines[0].Cells : [];
        var criteria = new List<CriterionFields>();
        foreach (var (number, cells) in lines.Skip(heads.Count > 0 ? 1 : 0))
        {
            if (criteria.Count == RubricFields.MostCriteria)
            {
                problems.Add(new(number, null, $"A rubric has at most {RubricFields.MostCriteria} criteria; the rest was left out."));
                break;
            }

            if (CriterionOf(number, cells, heads, problems) is { } criterion) criteria.Add(criterion);
        }

        if (criteria.Count == 0 && problems.Count == 0) problems.Add(new(1, null, "There is no criterion in this table."));
        return new(criteria, problems);
    }

    private static CriterionFields? CriterionOf(int line, List<string> cells, List<string> heads, List<Problem> problems)
    {
        if (cells[0].Length == 0)
        {
            problems.Add(new(line, 1, "The first column names the criterion, and here it is empty."));
            return null;
        }

        var ratings = new List<RatingFields?>();
        var ranges = false;
        for (var column = 1; column < cells.Count; column++)
        {
            if (cells[column].Length == 0) continue;
            var head = column < heads.Count ? heads[column] : string.Empty;
            var (own, of) = (PointsIn(cells[column]), PointsIn(head));
            if ((own ?? of) is not { } points) problems.Add(new(line, column + 1, $"'{cells[column]}' says no points, such as (5)."));
            else if (points.Most < 0) problems.Add(new(line, column + 1, $"'{cells[column]}': points cannot be less than 0."));
            else
            {
                ratings.Add(new RatingFields(null, Worded(own?.Rest ?? cells[column], of?.Rest), points.Most));
                ranges |= points.IsRange;
            }
        }

        var most = ratings.Max(rating => rating!.Points);
        var fields = new CriterionFields { Description = cells[0], Points = most, Ratings = ratings, Ranges = ranges };
        if (ratings.Count == 0) problems.Add(new(line, null, $"'{cells[0]}' has no ratings with points."));
        else if (fields.Refused("criteria") is { } refusal) problems.Add(new(line, null, refusal.Because));
        else return fields;
        return null;
    }

    // "Excellent" above and "Clear and complete" here are both worth reading.
    private static string Worded(string cell, string? head) =>
        cell.Length == 0 ? head ?? string.Empty : string.IsNullOrEmpty(head) || head == cell ? cell : $"{head}: {cell}";

    private static bool IsHeading(List<string> cells) =>
        cells[0].Length == 0 || Headings.Contains(cells[0].ToLowerInvariant(), StringComparer.Ordinal);

    private static Points? PointsIn(string cell)
    {
        var match = InBrackets().Match(cell) is { Success: true } bracketed ? bracketed : Bare().Match(cell);
        if (!match.Success) return null;
        var first = Number(match.Groups["first"].Value);
        var last = match.Groups["last"].Success ? Number(match.Groups["last"].Value) : null;
        if (first is null) return null;
        var rest = cell.Remove(match.Index, match.Length).Trim(' ', '-', '–', ':', ',');
        return new(Math.Max(first.Value, last ?? first.Value), last is not null, rest);
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(
            text.Replace(',', '.').Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Lines with their cells: by tabs as spreadsheets copy, else by semicolons or commas with quotes as they save.</summary>
    private static List<(int Number, List<string> Cells)> Cells(string text)
    {
        var first = text.AsSpan()[..(text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length)];
        var separator = text.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Contains(';') ? ';' : ',';
        var lines = new List<(int, List<string>)>();
        var (cells, cell, quoted, number) = (new List<string>(), new System.Text.StringBuilder(), false, 1);
        void EndCell()
        {
            cells.Add(string.Join(' ', cell.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            cell.Clear();
        }

        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            if (quoted && sign == '"' && at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
            else if (sign == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (!quoted && sign == separator) EndCell();
            else if (!quoted && sign == '\n')
            {
                EndCell();
                lines.Add((number++, cells));
                cells = [];
            }
            else cell.Append(sign);
        }

        EndCell();
        lines.Add((number, cells));
        return lines;
    }

    private readonly record struct Points(decimal Most, bool IsRange, string Rest);

    private const string Numbers = @"(?<first>[-−]?\d{1,9}(?:[.,]\d+)?)(?:\s*(?:[-–—]|to|bis)\s*(?<last>\d{1,9}(?:[.,]\d+)?))?";
    private const string Units = @"(?:pts?\.?|points?|punkte?|p\.?|نقاط|نقطة)";

    [GeneratedRegex($@"[(\[]\s*{Numbers}\s*{Units}?\s*[)\]]", RegexOptions.IgnoreCase)]
    private static partial Regex InBrackets();

    // Without brackets only where it cannot be mistaken: alone, before a colon, or with its unit.
    [GeneratedRegex($@"^\s*{Numbers}\s*{Units}?\s*(?:$|:)|(?<![\w.,]){Numbers}\s*{Units}(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();
}
