using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.FeedbackImports;

[JsonConverter(typeof(IdJson<FeedbackImportId>))]
internal readonly record struct FeedbackImportId(long Value) : IId<FeedbackImportId>
{
    public static FeedbackImportId From(long value) => new(value);

    public static bool TryParse(string? text, out FeedbackImportId id) => IId<FeedbackImportId>.TryRead(text, out id);
}

/// <summary>Planned waits for a person. Refused and expired ones have attached nothing and never will.</summary>
internal enum FeedbackState { Planning, Planned, Refused, Applying, Applied, Reversing, Reversed, Expired }

/// <summary>What a file of a ZIP is.</summary>
internal enum FeedbackFileKind
{
    /// <summary>Its folder names work that was handed in here: it can be attached.</summary>
    Recognised,

    /// <summary>Whose work it is about cannot be told.</summary>
    Unknown,

    /// <summary>The ZIP holds it twice for the same work; the first of them counts.</summary>
    Duplicate,

    /// <summary>A program, something else than its name says, or nothing that can be read.</summary>
    WrongType,

    /// <summary>The same stands with that work already: it was handed in, or attached before.</summary>
    Standing,
}

/// <summary>A ZIP of feedback somebody sent, and what became of it.</summary>
/// <param name="RefusalCode">Why it cannot be read, as a code and in words.</param>
internal sealed record FeedbackImport(
    FeedbackImportId FeedbackImportId, CourseId CourseId, AssignmentId AssignmentId, string FileName, long SizeBytes,
    FeedbackState State, FeedbackSummary Summary, string? RefusalCode, string? Refusal, Guid? JobId, DateTimeOffset CreatedAt,
    UserId CreatedBy, string? CreatedByName, DateTimeOffset? AppliedAt, DateTimeOffset? ReversedAt, [property: JsonIgnore] FileId? FileId)
{
    /// <summary>How far the present job has come; only of one that is looked at by itself.</summary>
    public JobStanding? Job { get; init; }

    /// <summary>The last step was given up after several tries, and has attached nothing; it can be asked for again.</summary>
    public bool Stopped { get; init; }

    /// <summary>The import as it stands with its job: a step that was given up leaves it where it was before.</summary>
    internal FeedbackImport With(JobStanding? job) => job is { IsOver: true }
        ? State switch
        {
            FeedbackState.Planning => this with
            {
                Job = job, Stopped = true, State = FeedbackState.Refused, Refusal = "Looking through it did not work. Send it again.",
            },
            FeedbackState.Applying => this with { Job = job, Stopped = true, State = FeedbackState.Planned },
            FeedbackState.Reversing => this with { Job = job, Stopped = true, State = FeedbackState.Applied },
            _ => this with { Job = job },
        }
        : this with { Job = job };

    /// <summary>Why it cannot be applied; null when it can.</summary>
    internal Refusal? RefusesApplication() => State switch
    {
        FeedbackState.Planned when Summary.Recognised == 0 =>
            new Refusal("nothing_to_attach", "None of these files can be attached, so there is nothing to apply."),
        FeedbackState.Planned => null,
        FeedbackState.Planning => new Refusal("feedback_import_state", "The files have not all been looked at yet."),
        FeedbackState.Refused => new Refusal("feedback_import_state", "This ZIP could not be read. Make it anew and send it again."),
        FeedbackState.Expired => new Refusal("feedback_import_state", "This ZIP waited too long and was removed. Send it again."),
        _ => new Refusal("feedback_import_state", "This ZIP has been applied already."),
    };
}

/// <summary>An import in numbers.</summary>
/// <param name="Stored">Of the recognised ones, how many are stored by themselves.</param>
/// <param name="Attached">Files learners got when it was applied.</param>
/// <param name="Learners">Who got them.</param>
/// <param name="TakenBack">Learners from whom they were taken back.</param>
/// <param name="Kept">Learners who had seen theirs, and keep them.</param>
[StoredAsJson]
internal sealed record FeedbackSummary(
    int Recognised = 0, int Unknown = 0, int Duplicate = 0, int WrongType = 0, int Standing = 0, int Stored = 0, int Attached = 0,
    int Learners = 0, int TakenBack = 0, int Kept = 0)
{
    /// <summary>How many a person has to say something about.</summary>
    [JsonIgnore]
    public int InDoubt => Unknown + Duplicate + WrongType;
}

/// <summary>One file of a ZIP.</summary>
/// <param name="Learner">Whose work it is about, by the name a grader may know.</param>
internal sealed record FeedbackFile(
    int RowNo, FeedbackFileKind Kind, string Path, string Name, SubmissionId? SubmissionId, UserId? UserId, string? Learner,
    long SizeBytes, string? Code, string? Reason, [property: JsonIgnore] int EntryNo, [property: JsonIgnore] string? Sha256,
    [property: JsonIgnore] FileId? FileId);

/// <summary>Look through a ZIP.</summary>
internal sealed record PlanFeedbackImport(FeedbackImportId FeedbackImportId) : IJob;

/// <summary>Store the next files of a ZIP by themselves; when all are, attach them.</summary>
internal sealed record ApplyFeedbackImport(FeedbackImportId FeedbackImportId) : IJob;

/// <summary>Take back what learners have not seen yet.</summary>
internal sealed record ReverseFeedbackImport(FeedbackImportId FeedbackImportId) : IJob;

/// <summary>Remove a ZIP nobody applied.</summary>
internal sealed record ExpireFeedbackImport(FeedbackImportId FeedbackImportId) : IJob;
