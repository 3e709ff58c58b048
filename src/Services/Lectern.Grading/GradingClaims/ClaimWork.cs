using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Grades;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradingClaims;

/// <summary>Gives a grader the next work of an assignment, each piece for five minutes; nobody else is given the same.</summary>
internal static class ClaimWork
{
    private const int MostAhead = 8;

    /// <param name="Order">oldest or name.</param>
    /// <param name="Count">How many pieces to hold in all, with those held already.</param>
    /// <param name="Known">Learners whose work the page has; it is not sent again.</param>
    internal sealed record Request(SectionId? SectionId, string? Order, int? Count, UserId[]? Known);

    internal sealed record Response(IReadOnlyList<ClaimedWork> Claims, QueueProgress Progress);

    /// <param name="Work">Null where the page has it already.</param>
    internal sealed record ClaimedWork(UserId UserId, DateTimeOffset Since, DateTimeOffset ClaimedUntil, GradingWork? Work);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/grading-claims", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, TenantDb db, ClaimStore claims, GradingDesk desk,
        AnonymityStore anonymity, AssignmentStore assignments, MarkStore marks, CancellationToken ct)
    {
        if (request.Order is not (null or "oldest" or "name"))
            return new Refusal("unknown_order", "Work comes by 'oldest' or by 'name'.", "order").ToProblem();
        if (request.Count is < 1 or > MostAhead)
            return new Refusal("count_out_of_range", $"Between 1 and {MostAhead} pieces of work.", "count").ToProblem();
        var course = new CourseId(scope.Id("course"));
        var pseudonyms = await anonymity.On(assignmentId, ct);
        // An order by name would tell names.
        var byName = request.Order is "name" && pseudonyms is not { Hidden: true };
        var wish = new ClaimWish(request.Count ?? 1, request.SectionId, byName);
        var claimed = new List<ClaimedWork>();
        // Where several mark, everybody has work of their own and takes nothing from the others.
        var several = await assignments.Find(assignmentId, ct) is { SeveralMarkers: true };
        var next = several
            ? await marks.Next(course, assignmentId, wish.Count, ct)
            : await claims.Claim(course, assignmentId, wish, ct);
        foreach (var claim in next)
        {
            var shown = pseudonyms?.Of(claim.UserId) ?? claim.UserId;
            var known = request.Known?.Contains(shown) is true;
            var work = known ? null : await desk.LayOut(course, assignmentId, claim.UserId, ct);
            if (!known) db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}:{claim.UserId.Value}");
            claimed.Add(new(shown, claim.Since, claim.ClaimedUntil, work));
        }

        return TypedResults.Ok(new Response(
            claimed, await (several ? marks.Progress(course, assignmentId, ct) : claims.Progress(course, assignmentId, ct))));
    }
}
