using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Says that a source of a piece of work is none, or is one after all, and answers the work counted anew.</summary>
internal static class ExcludeSimilaritySource
{
    /// <param name="Source">As the check names it.</param>
    internal sealed record Request(string? Source, bool Excluded);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/submissions/{submissionId}/similarity-exclusion", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<SimilarityView>, NotFound>> Handle(
        SubmissionId submissionId, Request request, RouteScope scope, Actor actor, SimilarityStore checks, SimilarityTally tally,
        SimilarityReader reader, TenantDb db, CancellationToken ct)
    {
        if (request.Source is not { } source || await reader.Read(submissionId, scope.Scope, ct) is not { } seen
            || seen.Matches.All(match => match.Source != source)) return TypedResults.NotFound();
        await checks.Hold([seen.SubmissionId], ct);
        await checks.Exclude(seen.SubmissionId, source, request.Excluded, actor.UserId, ct);
        // Read again now that it is held: it may just have been compared anew.
        if (await checks.Find(seen.SubmissionId, ct) is { } check)
            await tally.Count(new Dictionary<SubmissionId, ComparedText> { [check.SubmissionId] = check.Compared() }, null, ct);
        db.Audit(GradingAudit.SimilaritySourceExcluded, $"submission:{seen.SubmissionId.Value}", new { source, request.Excluded });
        return await reader.Read(submissionId, scope.Scope, ct) is { } counted ? TypedResults.Ok(counted) : TypedResults.NotFound();
    }
}
