using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Grades;
using Lectern.Grading.Sheets;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookImports;

/// <summary>A learner of the course, by all that a file may call them.</summary>
internal sealed record KnownLearner(UserId UserId, string Name, string? SisId, string? EmailNorm);

/// <summary>What stood at the version of a grade a file was made from.</summary>
internal readonly record struct Standing(decimal? Score, bool Excused)
{
    public static Standing Of(Grade grade) => new(grade.EnteredScore, grade.Status is WorkStatus.Excused);

    // An excused grade may keep a score beneath; what shows is that it is excused.
    public bool Says(SheetScore score) => score.Excused ? Excused : !Excused && Score == score.Score;

    public bool Equals(Standing other) => Excused == other.Excused && (Excused || Score == other.Score);

    public override int GetHashCode() => HashCode.Combine(Excused, Excused ? null : Score);
}

/// <summary>
/// Compares what a file says with what stands. Pure; nothing is looked up and nothing is changed. A cell that says what stands here is
/// counted and makes no row.
/// </summary>
internal sealed class ImportPlan
{
    private const int LongestText = 200;
    private readonly List<ImportRow> rows = [];
    private int lines, same;

    public IReadOnlyList<ImportRow> Rows => rows;

    public ImportSummary Summary => new(
        lines, same, Count(ImportRowKind.Changed), Count(ImportRowKind.Conflict), Count(ImportRowKind.Invalid),
        Count(ImportRowKind.UnknownLearner), Count(ImportRowKind.UnknownColumn));

    public void Unknown(UnknownColumn column)
    {
        var refusal = new Refusal("unknown_column", column.Because);
        Add(Row(ImportRowKind.UnknownColumn) with { ColumnName = column.Title, Code = refusal.Code, Reason = refusal.Because });
    }

    public void Unknown(SheetLine line, string code, string because)
    {
        lines++;
        Add(Row(ImportRowKind.UnknownLearner) with { Line = line.Line, Learner = line.Called, Code = code, Reason = because });
    }

    /// <summary>The cells of a line that need a look at the ledger: they differ from what stands, which is newer than the file.</summary>
    public static IEnumerable<SheetCell> ToLookUp(SheetLine line, Func<Assignment, Grade> gradeOn) => line.Cells.Where(cell =>
        cell is { Seen: > 0, Said.Refusal: null } && gradeOn(cell.Assignment) is { } grade
        && grade.Version != cell.Seen && !Standing.Of(grade).Says(cell.Said.Score));

    /// <summary>Compares a known learner's line.</summary>
    /// <param name="refused">Why grades on an assignment are not this learner's to be changed by a file.</param>
    /// <param name="seenAt">What stood at a version the file names; for those of <see cref="ToLookUp"/>.</param>
    public void Compare(
        SheetLine line, KnownLearner learner, Func<Assignment, Grade> gradeOn, Func<Assignment, Refusal?> refused,
        Func<SheetCell, Standing?> seenAt)
    {
        lines++;
        foreach (var cell in line.Cells)
        {
            if (Compare(cell, gradeOn(cell.Assignment), refused, seenAt) is { } row)
                Add(row with
                {
                    Line = line.Line, Learner = learner.Name, UserId = learner.UserId, ColumnName = cell.Assignment.Title,
                    AssignmentId = cell.Assignment.AssignmentId, Value = cell.Text,
                });
            else same++;
        }
    }

    private ImportRow? Compare(SheetCell cell, Grade grade, Func<Assignment, Refusal?> refused, Func<SheetCell, Standing?> seenAt)
    {
        var (score, unread) = cell.Said;
        if (unread is not null) return Invalid(cell, unread);
        var stands = Standing.Of(grade);
        if (stands.Says(score)) return null;
        // An empty cell of a file that does not say what it was made from says nothing.
        if (score.IsBlank && cell.Seen is null) return null;
        if ((cell.Assignment.RefusesScore(score.Score) ?? refused(cell.Assignment)) is { } refusal) return Invalid(cell, refusal);
        var seen = cell.Seen switch
        {
            null => null,
            0 => (Standing?)default(Standing),
            { } version when version == grade.Version => stands,
            _ => seenAt(cell),
        };
        var agrees = cell.Seen is null ? stands == default : seen is { } base_ && base_ == stands;
        return Row(agrees ? ImportRowKind.Changed : ImportRowKind.Conflict) with
        {
            Score = score.Score, Excused = score.Excused, CurrentScore = stands.Score, CurrentExcused = stands.Excused,
            SeenKnown = seen is not null, SeenScore = seen?.Score, SeenExcused = seen?.Excused ?? false, Version = grade.Version,
        };
    }

    private ImportRow Invalid(SheetCell cell, Refusal refusal) =>
        Row(ImportRowKind.Invalid) with { Value = cell.Text, Code = refusal.Code, Reason = refusal.Because };

    private ImportRow Row(ImportRowKind kind) =>
        new(rows.Count + 1, kind, null, null, null, null, null, null, null, false, null, false, false, null, false, 0, null, null, false);

    // Enough to know a cell again; a file may hold the same long text a million times, and every row is stored.
    private void Add(ImportRow row) =>
        rows.Add(row with { Learner = Cut(row.Learner), ColumnName = Cut(row.ColumnName), Value = Cut(row.Value) });

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] + "…" : text;

    private int Count(ImportRowKind kind) => rows.Count(row => row.Kind == kind);
}
