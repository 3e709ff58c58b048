using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.GroupSubmissions;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.RegradeRequests;
using Lectern.Grading.RevisionRequests;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.SimilarityChecks;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Everything about one learner's work on one assignment, for the learner or for a grader.</summary>
internal sealed class WorkReader(
    TenantDb db, GradebookStore gradebooks, GradeStore grades, SubmissionStore submissions, CommentStore comments, StoredFiles files,
    AssessmentReader assessments, RegradeStore requests, RevisionStore revisions, AnonymityStore anonymity, GroupWorkStore groups,
    MarkStore marks, QuestionMarkStore answerMarks, Actor actor, SimilarityReader similarity, CalibrationStore calibrations)
{
    /// <param name="own">For the learner: drafts of assignments do not exist, and nothing that is not posted is shown.</param>
    public async Task<WorkView?> Read(CourseId course, AssignmentId id, UserId learnerId, bool own, CancellationToken ct)
    {
        var read = await gradebooks.Read(course, [learnerId], ct);
        if (read.Course?.Find(id) is not { } assignment || !read.Learners.TryGetValue(learnerId, out var learner)) return null;
        if (own && !assignment.IsPublished) return null;
        var dates = read.Course.DatesFor(assignment, learnerId, learner.Sections);
        if (own && !dates.Assigned) return null;
        var attempts = await submissions.Attempts(course, id, learnerId, ct);
        var said = await comments.About(course, id, learnerId, ct);
        var attached = await files.Find(
            [.. attempts.SelectMany(attempt => attempt.FileIds).Concat(said.SelectMany(comment => comment.FileIds)).Distinct()], ct);
        var grade = learner.GradeOn(id);
        var shown = grade.IsRecorded && (!own || grade.PostedAt is not null);
        // Until a grade is posted its grader's remarks wait with it; what was sent at once does not.
        var kept = GradebookProjection.KeepsRemarks(assignment, grade);
        bool Waits(SubmissionComment comment) => kept && !comment.AtOnce && comment.AuthorId != learnerId;
        var heard = own ? said.Where(comment => !Waits(comment)) : said;
        if (own && shown && assignment.SeveralMarkers) heard = heard.Concat(await marks.Told(id, learnerId, ct));
        if (!own && assignment.SeveralMarkers && await marks.IsBlind(id, learnerId, ct))
            heard = said.Where(comment => comment.AuthorId == learnerId || comment.AuthorId == actor.UserId);
        if (own) comments.SeenAtCommit([.. heard]);
        var group = assignment.IsGroupWork ? await groups.Of(id, learnerId, ct) : null;
        var together = await groups.Find([.. attempts.Select(attempt => attempt.GroupSubmissionId).OfType<GroupSubmissionId>()], ct);
        var count = group is null ? attempts.Count : await groups.HandIns(id, group.GroupId, ct);
        var newest = attempts.Count == 0 ? null : await revisions.Newest(id, learnerId, ct);
        var returned = newest?.Attempt == attempts.FirstOrDefault()?.Attempt ? newest : null;
        var due = dates.DueAt + read.Course.PassTime(learner, assignment);
        var alike = await similarity.SharesOf(id, [.. attempts.Select(attempt => attempt.SubmissionId)], own, due, ct);
        var work = new WorkView(
            id, learnerId, assignment.Title, assignment.PointsPossible, dates.UnlocksAt, dates.DueAt, dates.LocksAt,
            MyStanding.Of(assignment, dates, learner.Row, count, db.Now, returned is not null),
            [.. attempts.Select(attempt => SubmissionView.Of(
                attempt, attached, attempt.GroupSubmissionId is { } made ? together.GetValueOrDefault(made) : null,
                alike.GetValueOrDefault(attempt.SubmissionId)))],
            [.. heard.Select(comment => CommentView.Of(comment, attached, Waits(comment)))], !own && kept,
            shown ? ShownGrade.Of(grade) : null,
            shown ? KeptAttempts.Of(read.Course, learner, assignment) : null,
            !own ? await assessments.ForGrader(course, id, learnerId, grade.Version, ct)
                : shown ? await assessments.ForLearner(course, id, learnerId, ct) : null,
            await requests.About(course, id, learnerId, ct), returned, assignment.IsGroupWork, group,
            own || !assignment.IsGroupWork ? null : await Mates(course, assignment, learner, ct),
            await Marks(attempts, own ? attempt => shown && grade.SpeaksOf(attempt) : null, ct));
        if (!own && grade.GraderId != actor.UserId && await calibrations.IsOpen(id, learnerId, ct))
            work = work.WithoutVerdict(actor.UserId);
        return !own && assignment.Anonymous && await anonymity.On(id, ct) is { } pseudonyms
            ? work.Under(pseudonyms, assignment, files)
            : work;
    }

    private async Task<IReadOnlyList<QuestionMark>> Marks(List<Submission> attempts, Predicate<SubmissionId>? told, CancellationToken ct)
    {
        var meant = attempts.Where(one => one.Answers is not null && told?.Invoke(one.SubmissionId) is not false)
            .Select(one => one.SubmissionId).ToList();
        if (meant.Count == 0) return [];
        var found = await answerMarks.Of(meant, ct);
        return told is null ? found : found.ConvertAll(mark => mark.ForLearner());
    }

    /// <summary>How those stand who a grader's score is recorded for too, and who of them stands elsewhere.</summary>
    private async Task<IReadOnlyList<MateGrade>> Mates(CourseId course, Assignment assignment, LearnerWork learner, CancellationToken ct)
    {
        var with = await groups.With(course, [(assignment.AssignmentId, learner.UserId)], ct);
        if (with.Count == 0) return [];
        var read = await gradebooks.Read(course, [.. with.Select(one => one.MateId)], ct);
        var names = await grades.NamesOf(with.Select(one => (UserId?)one.MateId), ct);
        var mine = learner.GradeOn(assignment.AssignmentId);
        return [.. with.Where(one => read.Learners.ContainsKey(one.MateId)).Select(one => read.Learners[one.MateId]).Select(mate =>
            MateGrade.Of(mate.GradeOn(assignment.AssignmentId), mine, names.GetValueOrDefault(mate.UserId) ?? string.Empty))];
    }
}

