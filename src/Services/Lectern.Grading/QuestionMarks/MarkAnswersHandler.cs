using Lectern.Grading.Answers;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.QuestionMarks;

/// <summary>
/// Judges what can be judged of attempts that were handed in, and records the grade when nothing waits for a person. Done twice it
/// changes nothing: marks that are there stay, and a grade that stands is not recorded again.
/// </summary>
internal sealed class MarkAnswersHandler(TenantDb db, QuestionStore questions, QuestionMarkStore marks, MarkedScores scores)
    : IJobHandler<MarkAnswers>
{
    public async Task<object?> Run(MarkAnswers job, JobProgress progress, CancellationToken ct)
    {
        var attempts = await marks.Attempts(job.SubmissionIds, ct);
        if (attempts.Count == 0) return null;
        // Rows before marks, and before the questions are read: whoever corrects a key holds them too.
        await scores.Hold(job.CourseId, attempts.Select(attempt => attempt.UserId), ct);
        if (await questions.Newest(job.AssignmentId, ct) is not { } set) return null;
        // What a group made is judged once.
        var verdicts = set.Questions
            .SelectMany(question => attempts.Select(attempt => (Question: question, Answer: attempt.Answers.To(question.QuestionId))))
            .Distinct().ToDictionary(one => (one.Question.QuestionId, one.Answer), one => AnswerGrader.Judge(one.Question, one.Answer));
        var made = from attempt in attempts
                   from question in set.Questions
                   select new NewMark(
                       attempt, question, verdicts[(question.QuestionId, attempt.Answers.To(question.QuestionId))], set.Version);
        await marks.Add(job.CourseId, job.AssignmentId, [.. made], ct);
        await marks.Supersede(job.CourseId, job.AssignmentId, attempts.ConvertAll(attempt => attempt.UserId), ct);
        await scores.Record(job.CourseId, job.AssignmentId, attempts.ConvertAll(attempt => attempt.SubmissionId), null, ct);
        if (verdicts.Values.Any(verdict => verdict.Outcome is AnswerOutcome.Waiting)) db.Enqueue(
            new RunPrograms(job.CourseId, job.AssignmentId, job.SubmissionIds),
            RunPrograms.Options(db.Tenant, job.SubmissionIds[0]));
        return null;
    }
}
