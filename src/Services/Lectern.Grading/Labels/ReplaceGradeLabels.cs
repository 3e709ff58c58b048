using Lectern.Contracts.Courses;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Labels;

/// <summary>Renames, recolours or switches off what late and missing work is called, for everybody. No total changes.</summary>
internal static class ReplaceGradeLabels
{
    internal sealed record Request(GradeLabels? Labels, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/grade-labels", Handle)
        .RequirePermission(GradingPermission.ManagePolicy);

    internal static async Task<Results<Ok<StoredLabels>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, HttpContext context, TenantDb db, LabelStore store, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (request.Labels is not { } wanted) return new Refusal("labels_required", "Say the labels.", "labels").ToProblem();
        if (wanted.Refused() is { } refusal) return refusal.ToProblem();
        if (!await store.AreOf(courseId, [.. wanted.Assignments.Select(one => one.AssignmentId)], ct))
            return new Refusal("unknown_assignment", "This course has no such assignment.", "labels.assignments").ToProblem();
        var before = await store.Find(courseId, ct);
        var (labels, no) = wanted.Numbered(before.Labels);
        if (no is not null) return no.ToProblem();
        if (before.Version != version || !await store.Replace(courseId, labels!, version, ct))
            return Problems.Conflict("Somebody changed these labels after you read them.", await store.Find(courseId, ct), request);
        db.Audit(GradingAudit.LabelsChanged, $"course:{courseId.Value}", new { before = before.Labels, after = labels });
        return TypedResults.Ok(new StoredLabels(labels!, version + 1));
    }
}
