using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Grades;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Lays out a piece of work for calibration: the attempt and the rubric, and nothing that anybody else made of it.</summary>
internal sealed class CalibrationDesk(
    TenantDb db, Actor actor, WorkReader reader, CalibrationStore calibrations, AnonymityStore anonymity, GradeStore grades)
{
    /// <param name="course">Where.</param>
    /// <param name="assignment">What the work was made for.</param>
    /// <param name="learner">Whose work.</param>
    /// <param name="mayChoose">Whether work that is not in the set can be looked at, to be put there.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<CalibrationPiece?> LayOut(
        CourseId course, AssignmentId assignment, UserId learner, bool mayChoose, CancellationToken ct)
    {
        var chosen = await calibrations.Find(assignment, learner, ct);
        if (chosen is null && !mayChoose) return null;
        if (await reader.Read(course, assignment, learner, own: false, ct) is not { } work) return null;
        // The latest stands first.
        var attempt = work.Attempts.FirstOrDefault(one => chosen is null || one.SubmissionId == chosen.SubmissionId);
        if (attempt is null) return null;
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignment.Value}:{learner.Value}");
        return new(
            work.UserId, await NameOf(assignment, learner, ct), work.PointsPossible, attempt, work.Assessment?.Rubric,
            work.Assessment?.TotalIsScore ?? false, chosen?.Mine, chosen?.ReferenceFor(actor.UserId),
            chosen is not null && chosen.AuthorId == actor.UserId, chosen?.Version ?? 0);
    }

    private async Task<string> NameOf(AssignmentId assignment, UserId learner, CancellationToken ct)
    {
        if (await anonymity.On(assignment, ct) is { Hidden: true } pseudonyms) return pseudonyms.NameOf(learner);
        return (await grades.NamesOf([learner], ct)).GetValueOrDefault(learner) ?? string.Empty;
    }
}
