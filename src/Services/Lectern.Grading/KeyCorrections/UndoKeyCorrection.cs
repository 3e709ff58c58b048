using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Puts back every mark and score that a correction changed, but where somebody changed something since.</summary>
internal static class UndoKeyCorrection
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/key-corrections/{keyCorrectionId}/undo", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<KeyCorrection>, NotFound, ProblemHttpResult>> Handle(
        KeyCorrectionId keyCorrectionId, TenantDb db, KeyCorrectionStore corrections, CancellationToken ct)
    {
        if (await corrections.Find(keyCorrectionId, ct) is not { } correction) return TypedResults.NotFound();
        if (correction.Status is CorrectionStatus.Undoing or CorrectionStatus.Undone) return Answer(correction);
        if (!await corrections.Turn(keyCorrectionId, CorrectionStatus.Applied, CorrectionStatus.Undoing, ct))
            return StartKeyCorrection.Busy.ToProblem();
        db.Audit(GradingAudit.QuestionsChanged, $"assignment:{correction.AssignmentId.Value}", new { undone = keyCorrectionId });
        db.Enqueue(new CorrectMarks(keyCorrectionId), CorrectMarks.Options(db.Tenant, correction.AssignmentId));
        return Answer(correction with { Status = CorrectionStatus.Undoing });
    }

    private static Accepted<KeyCorrection> Answer(KeyCorrection correction) =>
        TypedResults.Accepted($"/api/v1/assignments/{correction.AssignmentId.Value}/key-corrections", correction);
}
