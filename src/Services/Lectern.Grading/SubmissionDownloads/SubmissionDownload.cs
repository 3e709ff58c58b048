using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.SubmissionDownloads;

[JsonConverter(typeof(IdJson<SubmissionDownloadId>))]
internal readonly record struct SubmissionDownloadId(long Value) : IId<SubmissionDownloadId>
{
    public static SubmissionDownloadId From(long value) => new(value);

    public static bool TryParse(string? text, out SubmissionDownloadId id) => IId<SubmissionDownloadId>.TryRead(text, out id);
}

/// <summary>Waiting for its jobs, ready to be fetched, or removed when its time was over.</summary>
internal enum DownloadState { Waiting, Ready, Expired }

/// <summary>An assignment's work as ZIP files: asked for, made by jobs, kept for a while. The row stays when the files are gone.</summary>
/// <param name="Submissions">Attempts that are in it so far: of each learner, or of each group that is graded as one, the latest.</param>
/// <param name="LeftOut">Files too large for a ZIP; the manifest names them.</param>
internal sealed record SubmissionDownload(
    SubmissionDownloadId SubmissionDownloadId, CourseId CourseId, AssignmentId AssignmentId, DownloadState State, Guid? JobId,
    int Submissions, int FileCount, int LeftOut, DateTimeOffset CreatedAt, UserId CreatedBy, string? CreatedByName,
    DateTimeOffset? ReadyAt, DateTimeOffset? ExpiresAt, [property: JsonIgnore] FileId[] FileIds)
{
    /// <summary>How far the present job has come; only of one that is looked at by itself.</summary>
    public JobStanding? Job { get; init; }

    /// <summary>The work was given up after several tries; ask anew.</summary>
    public bool Stopped { get; init; }

    /// <summary>Where to fetch its parts, for an hour; only of one that is looked at by itself.</summary>
    public IReadOnlyList<FileLink>? Files { get; init; }
}

/// <summary>Write the next part of a download, of attempts after this one.</summary>
internal sealed record DownloadSubmissions(SubmissionDownloadId SubmissionDownloadId, long After) : IJob;

/// <summary>Give up files whose time is over.</summary>
internal sealed record ExpireSubmissionDownload(SubmissionDownloadId SubmissionDownloadId) : IJob;
