using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.RosterImports;

/// <summary>Carries out what a preview showed, as a job with progress. Holds must be confirmed; messages go out only when asked.</summary>
internal static class ApplyRosterImport
{
    internal sealed record Request(bool? ConfirmHolds, bool? Notify);

    internal sealed record Response(RosterImportId RosterImportId, RosterImportState State, Guid JobId);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/roster-imports/{rosterImportId}/application", Handle)
        .RequirePermission(CoursesPermission.ImportRoster).CanWait().PartOf(CoursesFeature.RosterImports);

    internal static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        RosterImportId rosterImportId, Request request, RosterImportStore imports, TenantDb db, CancellationToken ct)
    {
        if (await imports.Hold(rosterImportId, ct) is not { } import) return Problems.NotFound();
        if (import is { State: RosterImportState.Applying, JobId: { } under }) return Accepted(rosterImportId, under);
        if (import.Refuses(request.ConfirmHolds ?? false) is { } refusal) return refusal.ToProblem();
        // One after the other: two rosters at once would each plan without the other.
        var job = db.Enqueue(
            new RosterApplyJob(rosterImportId),
            new JobOptions { Priority = JobPriority.Now, MaxAttempts = 3, OrderKey = $"roster/{db.Tenant}" });
        await imports.SetJob(rosterImportId, RosterImportState.Applying, job, ct, request.Notify ?? false);
        return Accepted(rosterImportId, job.Value);
    }

    private static Accepted<Response> Accepted(RosterImportId import, Guid job) =>
        TypedResults.Accepted($"/api/v1/jobs/{job}", new Response(import, RosterImportState.Applying, job));
}
