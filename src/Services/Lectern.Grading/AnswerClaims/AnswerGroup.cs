using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Equal answers to a question on a grader's desk.</summary>
/// <param name="AnswerKey">What equal answers have in common.</param>
/// <param name="Answer">As one of them was typed.</param>
/// <param name="Waiting">How many learners' marks wait.</param>
/// <param name="Judged">How many have their mark.</param>
/// <param name="Marks">The first of them, those that wait before those that do not.</param>
/// <param name="Learners">Some of those whose marks wait, or of all where none waits; by pseudonym where names are hidden.</param>
/// <param name="HeldBy">Another grader who is at it now.</param>
internal sealed record AnswerGroup(
    string AnswerKey, string Answer, int Waiting, int Judged, IReadOnlyList<GroupedMark> Marks, IReadOnlyList<AnswerGiver> Learners,
    AnswerHolder? HeldBy);

/// <summary>The mark of one of them.</summary>
/// <param name="Score">Null: it waits.</param>
internal sealed record GroupedMark(SubmissionId SubmissionId, decimal? Score, string Feedback, int Version);

/// <summary>Who answered so.</summary>
internal sealed record AnswerGiver(UserId UserId, string Name);

/// <summary>Who has taken answers, and until when.</summary>
internal sealed record AnswerHolder(UserId UserId, string? Name, DateTimeOffset Until);

/// <summary>How far the marking of a question has come, in learners.</summary>
/// <param name="HeldByOthers">How many of those that wait other graders have before them.</param>
internal sealed record QuestionProgress(string QuestionId, int Judged, int Waiting, int HeldByOthers);
