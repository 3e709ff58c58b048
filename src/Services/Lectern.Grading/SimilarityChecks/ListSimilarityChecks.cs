using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Lists how much of each attempt at an assignment stands elsewhere too, the most alike first.</summary>
internal static class ListSimilarityChecks
{
    /// <param name="Name">A learner, a group, or a pseudonym where graders see no names.</param>
    /// <param name="SharePercent">Of the words that count, with two decimals.</param>
    /// <param name="UnreadFiles">Files whose text could not be had, or only its beginning.</param>
    internal sealed record Response(
        SubmissionId SubmissionId, UserId UserId, string Name, int Attempt, SimilarityState State, int Words, int MatchedWords,
        decimal SharePercent, int UnreadFiles, DateTimeOffset? CheckedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/similarity-checks", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Results<Ok<Page<Response>>, NotFound>> Handle(
        AssignmentId assignmentId, PageRequest page, SimilarityPolicyStore policies, SimilarityStore checks, AnonymityStore anonymity,
        TenantDb db, CancellationToken ct)
    {
        if (!(await policies.Of(assignmentId, ct)).Enabled) return TypedResults.NotFound();
        var lines = await checks.Page(assignmentId, page, ct);
        db.Audit(GradingAudit.SimilarityRead, $"assignment:{assignmentId.Value}", new { count = lines.Count });
        var shown = Page<SimilarityLine>.From(lines, page, line => PageRequest.Key($"{line.Share}", line.SubmissionId.Value));
        var pseudonyms = await anonymity.On(assignmentId, ct) is { Hidden: true } hidden ? hidden : null;
        return TypedResults.Ok(new Page<Response>([.. shown.Items.Select(line => Shown(line, pseudonyms))], shown.Next));
    }

    private static Response Shown(SimilarityLine line, Pseudonyms? pseudonyms) => new(
        line.SubmissionId, pseudonyms?.Of(line.UserId) ?? line.UserId, pseudonyms?.NameOf(line.UserId) ?? line.Name, line.Attempt,
        line.State, line.Words, line.MatchedWords, line.Share / 100m,
        line.UnreadFiles, line.CheckedAt);
}
