using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.KeyCorrections;

/// <summary>
/// Holds answers that have a mark against other questions than those they were judged by. What a person said stays, but where everybody is
/// to have the points; and a mark stays that nothing but a person could now give.
/// </summary>
internal sealed class AnswerReview(QuestionStore questions, QuestionMarkStore marks, ProgramGrader grader)
{
    /// <param name="runs">Whether programs are run; else what depends on one is only said to do so.</param>
    public async Task<Reviewed> Of(
        CourseId course, QuestionSet wanted, IReadOnlyCollection<UserId> users, bool runs, CancellationToken ct)
    {
        var attempts = (await marks.Attempts(course, wanted.AssignmentId, users, ct)).ToDictionary(one => one.SubmissionId);
        var standing = await marks.Of(attempts.Keys, ct);
        var judgedBy = await questions.Versions(wanted.AssignmentId, [.. standing.Select(mark => mark.KeyVersion).Distinct()], ct);
        var same = judgedBy.ToDictionary(one => one.Key, one => Unchanged(one.Value, wanted));
        var reviewed = new Reviewed(standing.ConvertAll(mark => (mark, attempts[mark.SubmissionId].UserId)));
        var verdicts = new Dictionary<(string, string), ProgramVerdict>();
        foreach (var mark in standing)
        {
            if (wanted.Find(mark.QuestionId) is not { } question) continue;
            var isRun = question is { CreditAll: false, Key.Code: not null };
            // A program that could not be run is tried again, whatever became of its tests.
            if (same[mark.KeyVersion].Contains(mark.QuestionId) && !(isRun && mark is { Score: null, ByPerson: false })) continue;
            var attempt = attempts[mark.SubmissionId];
            if (mark.ByPerson && !question.CreditAll) reviewed.ByPerson.Add(attempt.UserId);
            else if (isRun && !runs) reviewed.ProgramCount++;
            else
            {
                var place = (mark.QuestionId, attempt.Answers.To(mark.QuestionId));
                if (!verdicts.TryGetValue(place, out var verdict))
                    verdicts[place] = verdict = await grader.Judge(question, place.Item2, ct);
                if (verdict.Verdict.Share is not { } share) continue;
                var becomes = new CorrectedMark(
                    mark, attempt.UserId, question.Points, decimal.Round(question.Points * share, Scaled.Places), verdict);
                if (isRun || (mark.Points, mark.Score, mark.Outcome) != (becomes.Points, becomes.Score, becomes.Outcome))
                    reviewed.Changes.Add(becomes);
            }
        }

        return reviewed;
    }

    /// <summary>The questions by which answers are judged alike, however they are worded.</summary>
    private static HashSet<string> Unchanged(QuestionSet was, QuestionSet wanted) =>
        [.. wanted.Questions.Where(question => was.Find(question.QuestionId) is { } before && Said(before) == Said(question))
            .Select(question => question.QuestionId)];

    private static string Said(Question question) => JsonSerializer.Serialize(question with { Prompt = string.Empty }, LecternJson.Options);
}

/// <summary>What a review found.</summary>
internal sealed class Reviewed(IReadOnlyList<(QuestionMark Mark, UserId UserId)> standing)
{
    public List<CorrectedMark> Changes { get; } = [];

    /// <summary>Who has a mark of a person's that the key would change.</summary>
    public HashSet<UserId> ByPerson { get; } = [];

    /// <summary>Programs that would be run.</summary>
    public int ProgramCount { get; set; }

    /// <summary>What the marks of the attempts that change would add up to.</summary>
    public IEnumerable<MarkTotal> Totals()
    {
        var becomes = Changes.ToDictionary(change => (change.Was.SubmissionId, change.Was.QuestionId), change => change.Score);
        var touched = Changes.Select(change => change.Was.SubmissionId).ToHashSet();
        return standing.Where(one => touched.Contains(one.Mark.SubmissionId)).GroupBy(one => (one.Mark.SubmissionId, one.UserId))
            .Select(of => new MarkTotal(of.Key.SubmissionId, of.Key.UserId, of.Aggregate(
                (decimal?)0, (sum, one) => sum
                    + (becomes.TryGetValue((one.Mark.SubmissionId, one.Mark.QuestionId), out var score) ? score : one.Mark.Score))));
    }
}
