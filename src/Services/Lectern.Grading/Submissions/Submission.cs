using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.Assignments;
using Lectern.Grading.GroupSubmissions;
using Lectern.Grading.SimilarityChecks;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>One attempt, as it was handed in.</summary>
internal sealed record Submission(
    SubmissionId SubmissionId, CourseId CourseId, AssignmentId AssignmentId, UserId UserId, int Attempt, SubmissionType Type,
    string? BodyText, string? Url,
    FileId[] FileIds, DateTimeOffset SubmittedAt, DateTimeOffset? DueAt, bool Late, long SecondsLate, string ReceiptNo,
    byte[] ReceiptSha256,
    byte[] ContentSha256, GroupSubmissionId? GroupSubmissionId = null, AnswerSheet? Answers = null)
{
    public const string Columns = """
        s.submission_id, s.course_id, s.assignment_id, s.user_id, s.attempt, s.type, s.body_text, s.url, s.file_ids, s.submitted_at,
            s.due_at, s.late,
        s.seconds_late, s.receipt_no, s.receipt_sha256, s.content_sha256, s.group_submission_id, s.answers
        """;

    public Receipt Receipt =>
        new(ReceiptNo, SubmittedAt, Attempt, Convert.ToHexStringLower(ReceiptSha256), Convert.ToHexStringLower(ContentSha256));
}

/// <summary>What a learner can show to prove that work was handed in, when, and that it is this work.</summary>
internal sealed record Receipt(string Number, DateTimeOffset SubmittedAt, int Attempt, string Sha256, string ContentSha256);

/// <summary>An attempt as it is sent, its files as addresses that work for an hour.</summary>
/// <param name="Answers">By the ids of their questions; null where none were asked.</param>
/// <param name="Group">Who made it together, as they were when it was handed in.</param>
/// <param name="Similarity">How much of it stands elsewhere too, where that is looked at and the reader may know.</param>
internal sealed record SubmissionView(
    SubmissionId SubmissionId, AssignmentId AssignmentId, UserId UserId, int Attempt, SubmissionType Type, string? BodyText, string? Url,
    IReadOnlyList<FileLink> Files, DateTimeOffset SubmittedAt, DateTimeOffset? DueAt, bool Late, long SecondsLate, Receipt Receipt,
    GroupSubmission? Group, AnswerSheet? Answers, SimilarityShare? Similarity)
{
    public static SubmissionView Of(Submission s, IEnumerable<FileLink> files, GroupSubmission? group, SimilarityShare? similarity) => new(
        s.SubmissionId, s.AssignmentId, s.UserId, s.Attempt, s.Type, s.BodyText, s.Url,
        [.. files.Where(file => s.FileIds.Contains(file.FileId))],
        s.SubmittedAt, s.DueAt, s.Late, s.SecondsLate, s.Receipt, group, s.Answers, similarity);
}
