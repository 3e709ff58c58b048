using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>How much of a piece of work stands elsewhere, and where.</summary>
/// <param name="Name">Whose it is: a learner, a group, or a pseudonym where graders see no names; null for the learner's own.</param>
/// <param name="SharePercent">Matched words of the words that count, with two decimals.</param>
/// <param name="Text">What was compared; positions below are UTF-16 units of it.</param>
/// <param name="Own">The reader's own work: whose the other work is, is not told.</param>
internal sealed record SimilarityView(
    SubmissionId SubmissionId, AssignmentId AssignmentId, UserId UserId, string? Name, int Attempt, SimilarityState State,
    decimal SharePercent, int Words, int LeftOutWords, int MatchedWords, IReadOnlyList<UnreadFile> Unread, DateTimeOffset? CheckedAt,
    bool Own, string Text, IReadOnlyList<TextRange> LeftOut, IReadOnlyList<MatchView> Matches);

/// <summary>What is shared with one source.</summary>
/// <param name="Source">What tells sources apart; null where the other work is not told of.</param>
/// <param name="Excluded">Somebody found it to be no source, and it does not count.</param>
/// <param name="SubmissionId">The other work; null when it may not be opened.</param>
/// <param name="Work">Whose and what it is; null when it may not be told, or when it is no work of this institution.</param>
internal sealed record MatchView(
    int Number, string? Source, bool Excluded, SubmissionId? SubmissionId, OtherWork? Work, string? Title, string? Address,
    int MatchedWords, IReadOnlyList<SharedPassage> Passages);

internal sealed record OtherWork(
    UserId UserId, string Name, int Attempt, DateTimeOffset SubmittedAt, AssignmentId AssignmentId, string AssignmentTitle,
    CourseId CourseId, string? CourseTitle);
