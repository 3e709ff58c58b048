using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Lists the ZIP files of feedback that were sent to an assignment, newest first.</summary>
internal static class ListFeedbackImports
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/feedback-imports", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait();

    internal static async Task<Ok<Page<FeedbackImport>>> Handle(
        AssignmentId assignmentId, PageRequest page, FeedbackImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        var listed = await imports.List(assignmentId, page, ct);
        // Few are under way at a time; of these it is the job that knows.
        for (var i = 0; i < listed.Count; i++)
        {
            if (listed[i].State is FeedbackState.Planning or FeedbackState.Applying or FeedbackState.Reversing)
                listed[i] = listed[i].With(await jobs.Find(listed[i].JobId, ct));
        }

        return TypedResults.Ok(Page<FeedbackImport>.From(
            listed, page, import => import.FeedbackImportId.Value.ToString(CultureInfo.InvariantCulture)));
    }
}
