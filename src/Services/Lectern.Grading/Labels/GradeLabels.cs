using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Grading.Labels;

/// <summary>
/// What a course calls late and missing work, for everybody who looks at it, and the statuses of its own it gives to grades. Words and
/// colours only: what lateness takes off is the policy's.
/// </summary>
[StoredAsJson]
internal sealed record GradeLabels
{
    public const int MostStatuses = 31;
    private const int LongestWords = 30;
    private const int MostAssignments = 500;

    public static GradeLabels Default { get; } = new();

    /// <summary>Left out: in the product's own words.</summary>
    public Label? Late { get; init; }

    public Label? Missing { get; init; }

    /// <summary>Statuses of the course's own.</summary>
    public IReadOnlyList<CustomStatus> Statuses { get; init; } = [];

    /// <summary>Where an assignment says it differently; what it leaves out is said as in the course.</summary>
    public IReadOnlyList<AssignmentLabels> Assignments { get; init; } = [];

    /// <summary>The highest number a status ever had; no number is given twice.</summary>
    public int LastStatus { get; init; }

    public CustomStatus? Status(int? number) => Statuses.FirstOrDefault(status => status.Number == number);

    /// <summary>How late work is called here; null when it is not.</summary>
    public string? LateWords(AssignmentId assignment) => Words(Of(assignment)?.Late ?? Late, "Late");

    public string? MissingWords(AssignmentId assignment) => Words(Of(assignment)?.Missing ?? Missing, "Missing");

    public Refusal? Refused() => this switch
    {
        { Statuses: null } or { Assignments: null } => Wrong("Say statuses and assignments, if only that there are none.", "labels"),
        _ when Statuses.Contains(null!) || Assignments.Contains(null!) => Wrong("Nothing in these lists is left out.", "labels"),
        _ when All().Any(label => label is { Words: { } words } && IsNoWord(words)) => NoWord("labels"),
        _ when Statuses.Any(status => IsNoWord(status.Words)) => NoWord("labels.statuses"),
        _ when Statuses.DistinctBy(status => status.Words.Trim(), StringComparer.OrdinalIgnoreCase).Count() < Statuses.Count =>
            Wrong("Two statuses have the same name.", "labels.statuses"),
        _ when Statuses.Where(status => status.Number > 0).CountBy(status => status.Number).Any(same => same.Value > 1) =>
            Wrong("Each status stands once.", "labels.statuses"),
        { Assignments.Count: > MostAssignments } => Wrong($"At most {MostAssignments} assignments differ.", "labels.assignments"),
        _ when Assignments.CountBy(one => one.AssignmentId).Any(same => same.Value > 1) =>
            Wrong("Each assignment stands once.", "labels.assignments"),
        _ => null,
    };

    /// <summary>The same with numbers for statuses that are new.</summary>
    public (GradeLabels? Labels, Refusal? Refusal) Numbered(GradeLabels before)
    {
        var last = before.LastStatus;
        var statuses = Statuses.Select(status => status.Number > 0 ? status : status with { Number = ++last }).ToList();
        if (last > MostStatuses)
            return (null, Wrong($"A course can have {MostStatuses} statuses of its own in all its time.", "labels.statuses"));
        if (statuses.Exists(status => status.Number > last))
            return (null, Wrong("A new status is sent without a number.", "labels.statuses"));
        return (this with { Statuses = statuses, LastStatus = last }, null);
    }

    private AssignmentLabels? Of(AssignmentId assignment) => Assignments.FirstOrDefault(one => one.AssignmentId == assignment);

    private IEnumerable<Label?> All() => Assignments.SelectMany(one => new[] { one.Late, one.Missing }).Append(Late).Append(Missing);

    private static string? Words(Label? label, string otherwise) => label is { Off: true } ? null : label?.Words ?? otherwise;

    private static bool IsNoWord(string? words) => string.IsNullOrWhiteSpace(words) || words.Length > LongestWords;

    private static Refusal NoWord(string field) => Wrong($"A label has between 1 and {LongestWords} characters.", field);

    private static Refusal Wrong(string because, string field) => new("bad_labels", because, field);
}

/// <param name="Words">Null: the product's own, in the reader's language.</param>
/// <param name="Off">It is not said at all.</param>
internal sealed record Label(string? Words = null, LabelTone? Tone = null, bool Off = false);

/// <summary>Colours that can be read by everybody in every theme.</summary>
internal enum LabelTone { Plain, Info, Good, Warn, Bad }

internal sealed record AssignmentLabels(AssignmentId AssignmentId, Label? Late = null, Label? Missing = null);

/// <summary>A status a course gives to grades, beside those every course has.</summary>
/// <param name="Number">What grades keep; 0 for one that is new.</param>
/// <param name="Excuses">Who has it is excused: the work counts in no total.</param>
internal sealed record CustomStatus(int Number, string Words, LabelTone Tone = LabelTone.Info, bool Excuses = false);
