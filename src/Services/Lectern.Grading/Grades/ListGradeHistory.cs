using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.CalibrationWorks;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Shows every change of one learner's grade on one assignment: what, who, when, why and from where.</summary>
internal static class ListGradeHistory
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/grades/{learnerId}/history", Handle)
        .RequirePermission(GradingPermission.ReadGrades).CanWait();

    internal static async Task<Results<Ok<Page<GradeEntry>>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, TenantDb db, GradeStore grades, AnonymityStore anonymity,
        CalibrationStore calibrations, CancellationToken ct)
    {
        var pseudonyms = await anonymity.On(assignmentId, ct);
        var meant = pseudonyms is null ? learnerId : pseudonyms.Behind(learnerId);
        if (meant is not { } learner) return TypedResults.NotFound();
        if ((await calibrations.Withheld(new CourseId(scope.Id("course")), ct, assignmentId, learner)).Count > 0)
            return WithheldWork.Refused.ToProblem();
        db.Audit(GradingAudit.GradesRead, $"grade:{assignmentId.Value}:{learner.Value}", new { history = true });
        var history = await grades.History(assignmentId, learner, ct);
        return TypedResults.Ok(new Page<GradeEntry>(
            pseudonyms is null ? history : history.ConvertAll(entry => entry with { UserId = pseudonyms.Of(learner) }), null));
    }
}
