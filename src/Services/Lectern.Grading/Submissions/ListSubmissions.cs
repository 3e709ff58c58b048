using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Lists each learner's latest attempt, by name; <c>?ungraded=true</c> only those that wait for a grader.</summary>
internal static class ListSubmissions
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submissions", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions);

    internal static async Task<Ok<Page<ListedSubmission>>> Handle(
        AssignmentId assignmentId, bool? ungraded, PageRequest page, RouteScope scope, TenantDb db, SubmissionStore submissions,
        CancellationToken ct)
    {
        var rows = await submissions.Page(new CourseId(scope.Id("course")), assignmentId, ungraded ?? false, page, ct);
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { count = rows.Count });
        return TypedResults.Ok(Page<ListedSubmission>.From(rows, page, row => PageRequest.Key(row.SortableName, row.UserId.Value)));
    }
}
