using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Grading.Sheets;
using Lectern.Platform.Http;

namespace Lectern.Grading.Outcomes;

/// <summary>
/// Outcomes as lines of a table, in the columns that Canvas LMS imports and exports: one line for each group and outcome, parents before
/// what stands in them, and after <c>ratings</c> the points and name of each level in turn.
/// </summary>
internal static class OutcomeSheet
{
    public const int MostLines = 2_000;

    public static readonly string[] Columns =
    [
        "vendor_guid", "object_type", "title", "description", "display_name", "friendly_description", "calculation_method",
        "calculation_int", "parent_guids", "workflow_state", "mastery_points", "ratings",
    ];

    private static readonly string[] Required = ["vendor_guid", "object_type", "title", "parent_guids"];

    // What Canvas calls a decaying average is the weighted one, for all but what it calls standard.
    private static readonly Dictionary<string, MasteryMethodKind> Methods = new(StringComparer.Ordinal)
    {
        ["decaying_average"] = MasteryMethodKind.WeightedAverage, ["weighted_average"] = MasteryMethodKind.WeightedAverage,
        ["standard_decaying_average"] = MasteryMethodKind.DecayingAverage, ["n_mastery"] = MasteryMethodKind.NMastery,
        ["latest"] = MasteryMethodKind.Latest, ["highest"] = MasteryMethodKind.Highest, ["average"] = MasteryMethodKind.Average,
    };

    /// <summary>The lines, and all that is wrong with them by themselves.</summary>
    public static (List<OutcomeLine> Lines, List<FieldError> Errors) Read(IEnumerable<SheetRow> rows)
    {
        var (lines, errors) = (new List<OutcomeLine>(), new List<FieldError>());
        Dictionary<string, int>? titles = null;
        foreach (var row in rows)
        {
            if (titles is null)
            {
                titles = Titles(row, errors);
                if (errors.Count > 0) return (lines, errors);
            }
            else if (row.Cells.Any(cell => cell.Length > 0)) Add(row, titles, lines, errors);
            if (lines.Count <= MostLines) continue;
            errors.Add(new("lines", "too_many", $"At most {MostLines:N0} lines can be read at once."));
            break;
        }

        if (titles is null) errors.Add(At(1, "file_empty", "The file is empty."));
        return (lines, errors);
    }

    public static FieldError At(int line, string code, string because) => new($"lines[{line}]", code, because);

    public static string NameOf(MasteryMethodKind kind) => Methods.Last(method => method.Value == kind).Key;

    private static Dictionary<string, int> Titles(SheetRow row, List<FieldError> errors)
    {
        var titles = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < row.Cells.Count; at++)
        {
            var title = row.Cells[at].Trim().TrimStart('\uFEFF');
            if (title.Length == 0) continue;
            // What Canvas writes beside, and nothing here has a use for.
            if (title is "canvas_id") continue;
            if (titles.ContainsKey("ratings") || !Columns.Contains(title, StringComparer.OrdinalIgnoreCase))
                errors.Add(At(row.Line, "unknown_column", $"There is no column '{title}' here."));
            else if (!titles.TryAdd(title, at)) errors.Add(At(row.Line, "column_repeated", $"The column '{title}' is there twice."));
        }