/// <summary>One learner's work on one assignment.</summary>
/// <param name="RemarksWait">What a grader says now is read once the grade is posted; false for learners.</param>
/// <param name="Kept">What each attempt was scored with and which one counts; null unless more than one was scored.</param>
/// <param name="Regrade">The latest time the learner asked for another look.</param>
/// <param name="Returned">The latest attempt was given back, with a note; the learner may hand in again.</param>
/// <param name="IsGroupWork">Groups hand in together here; without a group this learner works alone.</param>
/// <param name="Group">The group the learner is in now.</param>
/// <param name="Mates">Whose grade goes with this one, where a group is graded as one; null for learners.</param>
/// <param name="Marks">What answers earned, for the learner of graded attempts and once the grade is posted.</param>
/// <param name="Assessment">By the assignment's rubric; for the learner once the grade is posted.</param>
/// <param name="Withheld">The grader who reads it has yet to assess it in a calibration: what others made of it is left out.</param>
internal sealed record WorkView(
    AssignmentId AssignmentId, UserId UserId, string Title, decimal PointsPossible, DateTimeOffset? UnlocksAt, DateTimeOffset? DueAt,
    DateTimeOffset? LocksAt, MyStanding Standing, IReadOnlyList<SubmissionView> Attempts, IReadOnlyList<CommentView> Comments,
    bool RemarksWait, ShownGrade? Grade, KeptAttempts? Kept, AssessmentView? Assessment, RegradeRequest? Regrade,
    Revision? Returned, bool IsGroupWork, WorkGroup? Group, IReadOnlyList<MateGrade>? Mates, IReadOnlyList<QuestionMark> Marks,
    bool Withheld = false)
{
    /// <summary>Without what other graders made of it, for one who has yet to assess it in a calibration.</summary>
    public WorkView WithoutVerdict(UserId? reader) => this with
    {
        Comments = [.. Comments.Where(comment => comment.AuthorId == UserId || comment.AuthorId == reader)],
        Grade = null, Kept = null, Assessment = null, Regrade = null, Returned = null, Mates = null, Marks = [], Withheld = true,
    };

    /// <summary>Without anything that tells a grader whose it is: dates of one's own do, and receipts, which can be worked out.</summary>
    public WorkView Under(Pseudonyms pseudonyms, Assignment assignment, StoredFiles stored) => this with
    {
        UserId = pseudonyms.Of(UserId), UnlocksAt = assignment.UnlocksAt, DueAt = assignment.DueAt, LocksAt = assignment.LocksAt,
        Attempts = [.. Attempts.Select(attempt => attempt with
        {
            UserId = pseudonyms.Of(UserId), DueAt = assignment.DueAt, Files = Pseudonyms.WithoutNames(attempt.Files, stored),
            Receipt = attempt.Receipt with { Number = string.Empty, Sha256 = string.Empty }, Group = null,
        })],
        Comments = [.. Comments.Select(comment => comment.AuthorId != UserId ? comment : comment with
        {
            AuthorId = pseudonyms.Of(UserId), AuthorName = pseudonyms.NameOf(UserId),
            Files = Pseudonyms.WithoutNames(comment.Files, stored),
        })],
        Regrade = Regrade is null ? null : Regrade with { UserId = pseudonyms.Of(UserId) }, Group = null, Mates = null,
    };
}

