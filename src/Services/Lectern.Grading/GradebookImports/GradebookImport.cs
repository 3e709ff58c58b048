using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookImports;

[JsonConverter(typeof(IdJson<GradebookImportId>))]
internal readonly record struct GradebookImportId(long Value) : IId<GradebookImportId>
{
    public static GradebookImportId From(long value) => new(value);

    public static bool TryParse(string? text, out GradebookImportId id) => IId<GradebookImportId>.TryRead(text, out id);
}

/// <summary>Planned waits for a person. Refused and outdated ones have changed nothing and never will.</summary>
internal enum ImportState { Planning, Planned, Refused, Applying, Applied, Outdated, Reversing, Reversed }

/// <summary>What a line of a plan says.</summary>
internal enum ImportRowKind
{
    /// <summary>The file says something else than stands here, and it is what the file was made from that stands here.</summary>
    Changed,

    /// <summary>The file says something else, and the grade was changed here since, or the file does not say whether.</summary>
    Conflict,

    /// <summary>What the file says is no score.</summary>
    Invalid,

    UnknownLearner,

    UnknownColumn,
}

/// <summary>A file of grades somebody sent, and what became of it.</summary>
/// <param name="RefusalCode">Why the file cannot be read, as a code and in words.</param>
internal sealed record GradebookImport(
    GradebookImportId GradebookImportId, CourseId CourseId, string FileName, long SizeBytes, ImportState State, ImportSummary Summary,
    string? RefusalCode, string? Refusal, Guid? JobId, DateTimeOffset CreatedAt, UserId CreatedBy, string? CreatedByName,
    DateTimeOffset? AppliedAt, UserId? AppliedBy, DateTimeOffset? ReversedAt, UserId? ReversedBy, [property: JsonIgnore] FileId? FileId)
{
    /// <summary>How far the job has come; only of one that is looked at by itself.</summary>
    public JobStanding? Job { get; init; }

    /// <summary>The last step was given up after several tries, and has changed nothing; it can be asked for again.</summary>
    public bool Stopped { get; init; }

    /// <summary>The import as it stands with its job: a step that was given up leaves it where it was before.</summary>
    internal GradebookImport With(JobStanding? job) => job is { IsOver: true }
        ? State switch
        {
            ImportState.Planning => this with
            {
                Job = job, Stopped = true, State = ImportState.Refused, Refusal = "Comparing it did not work. Send it again.",
            },
            ImportState.Applying => this with { Job = job, Stopped = true, State = ImportState.Planned },
            ImportState.Reversing => this with { Job = job, Stopped = true, State = ImportState.Applied },
            _ => this with { Job = job },
        }
        : this with { Job = job };

    /// <summary>Why it cannot be applied; null when it can.</summary>
    internal Refusal? RefusesApplication() => State switch
    {
        ImportState.Planned => null,
        ImportState.Planning => new Refusal("gradebook_import_state", "The comparison is not ready yet."),
        ImportState.Refused => new Refusal("gradebook_import_state", "This file could not be read. Mend it and send it again."),
        ImportState.Outdated => new Refusal("plan_outdated", OutdatedBecause),
        _ => new Refusal("gradebook_import_state", "This file has been applied already."),
    };

    internal const string OutdatedBecause =
        "Somebody changed one of these grades after they were compared. Nothing was applied; send the file again.";
}

/// <summary>An import in numbers.</summary>
/// <param name="Lines">Learners' lines in the file.</param>
/// <param name="Same">Cells that say what stands here.</param>
/// <param name="Taken">Grades that were changed when it was applied.</param>
/// <param name="Reverted">Of these, taken back when it was reversed.</param>
/// <param name="Kept">Of these, changed by somebody since, and therefore left.</param>
[StoredAsJson]
internal sealed record ImportSummary(
    int Lines = 0, int Same = 0, int Changed = 0, int Conflict = 0, int Invalid = 0, int UnknownLearner = 0, int UnknownColumn = 0,
    int Taken = 0, int Reverted = 0, int Kept = 0);

/// <summary>One line of a plan: a cell of the file, or what is wrong with a line or a column.</summary>
/// <param name="Learner">Who is meant: by name when known here, else as the file says.</param>
/// <param name="Value">As the file says it.</param>
/// <param name="Score">What it would make of the grade.</param>
/// <param name="SeenKnown">Whether the file says which version it was made from.</param>
/// <param name="Version">The grade's version when it was compared.</param>
/// <param name="Taken">Whether it was chosen to be applied.</param>
internal sealed record ImportRow(
    int RowNo, ImportRowKind Kind, int? Line, string? Learner, UserId? UserId, string? ColumnName, AssignmentId? AssignmentId,
    string? Value, decimal? Score, bool Excused, decimal? CurrentScore, bool CurrentExcused, bool SeenKnown, decimal? SeenScore,
    bool SeenExcused, int Version, string? Code, string? Reason, bool Taken,
    [property: JsonIgnore] int? MadeVersion = null);

/// <summary>Compare a file with what stands here.</summary>
internal sealed record PlanGradebookImport(GradebookImportId GradebookImportId) : IJob;

/// <summary>Make the grades what was chosen.</summary>
internal sealed record ApplyGradebookImport(GradebookImportId GradebookImportId) : IJob;

/// <summary>Take back what an import did, where nobody changed it since.</summary>
internal sealed record ReverseGradebookImport(GradebookImportId GradebookImportId) : IJob;
