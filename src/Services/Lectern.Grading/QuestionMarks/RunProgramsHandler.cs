using Lectern.Grading.Answers;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;

namespace Lectern.Grading.QuestionMarks;

/// <summary>
/// Runs programs that were handed in and keeps what they did. Nothing is held while they run; what a grader marked meanwhile stays. A run
/// that breaks off is run again, for a program leaves nothing behind.
/// </summary>
internal sealed class RunProgramsHandler(
    TenantDb db, QuestionStore questions, QuestionMarkStore marks, ProgramGrader grader, MarkedScores scores) : IJobHandler<RunPrograms>
{
    public async Task<object?> Run(RunPrograms job, JobProgress progress, CancellationToken ct)
    {
        var attempts = (await marks.Attempts(job.SubmissionIds, ct)).ToDictionary(attempt => attempt.SubmissionId);
        if (await questions.Newest(job.AssignmentId, ct) is not { } set) return null;
        var waiting = (await marks.Of(attempts.Keys, ct)).Where(mark => mark is { Score: null, ByPerson: false }
            && mark.Outcome is AnswerOutcome.Waiting or AnswerOutcome.NotRun).ToList();
        var ran = new List<RanProgram>();
        // What a group made is run once.
        foreach (var same in waiting.GroupBy(mark => (mark.QuestionId, attempts[mark.SubmissionId].Answers.To(mark.QuestionId))))
        {
            if (set.Find(same.Key.QuestionId) is not { Key.Code: not null } question) continue;
            var verdict = await grader.Judge(question, same.Key.Item2, ct);
            ran.AddRange(same.Select(mark => new RanProgram(mark, question, verdict, set.Version)));
            await progress.At(ran.Count, waiting.Count, ct);
        }

        if (ran.Count == 0) return null;
        await scores.Hold(job.CourseId, attempts.Values.Select(attempt => attempt.UserId), ct);
        if ((await questions.Newest(job.AssignmentId, ct))?.Version != set.Version)
        {
            // A correction would not find these marks again, so they are made by what is asked now.
            db.Enqueue(job, RunPrograms.Options(db.Tenant, job.SubmissionIds[0]));
            return null;
        }

        await marks.Ran(ran, ct);
        await scores.Record(job.CourseId, job.AssignmentId, attempts.Keys, null, ct);
        return null;
    }
}
