using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.CalibrationWorks;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Grades;

/// <summary>Who may see a learner's grades in a course, and with whose eyes. A grader holds the right at the course, an observer at the
/// learner, so both are asked for.</summary>
internal sealed class GradeEyes(Actor actor, Access access, TenantDb db, CalibrationStore calibrations)
{
    /// <summary>Null: not at all. Looking at somebody else's is recorded.</summary>
    public async Task<GradeSight?> On(UserId learner, Scope course, CourseId courseId, bool asLearner, CancellationToken ct)
    {
        var grader = await access.May(GradingPermission.ReadGrades, course, ct);
        var mayRead = grader || actor.Holds(GradingPermission.ObserveGrades, Scope.Of("user", learner.Value))
            || (actor.UserId == learner && await access.May(GradingPermission.ReadOwnGrades, course, ct));
        if (!mayRead) return null;
        if (actor.UserId != learner) db.Audit(GradingAudit.GradesRead, $"learner:{courseId.Value}:{learner.Value}");
        var sight = new GradeSight(grader && !asLearner ? GradeView.Grader : GradeView.Learner, grader && actor.UserId != learner);
        return !sight.ByGrader ? sight : sight with
        {
            Withheld = [.. (await calibrations.Withheld(courseId, ct, learner: learner)).Select(work => work.AssignmentId)],
        };
    }

    public static ProblemHttpResult SomebodyElses => Problems.Forbidden("These are somebody else's grades.");
}

/// <summary>Which numbers are looked at, and whether it is a grader who looks, if only to see what the learner sees.</summary>
internal sealed record GradeSight(GradeView View, bool ByGrader)
{
    public static readonly GradeSight Own = new(GradeView.Learner, ByGrader: false);

    /// <summary>What the grader who looks has yet to assess in a calibration.</summary>
    public IReadOnlyCollection<AssignmentId> Withheld { get; init; } = [];
}
