using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Adds an assignment to a course, as a draft unless it is said to be published.</summary>
internal static class CreateAssignment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/assignments", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Created<AssignmentView>, ProblemHttpResult>> Handle(
        CourseId courseId, AssignmentFields request, AssignmentStore assignments, AssignmentEditor editor, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        var (group, unknown) = await editor.GroupFor(courseId, request.AssignmentGroupId, ct);
        if (unknown is not null) return unknown.ToProblem();
        if (await editor.RefusedGroups(courseId, null, request, ct) is { } no) return no.ToProblem();
        var published = request.Status is AssignmentStatus.Published;
        if (await editor.RefusedQuestions(null, request.SubmissionTypes, published, null, ct) is { } early) return early.ToProblem();

        var id = await assignments.Add(courseId, group, request, ct);
        var added = (await assignments.Find(id, ct))!;
        editor.Changed(
            added, RecalculationCause.AssignmentAdded, new { added = added.Title }, published: added.Status is AssignmentStatus.Published);
        return TypedResults.Created($"/api/v1/assignments/{id.Value}", AssignmentView.ForStaff(added.Assignment, added.Description, 0));
    }
}
