using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.LateAllowances;

/// <summary>Spends a learner's own late passes on an assignment, or takes them back while they are not in use.</summary>
internal static class UseLatePasses
{
    /// <param name="Count">How many are to be spent on this assignment in all.</param>
    /// <param name="Version">Of what the learner was shown of their passes.</param>
    internal sealed record Request(int Count, int? Version);

    internal static Refusal NoPasses => new("no_late_passes", "This course has no late passes.", "count");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/late-passes/mine", Handle)
        .RequirePermission(GradingPermission.Submit);

    internal static async Task<Results<Ok<AllowanceView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, HttpContext context, Actor actor, TenantDb db,
        GradebookStore gradebooks, LateAllowanceStore allowances, CancellationToken ct)
    {
        var courseId = new CourseId(scope.Id("course"));
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        var held = await gradebooks.Hold(courseId, [actor.Person], ct);
        if (held.Course is not { } course || course.Find(assignmentId) is not { IsPublished: true } assignment
            || !held.Learners.TryGetValue(actor.Person, out var learner)
            || !course.DatesFor(assignment, actor.Person, learner.Sections).Assigned) return TypedResults.NotFound();

        if (course.Head.Policy.LatePasses is not { } rules) return NoPasses.ToProblem();
        var current = learner.Allowance ?? LateAllowance.None;
        // Spending what is spent already is one press of the button that was sent twice.
        if (current.UsedOn(assignmentId) == request.Count) return TypedResults.Ok(AllowanceView.Of(course, learner));
        if (current.Version != version) return Problems.Conflict(
            "Your late passes changed after you read this. Nothing was spent.", AllowanceView.Of(course, learner), request);
        if (rules.Refuses(request.Count, current, assignment, PassFacts.Of(course, learner, assignment, db.Now)) is { } refusal)
            return refusal.ToProblem();

        var set = current.With(assignmentId, request.Count);
        await allowances.SaveAtCommit(held, gradebooks, learner, set, null, ct);
        db.Audit(
            GradingAudit.LateAllowanceChanged, $"late_allowance:{courseId.Value}:{actor.Person.Value}", new { from = current, to = set });
        db.Raise(new LateAllowanceChanged(courseId, actor.Person));
        return TypedResults.Ok(AllowanceView.Of(course, learner));
    }
}
