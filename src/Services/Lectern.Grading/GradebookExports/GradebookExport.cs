using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookExports;

[JsonConverter(typeof(IdJson<GradebookExportId>))]
internal readonly record struct GradebookExportId(long Value) : IId<GradebookExportId>
{
    public static GradebookExportId From(long value) => new(value);

    public static bool TryParse(string? text, out GradebookExportId id) => IId<GradebookExportId>.TryRead(text, out id);
}

/// <summary>What a gradebook can be written as.</summary>
internal enum ExportFormat { Csv, Xlsx, Json, Banner, Powerschool, Oneroster }

/// <summary>Which total a student information system gets: of what is graded, or with everything else as nothing.</summary>
internal enum ExportTotal { Current, Final }

/// <summary>Waiting for its job, ready to be fetched, or removed when its time was over.</summary>
internal enum ExportState { Waiting, Ready, Expired }

/// <summary>A file of a course's grades: asked for, made by a job, kept for a while. The row stays when the file is gone.</summary>
/// <param name="LeftOut">Learners a student information system could not have told apart, or who have no total.</param>
/// <param name="CourseVersion">The gradebook's version when the file was begun.</param>
internal sealed record GradebookExport(
    GradebookExportId GradebookExportId, CourseId CourseId, ExportFormat Format, ExportTotal Total, string? StoreCode,
    SectionId[] SectionIds, ExportState State, Guid? JobId, int Learners, int LeftOut, long? CourseVersion, DateTimeOffset CreatedAt,
    UserId CreatedBy, string? CreatedByName, DateTimeOffset? ReadyAt, DateTimeOffset? ExpiresAt, [property: JsonIgnore] FileId? FileId)
{
    /// <summary>How far the job has come; only of one that is looked at by itself.</summary>
    public JobStanding? Job { get; init; }

    /// <summary>Where to fetch it, for an hour; only of one that is looked at by itself.</summary>
    public FileLink? File { get; init; }
}

/// <summary>Write a gradebook into a file.</summary>
internal sealed record ExportGradebook(GradebookExportId GradebookExportId) : IJob;

/// <summary>Give up a file whose time is over.</summary>
internal sealed record ExpireGradebookExport(GradebookExportId GradebookExportId) : IJob;
