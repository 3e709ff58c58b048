using Lectern.Grading.Postings;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Changes an assignment; its grades are worked out anew where that matters.</summary>
internal static class UpdateAssignment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<AssignmentView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, AssignmentFields request, RouteScope scope, HttpContext context, AssignmentStore assignments,
        AssignmentEditor editor,
        CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } version) return VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        if ((before.Anonymous || before.SeveralMarkers) && !request.PostsManually) return ReplacePostingPolicy.ByHand.ToProblem();
        var (group, unknown) = await editor.GroupFor(
            new CourseId(scope.Id("course")), request.AssignmentGroupId ?? before.AssignmentGroupId, ct);
        if (unknown is not null) return unknown.ToProblem();
        if (await editor.RefusedGroups(before.CourseId, before, request, ct) is { } no) return no.ToProblem();
        if (await editor.RefusedQuestions(
            assignmentId, request.SubmissionTypes, before.Status is AssignmentStatus.Published, request.PointsPossible, ct) is { } early)
            return early.ToProblem();

        if (!await assignments.Change(assignmentId, group, request, version, ct)) return await editor.Conflict(assignmentId, request, ct);
        var after = (await assignments.Find(assignmentId, ct))!;
        editor.Changed(
            after, RecalculationCause.AssignmentChanged, new { before = before.Assignment, after = after.Assignment });
        return TypedResults.Ok(AssignmentView.ForStaff(after.Assignment, after.Description, 0));
    }

    internal static Refusal VersionRequired => new("version_required", "Say which version you saw.", "version");
}
