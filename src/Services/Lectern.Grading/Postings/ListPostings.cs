using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Postings;

/// <summary>Lists when grades of an assignment were shown to learners or hidden, by whom, and what was undone; the latest first.</summary>
internal static class ListPostings
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/postings", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<PostingView>>> Handle(
        AssignmentId assignmentId, PageRequest page, TenantDb db, PostingStore postings, CancellationToken ct)
    {
        var rows = await postings.List(assignmentId, page.AfterId == 0 ? long.MaxValue : page.AfterId, page.Rows, ct);
        return TypedResults.Ok(Page<PostingView>.From(
            rows.ConvertAll(row => PostingView.Of(row, db.Now)), page, row => row.PostingId.Value.ToString(CultureInfo.InvariantCulture)));
    }
}