/// <summary>What several attempts were scored with, before late policy.</summary>
/// <param name="Counted">The number of the one that counts; null for their average.</param>
internal sealed record KeptAttempts(AttemptsKept Kept, int? Counted, IReadOnlyList<ScoredAttempt> Attempts)
{
    public static KeptAttempts? Of(CourseStructure course, LearnerWork learner, Assignment assignment)
    {
        var grade = learner.GradeOn(assignment.AssignmentId);
        if (grade.AttemptScores is not { } scores) return null;
        var attempts = learner.AttemptsOn(assignment.AssignmentId).OrderBy(attempt => attempt.Attempt).ToList();
        return new(
            assignment.AttemptsKept,
            assignment.AttemptsKept is AttemptsKept.Latest
                ? attempts.Find(attempt => attempt.SubmissionId == grade.SubmissionId)?.Attempt
                : GradebookProjection.ScoreOf(course, learner, assignment).Attempt,
            [.. attempts.Where(attempt => scores.Of(attempt.SubmissionId) is not null).Select(attempt =>
                new ScoredAttempt(attempt.Attempt, scores.Of(attempt.SubmissionId)!.Value, attempt.SubmittedAt))]);
    }
}

/// <summary>The grade of somebody who made the same work.</summary>
/// <param name="Differs">It is another than that of the learner who is looked at.</param>
internal sealed record MateGrade(
    UserId UserId, string Name, decimal? EnteredScore, WorkStatus Status, int Version, bool Differs)
{
    public static MateGrade Of(Grade mate, Grade learner, string name) => new(
        mate.UserId, name, mate.EnteredScore, mate.Status, mate.Version,
        (mate.EnteredScore, mate.Status) != (learner.EnteredScore, learner.Status));
}

/// <summary>A remark as it is sent.</summary>
/// <param name="Waits">The learner reads it once the grade is posted.</param>
internal sealed record CommentView(
    SubmissionCommentId SubmissionCommentId, SubmissionId? SubmissionId, UserId? AuthorId, string? AuthorName, string Body,
    IReadOnlyList<FileLink> Files, DateTimeOffset CreatedAt, bool Waits)
{
    public static CommentView Of(SubmissionComment comment, IEnumerable<FileLink> files, bool waits) => new(
        comment.SubmissionCommentId, comment.SubmissionId, comment.AuthorId, comment.AuthorName, comment.Body,
        [.. files.Where(file => comment.FileIds.Contains(file.FileId))], comment.CreatedAt, waits);
}

/// <summary>What work earned.</summary>
internal sealed record ShownGrade(
    GradeId GradeId, decimal? Score, decimal? EnteredScore, decimal PointsDeducted, WorkStatus Status, UserId? GraderId,
    DateTimeOffset GradedAt,
    DateTimeOffset? PostedAt, SubmissionId? SubmissionId, int Version)
{
    public static ShownGrade Of(Grades.Grade grade) => new(
        grade.GradeId, grade.Score, grade.EnteredScore, grade.PointsDeducted, grade.Status, grade.GraderId, grade.GradedAt, grade.PostedAt,
        grade.SubmissionId,
        grade.Version);
}
