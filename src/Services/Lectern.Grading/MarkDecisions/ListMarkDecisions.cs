using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkDecisions;

/// <summary>Lists learners with their marks, how far these lie apart, who is missing, and what was decided.</summary>
internal static class ListMarkDecisions
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/mark-decisions", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<Page<ModeratedWork>>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, bool? undecided, bool? disputed, PageRequest page, TenantDb db, AssignmentStore assignments,
        MarkingPlanStore plans, MarkStore marks, DecisionStore decisions, AnonymityStore anonymity, CancellationToken ct)
    {
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        if (await plans.Find(assignmentId, ct) is not { } plan) return AllocateMarkers.NoPlan.ToProblem();
        var pseudonyms = assignment.Anonymous ? await anonymity.On(assignmentId, ct) : null;
        var lines = await decisions.Page(
            assignmentId, new(undecided is true, disputed is true ? plan : null, assignment.PointsPossible), page, pseudonyms, ct);
        var learners = lines.ConvertAll(line => line.UserId);
        var given = (await marks.Of(assignmentId, learners, ct)).ToLookup(mark => mark.UserId);
        var made = (await decisions.Newest(assignmentId, learners, ct)).ToDictionary(one => one.UserId);
        db.Audit(GradingAudit.GradesRead, $"assignment:{assignmentId.Value}", new { marks = lines.Count });
        var keys = lines.ToDictionary(line => pseudonyms?.Of(line.UserId) ?? line.UserId, line => line.SortKey);
        var rows = lines.ConvertAll(line => ModeratedWork.Of(
            pseudonyms?.Of(line.UserId) ?? line.UserId, pseudonyms?.NameOf(line.UserId) ?? line.Name, [.. given[line.UserId]],
            made.GetValueOrDefault(line.UserId), plan, assignment.PointsPossible));
        return TypedResults.Ok(Page<ModeratedWork>.From(rows, page, row => PageRequest.Key(keys[row.UserId], row.UserId.Value)));
    }
}
