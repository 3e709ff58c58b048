using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookViews;

/// <summary>What a gradebook is looked at through, saved under a name.</summary>
/// <param name="Mine">Whether the person who asks has saved it, and may change it.</param>
internal sealed record GradebookView(string Name, ViewFilters Filters, bool Shared, bool Mine, UserId OwnerId, string OwnerName)
{
    public const int LongestName = 100;
    public const int MostOfOnePerson = 50;

    public static Refusal? RefusedName(string name) => name.Trim().Length is 0 or > LongestName || name.Contains('/')
        ? new Refusal("name_required", $"A view needs a name of at most {LongestName} characters, without a slash.", "name")
        : null;
}

/// <summary>Which learners and columns are shown, and in which order. What is left out does not narrow.</summary>
/// <param name="Formula">What a column beside the grades works out, assignments by number: <c>([7] + [8]) / 2</c>. A page reads it.</param>
[StoredAsJson]
internal sealed record ViewFilters(
    string? Search = null, long? SectionId = null, long? GroupId = null, ViewState? State = null, ViewOrder? Order = null,
    string? Formula = null, string? FormulaTitle = null)
{
    private const int LongestSearch = 200;
    private const int LongestFormula = 300;
    private const int LongestFormulaTitle = 60;

    public Refusal? Refused() =>
        Search?.Length > LongestSearch ? new("too_long", "A search can have at most 200 characters.", "filters.search")
        : Formula?.Length > LongestFormula ? new("too_long", "A formula can have at most 300 characters.", "filters.formula")
        : FormulaTitle?.Length > LongestFormulaTitle
            ? new("too_long", "A name of a column can have at most 60 characters.", "filters.formula_title")
            : null;
}

/// <summary>Learners who have at least one cell like this among the columns shown.</summary>
internal enum ViewState { Missing, Late, Ungraded, Hidden, Resubmitted }

/// <summary>In which order learners stand; by name when left out.</summary>
internal enum ViewOrder { Highest, Lowest }
