using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>
/// Shows a check to whoever may see it, with as much as they may see of the other side: graders where they may read that work too, under
/// a pseudonym where it is graded without names; learners nothing of it.
/// </summary>
internal sealed class SimilarityReader(
    SimilarityStore checks, SimilarityPolicyStore policies, AnonymityStore anonymity, GradebookStore gradebooks, Actor actor,
    Access access, TenantDb db)
{
    private const int MostShown = 50;

    /// <summary>Null: there is none, or it is not for this person's eyes.</summary>
    public async Task<SimilarityView?> Read(SubmissionId submission, Scope scope, CancellationToken ct)
    {
        if (await checks.Find(submission, ct) is not { } check) return null;
        var policy = await policies.Of(check.AssignmentId, ct);
        if (!policy.Enabled) return null;
        if (await access.May(GradingPermission.ReadSubmissions, scope, ct)) return await ForGrader(check, ct);
        return actor.UserId is { } reader && check.Authors.Contains(reader)
            && policy.IsShown(await DueIsOver(check, reader, ct)) ? await ForAuthor(check, reader, ct) : null;
    }

    /// <summary>How much of a learner's attempts at an assignment stands elsewhere, as far as the reader may know.</summary>
    /// <param name="own">For the learner, whose due date this is.</param>
    public async Task<IReadOnlyDictionary<SubmissionId, SimilarityShare>> SharesOf(
        AssignmentId assignment, IReadOnlyCollection<SubmissionId> attempts, bool own, DateTimeOffset? dueAt, CancellationToken ct)
    {
        var policy = attempts.Count == 0 ? SimilarityPolicy.None : await policies.Of(assignment, ct);
        return policy.Enabled && (!own || policy.IsShown(IsOver(dueAt)))
            ? await checks.SharesOf(attempts, ct)
            : new Dictionary<SubmissionId, SimilarityShare>();
    }

    /// <summary>Whether a grader of one piece of work may be told of the other.</summary>
    public async Task<bool> MayOpen(SimilarityCheck check, SimilarityCheck other, CancellationToken ct) =>
        IsToldOf(check.AssignmentId, other.AssignmentId, await anonymity.Among([check.AssignmentId, other.AssignmentId], ct))
        && await MayRead(other.CourseId, ct);

    // Who are sources of work without a name, and who is none, would say whose it is. Among work without names it says nothing.
    private static bool IsToldOf(
        AssignmentId assignment, AssignmentId other, IReadOnlyDictionary<AssignmentId, Pseudonyms> pseudonyms) =>
        assignment == other || (pseudonyms.GetValueOrDefault(assignment) is not { Hidden: true }
            && pseudonyms.GetValueOrDefault(other) is not { Hidden: true });

    private async Task<bool> MayRead(CourseId course, CancellationToken ct) =>
        await access.May(GradingPermission.ReadSubmissions, Scope.Of("course", course.Value), ct);

    private async Task<SimilarityView> ForGrader(SimilarityCheck check, CancellationToken ct)
    {
        var matches = (await checks.Matches([check.SubmissionId], ct)).Take(MostShown).ToList();
        var others = matches.Select(match => match.OtherSubmissionId).OfType<SubmissionId>();
        var cards = (await checks.Cards([.. others, check.SubmissionId], ct)).ToDictionary(card => card.SubmissionId);
        var hidden = await anonymity.Among([.. cards.Values.Select(card => card.AssignmentId).Distinct()], ct);
        var open = new Dictionary<CourseId, bool>();
        foreach (var course in cards.Values.Select(card => card.CourseId).Distinct()) open[course] = await MayRead(course, ct);
        var shown = matches.Select((match, at) =>
        {
            var card = match.OtherSubmissionId is { } other ? cards.GetValueOrDefault(other) : null;
            var told = card is not null && open[card.CourseId] && IsToldOf(check.AssignmentId, card.AssignmentId, hidden)
                ? Told(card, hidden.GetValueOrDefault(card.AssignmentId))
                : null;
            var secret = told is null && match.OtherSubmissionId is not null;
            var view = new MatchView(
                at + 1, secret ? null : match.Source, match.Excluded, told is null ? null : match.OtherSubmissionId, told, match.Title,
                match.Address, match.MatchedWords, Ranges.PassagesOf(match.Passages));
            return secret ? WithoutTheirs(view) : view;
        }).ToList();
        var whose = Told(cards[check.SubmissionId], hidden.GetValueOrDefault(check.AssignmentId));
        var unread = hidden.GetValueOrDefault(check.AssignmentId) is { Hidden: true }
            ? check.Unread.Files.Select(file => file with { Name = Pseudonyms.FileName(file.Number, file.Name) })
            : check.Unread.Files;
        return View(check, shown) with { UserId = whose.UserId, Name = whose.Name, Unread = [.. unread] };
    }

    // What was found to be no source is none for its author either.
    private async Task<SimilarityView> ForAuthor(SimilarityCheck check, UserId reader, CancellationToken ct)
    {
        var matches = (await checks.Matches([check.SubmissionId], ct)).Where(match => !match.Excluded).Take(MostShown);
        return View(check, [.. matches.Select((match, at) => WithoutTheirs(new MatchView(
            at + 1, null, false, null, null, match.OtherSubmissionId is null ? match.Title : null, match.Address, match.MatchedWords,
            Ranges.PassagesOf(match.Passages))))]) with { UserId = reader, Own = true };
    }

    private static SimilarityView View(SimilarityCheck check, IReadOnlyList<MatchView> matches) => new(
        check.SubmissionId, check.AssignmentId, check.UserId, null, check.Attempt, check.State, check.SharePercent, check.Words,
        check.LeftOutWords, check.MatchedWords, check.Unread.Files, check.CheckedAt, false, check.Body, Ranges.Of(check.LeftOut), matches);

    private static MatchView WithoutTheirs(MatchView match) => match with
    {
        Passages = [.. match.Passages.Select(passage => passage with { There = default })],
    };

    private static OtherWork Told(SimilarWorkCard card, Pseudonyms? pseudonyms)
    {
        var (user, name) = pseudonyms is { Hidden: true }
            ? (pseudonyms.Of(card.UserId), pseudonyms.NameOf(card.UserId))
            : (card.UserId, card.Name);
        return new OtherWork(
            user, name, card.Attempt, card.SubmittedAt, card.AssignmentId, card.AssignmentTitle, card.CourseId, card.CourseTitle);
    }

    private async Task<bool> DueIsOver(SimilarityCheck check, UserId learner, CancellationToken ct)
    {
        var read = await gradebooks.Read(check.CourseId, [learner], ct);
        if (read.Course?.Find(check.AssignmentId) is not { } assignment || !read.Learners.TryGetValue(learner, out var work)) return false;
        return IsOver(read.Course.DatesFor(assignment, learner, work.Sections).DueAt + read.Course.PassTime(work, assignment));
    }

    // What is due at an instant is on time at it.
    private bool IsOver(DateTimeOffset? dueAt) => !(dueAt >= db.Now);
}
