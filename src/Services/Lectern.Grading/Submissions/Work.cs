using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.Assignments;
using Lectern.Grading.Questions;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>What a learner wants to hand in.</summary>
internal sealed record WorkForm
{
    public const int LongestText = 500_000;
    public const int LongestAnswer = 50_000;
    public const int MostFiles = 20;

    /// <summary>text, file, url, media or questions. Left out: what the content says.</summary>
    public SubmissionType? Type { get; init; }

    public string? BodyText { get; init; }

    public string? Url { get; init; }

    public FileId[] FileIds { get; init; } = [];

    /// <summary>Answers by the ids of their questions.</summary>
    public AnswerSheet? Answers { get; init => field = value?.Storable(); }

    /// <summary>The version of a draft this was made upon; heeded by the draft only.</summary>
    public int? Version { get; init; }

    internal bool HasText => !string.IsNullOrWhiteSpace(BodyText);

    internal bool HasUrl => !string.IsNullOrWhiteSpace(Url);

    internal bool HasAnswers => Answers is not null && Answers.Values.Any(answer => !string.IsNullOrWhiteSpace(answer));

    public SubmissionType TypeWith(int files) =>
        Type ?? (HasAnswers ? SubmissionType.Questions
            : files > 0 ? SubmissionType.File : HasUrl ? SubmissionType.Url : SubmissionType.Text);

    /// <summary>Why this is too much, wherever it is kept.</summary>
    public Refusal? RefusedSize() => this switch
    {
        { BodyText.Length: > LongestText } =>
            new("too_long", $"A text can have at most {LongestText:N0} characters. Hand in a file instead.", "body_text"),
        { Url.Length: > 2000 } => new("too_long", "An address can have at most 2,000 characters.", "url"),
        { FileIds.Length: > MostFiles } => new("too_many_files", $"At most {MostFiles} files.", "file_ids"),
        { Answers.Count: > QuestionFields.MostQuestions } =>
            new("too_many", $"At most {QuestionFields.MostQuestions} answers.", "answers"),
        { Answers: { } answers } when answers.Any(answer => answer.Key.Length > 40 || answer.Value?.Length > LongestAnswer) =>
            new("too_long", $"An answer can have at most {LongestAnswer:N0} characters.", "answers"),
        _ => null,
    };

    /// <summary>Why this cannot be handed in here; <paramref name="files"/> are those sent along or named.</summary>
    public Refusal? RefusedBy(Assignment assignment, int files)
    {
        var type = TypeWith(files);
        if (!assignment.HandedInOnline) return new("not_handed_in_online", "This assignment is not handed in here.");
        if (RefusedSize() is { } size) return size;
        if (files > MostFiles) return new("too_many_files", $"At most {MostFiles} files.", "file_ids");
        if (!HasText && !HasUrl && !HasAnswers && files == 0) return new("nothing_handed_in", "There is nothing in this submission yet.");
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
            (SubmissionType.Questions, _, _, _) when !HasAnswers =>
                new("answers_required", "Answer at least one question.", "answers"),
            (SubmissionType.Text, _, false, _) => new("text_required", "Write something first.", "body_text"),
            (SubmissionType.Url, _, _, false) => new("url_required", "Give the address of your work.", "url"),
            _ => null,
        };
    }

    // Everything sent along must be of a kind the assignment takes.
    private bool Contradicts(Assignment assignment, int files) =>
        (HasAnswers && !assignment.AsksQuestions) || (HasText && !assignment.SubmissionTypes.Contains(SubmissionType.Text))
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
        foreach (var (question, answer) in (form.Answers ?? []).OrderBy(one => one.Key, StringComparer.Ordinal))
            lines.Append(question).Append(' ')
                .Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer ?? string.Empty)))).Append('\n');
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
