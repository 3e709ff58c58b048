using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Lists for graders how answers of an assignment were judged anew, the newest first.</summary>
internal static class ListKeyCorrections
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/key-corrections", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<KeyCorrection>>> Handle(
        AssignmentId assignmentId, KeyCorrectionStore corrections, AnonymityStore anonymity, CancellationToken ct)
    {
        var found = await corrections.List(assignmentId, ct);
        var left = found.FindAll(one => one.KeptCount > 0).ConvertAll(one => one.KeyCorrectionId);
        if (left.Count == 0) return TypedResults.Ok(new Page<KeyCorrection>(found, null));
        var kept = await corrections.Kept(left, ct);
        var pseudonyms = await anonymity.On(assignmentId, ct);
        var named = found.ConvertAll(
            one => one with { Kept = [.. kept[one.KeyCorrectionId].Select(learner => learner.Under(pseudonyms))] });
        return TypedResults.Ok(new Page<KeyCorrection>(named, null));
    }
}
