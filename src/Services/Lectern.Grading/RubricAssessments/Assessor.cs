using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.GroupSubmissions;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.RubricAssessments;

/// <summary>
/// Saves assessments criterion by criterion. Two graders of one piece of work follow each other by holding its row, and each change is
/// compared with its own criterion only, so they meet only where both changed the same one.
/// </summary>
internal sealed class Assessor(
    TenantDb db, Actor actor, GradebookStore gradebooks, AssessmentWriter writer, RubricStore rubrics, AssessmentStore assessments,
    AssessmentReader reader, AnonymityStore anonymity, GroupWorkStore groups, PeriodLock periods)
{
    public const string RubricMoved =
        "The rubric was changed while you assessed with it. Nothing was overwritten: look at the criteria as they are now, and save again.";

    public static Refusal NoRubric => new("no_rubric", "This assignment is not assessed by a rubric.");

    public async Task<Results<Ok<SavedAssessment>, NotFound, ProblemHttpResult>> Save(
        CourseId course, AssignmentId id, UserId sent, AssessmentChange change, CancellationToken ct)
    {
        if (change.Refused() is { } refusal) return refusal.ToProblem();
        var pseudonyms = await anonymity.On(id, ct);
        if ((pseudonyms is null ? sent : pseudonyms.Behind(sent)) is not { } learnerId) return TypedResults.NotFound();
        var together = change.OnlyThisLearner ? [] : await groups.With(course, [(id, learnerId)], ct);
        var held = await gradebooks.Hold(course, [.. together.Select(one => one.MateId).Append(learnerId)], ct);
        if (held.Course?.Find(id) is not { } assignment || !held.Learners.TryGetValue(learnerId, out var learner))
            return TypedResults.NotFound();
        if (assignment.SeveralMarkers)
            return Assignment.MarkedBySeveral.ToProblem();
        if (await rubrics.Of(id, ct, held: true) is not { } link)
            return NoRubric.ToProblem();
        if (change.SubmissionId is { } graded && !learner.HandedInAs(id, graded))
            return new Refusal("unknown_submission", "This learner has no such submission here.", "submission_id").ToProblem();
        var closed = await periods.Over(held, ct);
        if (closed.Refuses(id, learnerId) is { } shut) return shut.ToProblem();
        var mates = together.Select(one => held.Learners.GetValueOrDefault(one.MateId)).OfType<LearnerWork>()
            .Where(mate => closed.Refuses(id, mate.UserId) is null);
        var desk = new Desk(held.Course, learner, assignment, link, pseudonyms, [.. mates]);
        var stored = await assessments.Find(course, id, learnerId, ct);
        var stands = await reader.Carried(stored, link.Rubric, learner.GradeOn(id).Version, ct);
        if (change.RubricVersion != link.Rubric.Version) return await RubricChanged(desk, stands, change, ct);
        var wrong = change.Criteria!.Select(one => one!.RefusedBy(link.Rubric.Find(one.CriterionId ?? string.Empty)));
        if (wrong.FirstOrDefault(no => no is not null) is { } no) return no.ToProblem();
        return await Save(desk, stands, change, ct);
    }

    private async Task<Results<Ok<SavedAssessment>, NotFound, ProblemHttpResult>> Save(
        Desk desk, StandingAssessment stands, AssessmentChange change, CancellationToken ct)
    {
        var grade = desk.Grade;
        // What already stands as it is wanted was saved by the same request before, say; it needs no second entry.
        var changed = change.Criteria!.Where(one => !Says(stands.Assessment, ScoreOf(one!, desk))).Select(one => one!).ToList();
        if (changed.Any(one => (stands.Assessment.On(one.CriterionId!)?.Version ?? 0) != one.Version))
            return await Conflict(desk, stands, change, ct);
        if (changed.Count == 0)
        {
            var before = new RecordedGrade { GradeId = grade.GradeId, CourseVersion = desk.Course.Head.Version }
                .Fill(grade, desk.Learner.Row, desk.Assignment);
            before.Under(desk.Pseudonyms);
            return TypedResults.Ok(new SavedAssessment(await reader.View(desk.Link, stands, grade.Version, ct), before));
        }

        var (assessed, becomes, refusal) = Assess(desk, stands.Assessment, changed, change.SubmissionId);
        if (refusal is not null) return refusal.ToProblem();
        var others = await Others(desk, stands.Assessment, changed, change.SubmissionId, ct);
        var written = writer.Write(desk.Course, assessed!, others);
        written.Under(desk.Pseudonyms);
        return TypedResults.Ok(new SavedAssessment(
            await reader.View(desk.Link, new(becomes, desk.Rubric.Version), grade.Version + 1, ct), written));
    }

    /// <summary>What criteria make of a learner's grade: the assessment, and the score where it follows the total.</summary>
    private (AssessedChange? Change, Assessment Becomes, Refusal? Refusal) Assess(
        Desk desk, Assessment stands, IEnumerable<CriterionChange> criteria, SubmissionId? graded)
    {
        var before = desk.Grade;
        var becomes = stands.With(criteria.Select(one => ScoreOf(one, desk)), desk.Rubric);
        var follows = desk.TotalIsScore && becomes.GivesScore(desk.Rubric, before.ScoreIsAutomatic ? null : before.EnteredScore);
        if (follows && desk.Assignment.RefusesScore(becomes.Total) is { } refusal) return (null, becomes, refusal);
        if (follows) becomes = becomes with { Scored = becomes.Total };
        // Excused, late or missing is another matter, and stays a grader's word.
        var change = new GradeChange { SubmissionId = graded, Status = before.Status };
        if (follows) change.Score = becomes.Total;
        var latest = desk.Learner.LatestOn(desk.Assignment.AssignmentId)?.SubmissionId;
        var source = actor.Kind is ActorKind.Person ? GradeSource.Person : GradeSource.Api;
        var grade = change.ApplyTo(before, desk.Assignment, latest, actor.UserId, source, db.Now);
        // Words about a criterion do not show a score that somebody hides.
        if (!change.HasScore) grade = grade with { PostedAt = before.PostedAt };
        return (new AssessedChange(desk.Learner, desk.Assignment, AssessedChange.EntryOf(grade, becomes)), becomes, null);
    }

    /// <summary>The same criteria for the others who made the work, where they were assessed alike; who is excused stays so.</summary>
    private async Task<List<AssessedChange>> Others(
        Desk desk, Assessment stands, List<CriterionChange> criteria, SubmissionId? graded, CancellationToken ct)
    {
        var (id, course) = (desk.Assignment.AssignmentId, desk.Course.Head.CourseId);
        var work = (graded ?? desk.Learner.LatestOn(id)?.SubmissionId) is { } attempt ? desk.Learner.GroupWorkOf(id, attempt) : null;
        var changes = new List<AssessedChange>();
        foreach (var mate in desk.Mates)
        {
            var theirs = desk with { Learner = mate };
            if (theirs.Grade.Status is WorkStatus.Excused) continue;
            var stored = await assessments.Find(course, id, mate.UserId, ct);
            var now = (await reader.Carried(stored, desk.Rubric, theirs.Grade.Version, ct)).Assessment;
            if (criteria.Exists(one => !Alike(now.On(one.CriterionId!), stands.On(one.CriterionId!)))) continue;
            if (Assess(theirs, now, criteria, mate.PartIn(id, work)).Change is { } change) changes.Add(change);
        }

        return changes;
    }

    private static bool Alike(CriterionScore? one, CriterionScore? other) =>
        one is null || other is null ? one is null && other is null : one.SaysTheSame(other);

    private CriterionScore ScoreOf(CriterionChange change, Desk desk) =>
        change.ToScore(desk.Rubric.Find(change.CriterionId!)!, desk.Grade.Version + 1, actor.UserId, db.Now);

    private static bool Says(Assessment stands, CriterionScore wanted) =>
        stands.On(wanted.CriterionId) is { } score ? score.SaysTheSame(wanted) : wanted is { Points: null, RatingId: null, Comment: null };

    private async Task<ProblemHttpResult> RubricChanged(
        Desk desk, StandingAssessment stands, AssessmentChange change, CancellationToken ct) =>
        Problems.Conflict(RubricMoved, await Now(desk, stands, ct), change);

    private async Task<ProblemHttpResult> Conflict(Desk desk, StandingAssessment stands, AssessmentChange change, CancellationToken ct) =>
        Problems.Conflict(
            "Somebody else assessed the same criterion after you read it. Nothing was overwritten.", await Now(desk, stands, ct), change);

    private Task<AssessmentView> Now(Desk desk, StandingAssessment stands, CancellationToken ct) => reader.View(
        desk.Link, stands, desk.Learner.GradeOn(desk.Assignment.AssignmentId).Version, ct);

    /// <summary>Everything about the piece of work that is held.</summary>
    private sealed record Desk(
        CourseStructure Course, LearnerWork Learner, Assignment Assignment, AssignmentRubric Link, Pseudonyms? Pseudonyms,
        IReadOnlyList<LearnerWork> Mates)
    {
        public Grade Grade => Learner.GradeOn(Assignment.AssignmentId);

        public Rubric Rubric => Link.Rubric;

        public bool TotalIsScore => Link.TotalIsScore;
    }
}

