using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.QuestionMarks;

/// <summary>What one answer of an attempt earned.</summary>
/// <param name="Points">What the question was worth.</param>
/// <param name="Score">Null: a person has to say.</param>
/// <param name="Results">How the tests of a program went.</param>
/// <param name="KeyVersion">The version of the questions it was judged by.</param>
internal sealed record QuestionMark(
    SubmissionId SubmissionId, string QuestionId, decimal Points, decimal? Score, AnswerOutcome Outcome, string Feedback, int KeyVersion,
    bool ByPerson, int Version, TestResultList? Results)
{
    public const string Columns = """
        m.submission_id, m.question_id, m.points, m.score, m.outcome, m.feedback, m.key_version, m.by_person, m.version, m.results
        """;

    /// <summary>As a learner is told: of hidden tests only whether they were passed.</summary>
    public QuestionMark ForLearner() =>
        Results is null ? this : this with { Results = [.. Results.Select(result => result.ForLearner())] };
}

/// <summary>Judge the answers of attempts that were just handed in: one, or those of a group, which are the same.</summary>
internal sealed record MarkAnswers(CourseId CourseId, AssignmentId AssignmentId, SubmissionId[] SubmissionIds) : IJob
{
    // Somebody waits for their result; one learner's attempts follow each other.
    public static JobOptions Options(TenantId tenant, AssignmentId assignment, UserId first) =>
        new() { Priority = JobPriority.Soon, OrderKey = $"marks/{tenant}/{assignment.Value}/{first.Value}" };
}

/// <summary>Run the programs among the answers of these attempts.</summary>
internal sealed record RunPrograms(CourseId CourseId, AssignmentId AssignmentId, SubmissionId[] SubmissionIds) : IJob
{
    public static JobOptions Options(TenantId tenant, SubmissionId first) =>
        new() { Priority = JobPriority.Normal, OrderKey = $"programs/{tenant}/{first.Value}" };
}
