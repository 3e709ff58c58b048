using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Gives learners' work to markers: evenly by chance, of one section, or by hand. What is marked stays as it is.</summary>
internal static class AllocateMarkers
{
    /// <param name="MarkerIds">Among whom; by hand: who marks these learners.</param>
    /// <param name="SectionId">Only learners of this section.</param>
    /// <param name="UserIds">Only these learners.</param>
    /// <param name="Anew">Takes back first what was given out and is not marked yet; else only what is missing is filled.</param>
    internal sealed record Request(UserId[]? MarkerIds, SectionId? SectionId, UserId[]? UserIds, bool Anew);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/mark-allocations", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<GetMarkingPlan.Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, TenantDb db, AssignmentEditor editor, AssignmentStore assignments,
        MarkingPlanStore plans, AnonymityStore anonymity, CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        // Two who give work out at once follow each other.
        await editor.Hold(course, ct);
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        if (await plans.Find(assignmentId, ct) is not { } plan) return NoPlan.ToProblem();
        var markers = (request.MarkerIds ?? []).Distinct().ToArray();
        if (markers.Length < plan.Markers)
            return new Refusal("too_few_markers", $"Name at least {plan.Markers} markers.", "marker_ids").ToProblem();
        var staff = (await plans.Staff(course, assignmentId, ct)).Select(one => one.UserId).ToHashSet();
        if (!markers.All(staff.Contains))
            return new Refusal("unknown_marker", "Markers are instructors and assistants of this course.", "marker_ids").ToProblem();
        var pseudonyms = await anonymity.On(assignmentId, ct);
        var named = request.UserIds?.Select(one => pseudonyms is null ? one : pseudonyms.Behind(one)).OfType<UserId>().ToHashSet();
        bool IsMeant(MarkedLearner one) =>
            (named is null || named.Contains(one.UserId)) && (request.SectionId is not { } section || one.SectionIds.Contains(section));
        var meant = (await plans.Learners(course, assignmentId, ct)).Where(IsMeant).ToList();
        if (meant.Count == 0) return new Refusal("nobody_to_mark", "There are no such learners.").ToProblem();
        if (request.Anew)
        {
            await plans.TakeBack(assignmentId, [.. meant.Select(one => one.UserId)], ct);
            meant = [.. (await plans.Learners(course, assignmentId, ct)).Where(IsMeant)];
        }

        await plans.Give(
            assignmentId, Allocation.Evenly(meant.ToDictionary(one => one.UserId, one => one.Markers), markers, plan.Markers), ct);
        db.Audit(GradingAudit.MarkersAllocated, $"assignment:{assignmentId.Value}", new { markers, learners = meant.Count, request.Anew });
        return TypedResults.Ok(await GetMarkingPlan.Read(course, assignment.Assignment, plans, ct));
    }

    internal static Refusal NoPlan => new("not_marked_by_several", "This assignment is graded by one person.");
}