        errors.AddRange(Required.Where(name => !titles.ContainsKey(name))
            .Select(name => At(row.Line, "column_missing", $"The first line must name a column '{name}'.")));
        return titles;
    }

    private static void Add(SheetRow row, Dictionary<string, int> titles, List<OutcomeLine> lines, List<FieldError> errors)
    {
        string Of(string name) => titles.TryGetValue(name, out var at) && at < row.Cells.Count ? row.Cells[at].Trim() : string.Empty;
        var before = errors.Count;
        bool? isGroup = Of("object_type") switch { "group" => true, "outcome" => false, _ => null };
        if (isGroup is null) errors.Add(At(row.Line, "bad_object_type", $"'{Of("object_type")}' is neither 'group' nor 'outcome'."));
        var deleted = Of("workflow_state") switch { "" or "active" => false, "deleted" => true, _ => (bool?)null };
        if (deleted is null) errors.Add(At(row.Line, "bad_workflow_state", "The state is 'active' or 'deleted'."));
        var parents = Of("parent_guids").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parents.Length > 1) errors.Add(At(row.Line, "several_parents", "Here a group or an outcome stands in one group only."));
        var kind = MasteryMethodKind.Highest;
        var method = Of("calculation_method");
        if (method.Length > 0 && !Methods.TryGetValue(method, out kind))
            errors.Add(At(row.Line, "bad_calculation", $"There is no way of calculating called '{method}'."));
        var parameter = Number(row, "calculation_int", Of("calculation_int"), errors);
        var mastery = Number(row, "mastery_points", Of("mastery_points"), errors);
        var levels = Levels(row, titles, errors);
        if (isGroup is true && (levels.Count > 0 || method.Length > 0))
            errors.Add(At(row.Line, "group_has_scale", "A group has no levels and no calculation."));
        if (errors.Count > before) return;
        lines.Add(new(
            row.Line, isGroup!.Value, Of("vendor_guid"), Of("title"), Of("description"), Of("display_name"), Of("friendly_description"),
            method.Length > 0 ? new MasteryMethod(kind, (int?)parameter) : null, levels, mastery, parents.FirstOrDefault(),
            deleted!.Value));
    }

    private static List<LevelFields> Levels(SheetRow row, Dictionary<string, int> titles, List<FieldError> errors)
    {
        var levels = new List<LevelFields>();
        if (!titles.TryGetValue("ratings", out var at)) return levels;
        for (; at < row.Cells.Count; at += 2)
        {
            var name = at + 1 < row.Cells.Count ? row.Cells[at + 1].Trim() : string.Empty;
            if (row.Cells[at].Trim().Length == 0 && name.Length == 0) continue;
            levels.Add(new(name, Number(row, "ratings", row.Cells[at].Trim(), errors)));
        }

        return levels;
    }

    private static decimal? Number(SheetRow row, string column, string text, List<FieldError> errors)
    {
        if (text.Length == 0) return null;
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= int.MaxValue) return number;
        errors.Add(At(row.Line, "not_a_number", $"'{text}' under '{column}' is no number."));
        return null;
    }
}

/// <summary>One line of such a table.</summary>
/// <param name="Method">Null: the file says nothing of it.</param>
internal sealed record OutcomeLine(
    int Line, bool IsGroup, string Code, string Title, string Description, string DisplayName, string LearnerDescription,
    MasteryMethod? Method, IReadOnlyList<LevelFields> Levels, decimal? MasteryPoints, string? Parent, bool Deleted)
{
    public OutcomeGroupFields ToGroup(OutcomeGroupId? parent) =>
        new() { Code = Code, Title = Title, Description = Description, ParentId = parent };

    /// <summary>What the file does not say stays as it was; where there was nothing it is what new outcomes have.</summary>
    public OutcomeFields ToOutcome(OutcomeGroupId? group, Outcome? before)
    {
        var scale = before?.Scale ?? MasteryScale.Usual;
        var method = Method ?? before?.Method ?? new(MasteryMethodKind.Highest, null);
        return new()
        {
            Code = Code, Title = Title, DisplayName = DisplayName.Length > 0 ? DisplayName : null, Description = Description,
            LearnerDescription = LearnerDescription, OutcomeGroupId = group, Method = method.Kind, Parameter = method.Parameter,
            Levels = Levels.Count > 0 ? Levels : [.. scale.Levels.Select(level => new LevelFields(level.Name, level.Points))],
            MasteryPoints = MasteryPoints ?? (Levels.Count > 0 && before is null ? null : scale.MasteryPoints), Reason = "file",
        };
    }
}
