using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.MarkDecisions;

/// <summary>Makes marks into grades: what was decided is kept with its marks, and goes into the ledger like any grade.</summary>
internal sealed class Moderator(TenantDb db, Actor actor, GradeRecorder recorder, DecisionStore decisions)
{
    /// <summary>The decision marks come to, upon the one that stands; the learner is held.</summary>
    public MarkDecision Make(
        UserId learner, MarkDecision? before, DecisionWay way, decimal score, IEnumerable<ProvisionalMark> marks) => new(
        learner, (before?.Version ?? 0) + 1, way, score, null,
        [.. marks.Select(mark => new MarkMade(mark.MarkerId, mark.Score))], string.Empty, actor.UserId, null, db.Now);

    /// <summary>Writes decisions on held learners and the grades they are.</summary>
    /// <returns>Why it cannot be; then nothing is kept.</returns>
    public async Task<ProblemHttpResult?> Record(
        CourseStructure course, AssignmentId assignment, HeldLearners held, IReadOnlyList<MarkDecision> made, MarkingPlan plan,
        CancellationToken ct, Assessment? assessed = null)
    {
        await decisions.Add(assignment, made, ct);
        var asked = made.Select(one => new AskedChange(assignment, one.UserId, new GradeChange
        {
            Score = one.Score, Version = held.Learners[one.UserId].GradeOn(assignment).Version, Reason = Said(one, plan),
            Decided = new(AsOf(assessed, held.Learners[one.UserId].GradeOn(assignment).Version + 1)),
        })).ToList();
        return (await recorder.Record(course.Head.CourseId, asked, null, ct)).Result as ProblemHttpResult;
    }

    // No later version of the rubric moves a mark that was decided: the total was never taken as the score.
    private static Assessment? AsOf(Assessment? assessed, int version) => assessed is null
        ? null
        : assessed with { Scored = null, Criteria = [.. assessed.Criteria.Select(one => one with { Version = version })] };

    // What the history of the grade says of where it comes from.
    private static string Said(MarkDecision decision, MarkingPlan plan)
    {
        var marks = string.Join(", ", decision.Marks.Select(mark => mark.Score?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–"));
        var how = decision.Way switch
        {
            DecisionWay.Rule => $"{plan.Rule} of {marks}",
            DecisionWay.Chosen => $"Chosen from {marks}",
            _ => $"Entered by a moderator; marks: {marks}",
        };
        var said = decision.Note.Length > 0 ? $"{how}. {decision.Note}" : how;
        return said.Length <= 500 ? said : said[..500];
    }
}
