using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>What a learner wants to hand in.</summary>
internal sealed record WorkForm
{
    public const int LongestText = 500_000;
    public const int MostFiles = 20;

    /// <summary>text, file, url or media. Left out: what the content says.</summary>
    public SubmissionType? Type { get; init; }

    public string? BodyText { get; init; }

    public string? Url { get; init; }

    public FileId[] FileIds { get; init; } = [];

    /// <summary>The version of a draft this was made upon; heeded by the draft only.</summary>
    public int? Version { get; init; }

    internal bool HasText => !string.IsNullOrWhiteSpace(BodyText);

    internal bool HasUrl => !string.IsNullOrWhiteSpace(Url);

    public SubmissionType TypeWith(int files) =>
        Type ?? (files > 0 ? SubmissionType.File : HasUrl ? SubmissionType.Url : SubmissionType.Text);

    /// <summary>Why this is too much, wherever it is kept.</summary>
    public Refusal? RefusedSize() => this switch
    {
        { BodyText.Length: > LongestText } =>
            new("too_long", $"A text can have at most {LongestText:N0} characters. Hand in a file instead.", "body_text"),
        { Url.Length: > 2000 } => new("too_long", "An address can have at most 2,000 characters.", "url"),
        { FileIds.Length: > MostFiles } => new("too_many_files", $"At most {MostFiles} files.", "file_ids"),
        _ => null,
    };

    /// <summary>Why this cannot be handed in here; <paramref name="files"/> are those sent along or named.</summary>
    public Refusal? RefusedBy(Assignment assignment, int files)
    {
        var type = TypeWith(files);
        if (!assignment.HandedInOnline) return new("not_handed_in_online", "This assignment is not handed in here.");
        if (RefusedSize() is { } size) return size;
        if (files > MostFiles) return new("too_many_files", $"At most {MostFiles} files.", "file_ids");
        if (!HasText && !HasUrl && files == 0) return new("nothing_handed_in", "There is nothing in this submission yet.");
        if (type is SubmissionType.OnPaper or SubmissionType.None || !assignment.SubmissionTypes.Contains(type)
            || Contradicts(assignment, files))
            return new("submission_type_not_allowed",
                $"This assignment takes {string.Join(", ", assignment.SubmissionTypes).ToLowerInvariant()}.", "type");
        if (HasUrl && (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            return new("bad_url", "Give a whole web address that begins with https://.", "url");
        return (type, files, HasText, HasUrl) switch
        {
            (SubmissionType.File or SubmissionType.Media, 0, _, _) =>
                new("file_required", "Choose the file with your work in it.", "file_ids"),
            (SubmissionType.Text, _, false, _) => new("text_required", "Write something first.", "body_text"),
            (SubmissionType.Url, _, _, false) => new("url_required", "Give the address of your work.", "url"),
            _ => null,
        };
    }

    // Everything sent along must be of a kind the assignment takes.
    private bool Contradicts(Assignment assignment, int files) =>
        (HasText && !assignment.SubmissionTypes.Contains(SubmissionType.Text))
            || (HasUrl && !assignment.SubmissionTypes.Contains(SubmissionType.Url))
        || (files > 0 && !assignment.SubmissionTypes.Contains(SubmissionType.File)
            && !assignment.SubmissionTypes.Contains(SubmissionType.Media));
}

/// <summary>Fingerprints of work: of its content alone, and of the fact that it was handed in.</summary>
internal static class Fingerprint
{
    /// <summary>SHA-256 over the kind, the text, the address and the files' own hashes; the same work has the same one.</summary>
    public static byte[] OfContent(SubmissionType type, WorkForm form, IEnumerable<FileLink> files)
    {
        var lines = new StringBuilder("lectern-work-1\n").Append(type.ToString().ToLowerInvariant()).Append('\n')
            .Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form.BodyText ?? string.Empty)))).Append('\n')
            .Append(form.Url?.Trim()).Append('\n');
        foreach (var file in files.OrderBy(file => file.Sha256, StringComparer.Ordinal).ThenBy(file => file.Name, StringComparer.Ordinal))
            lines.Append(file.Sha256).Append(' ').Append(file.Name).Append('\n');
        return SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>SHA-256 over who handed in what, where, when and for which time: what a receipt vouches for.</summary>
    public static byte[] OfReceipt(Handover act, byte[] content) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(
            $"lectern-receipt-1\n{act.Tenant}\n{act.Course.Value}\n{act.Assignment.Value}\n{act.Learner.Value}\n{act.Attempt}\n"
            + $"{act.At.ToUnixTimeMilliseconds()}\n{Convert.ToHexStringLower(content)}\n"));
}

/// <summary>Who handed in where, for which time and when.</summary>
internal sealed record Handover(
    TenantId Tenant, CourseId Course, AssignmentId Assignment, UserId Learner, int Attempt, DateTimeOffset At);
