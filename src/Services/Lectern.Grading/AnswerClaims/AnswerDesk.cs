using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Grades;
using Lectern.Grading.Questions;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Lays out equal answers for a grader, and says where there are none to be had.</summary>
internal sealed class AnswerDesk(
    AnswerClaimStore claims, AnonymityStore anonymity, GradeStore grades, QuestionStore questions, AssignmentStore assignments)
{
    /// <summary>As many as are marked at once; of more that are equal the rest comes next.</summary>
    private const int MostMarks = 500;
    private const int MostNames = 12;

    /// <summary>Why answers to this are not handed out.</summary>
    public async Task<Refusal?> Refuses(AskedOf asked, CancellationToken ct) =>
        await assignments.Find(asked.Assignment, ct) is { SeveralMarkers: true } ? Assignment.MarkedBySeveral
        : (await questions.Newest(asked.Assignment, ct))?.Find(asked.Question) is null
            ? new Refusal("unknown_question", "This assignment asks no such question.", "question_id")
        : null;

    public async Task<List<AnswerGroup>> LayOut(AskedOf asked, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return [];
        var members = await claims.Members(asked, [.. keys.Select(Convert.FromHexString)], MostMarks, ct);
        var groups = members.GroupBy(one => Convert.ToHexStringLower(one.AnswerSha256)).ToDictionary(of => of.Key, of => of.ToList());
        var typed = (await claims.Typed(asked.Question, [.. groups.Values.Select(of => of[0].SubmissionId)], ct))
            .ToDictionary(one => one.SubmissionId, one => one.Answer);
        var shown = groups.Values.SelectMany(Named).Distinct().ToList();
        var nameOf = await NamesOf(asked.Assignment, shown, ct);
        return [.. keys.Where(groups.ContainsKey).Select(key => (Key: key, Of: groups[key])).Select(group => new AnswerGroup(
            group.Key, typed.GetValueOrDefault(group.Of[0].SubmissionId) ?? string.Empty, group.Of[0].Waiting, group.Of[0].Judged,
            group.Of.ConvertAll(one => new GroupedMark(one.SubmissionId, one.Score, one.Feedback, one.Version)),
            [.. Named(group.Of).Select(nameOf).OrderBy(giver => giver.Name, StringComparer.OrdinalIgnoreCase)], null))];
    }

    private static IEnumerable<UserId> Named(List<PlacedAnswer> group) =>
        group.Where(one => one.Score is null || group[0].Waiting == 0).Take(MostNames).Select(one => one.UserId);

    private async Task<Func<UserId, AnswerGiver>> NamesOf(AssignmentId assignment, List<UserId> learners, CancellationToken ct)
    {
        if (await anonymity.On(assignment, ct) is { Hidden: true } pseudonyms)
            return learner => new(pseudonyms.Of(learner), pseudonyms.NameOf(learner));
        var names = await grades.NamesOf(learners.Select(one => (UserId?)one), ct);
        return learner => new(learner, names.GetValueOrDefault(learner) ?? string.Empty);
    }
}