/// <summary>What a grader says of some criteria of one piece of work.</summary>
/// <param name="RubricVersion">The version of the rubric the grader sees.</param>
/// <param name="SubmissionId">The attempt that is assessed; the latest when left out.</param>
/// <param name="OnlyThisLearner">Where a group is graded as one: not for everybody who made the work.</param>
internal sealed record AssessmentChange(
    int? RubricVersion, IReadOnlyList<CriterionChange?>? Criteria, SubmissionId? SubmissionId = null, bool OnlyThisLearner = false)
{
    public Refusal? Refused() => this switch
    {
        { RubricVersion: null } => new("version_required", "Say which version of the rubric you saw.", "rubric_version"),
        { Criteria: null or { Count: 0 } } => new("nothing_to_change", "Say what is assessed.", "criteria"),
        { Criteria.Count: > RubricFields.MostCriteria } =>
            new("too_many", $"A rubric has at most {RubricFields.MostCriteria} criteria.", "criteria"),
        _ when Criteria.Any(one => one?.Version is null) =>
            new("version_required", "Say which version of each criterion you saw; 0 where it was open.", "criteria"),
        _ when RubricFields.Repeats(Criteria.Select(one => one!.CriterionId)) =>
            new("ids_repeat", "Each criterion is named once.", "criteria"),
        _ => null,
    };
}

/// <summary>An assessment as it stands after a change, with the grade it stands in.</summary>
internal sealed record SavedAssessment(AssessmentView Assessment, RecordedGrade Grade);
