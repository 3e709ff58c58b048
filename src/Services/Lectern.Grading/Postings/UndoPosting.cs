using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Postings;

/// <summary>Puts the grades a posting showed or hid back as they were, within ten minutes; nobody has been told by then.</summary>
internal static class UndoPosting
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/postings/{postingId}/undo", Handle)
        .RequirePermission(GradingPermission.PostGrades);

    internal static async Task<Results<Ok<PostingView>, Accepted<PostingView>, NotFound, ProblemHttpResult>> Handle(
        PostingId postingId, TenantDb db, PostingStore postings, Poster poster, CancellationToken ct)
    {
        if (await postings.Hold(postingId, ct) is not { } posting) return TypedResults.NotFound();
        if (posting.RefusesUndo(db.Now) is { } refusal) return refusal.ToProblem();
        var step = await poster.Undo(posting, ct);
        return step.Next is null
            ? TypedResults.Ok(PostingView.Of(step, db.Now))
            : TypedResults.Accepted($"/api/v1/assignments/{posting.AssignmentId.Value}/postings", PostingView.Of(step, db.Now));
    }
}
