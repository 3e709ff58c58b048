using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Lists what a ZIP of feedback holds and whose work each file is about; <c>?kind=unknown</c> shows one kind alone.</summary>
internal static class ListFeedbackImportFiles
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/feedback-imports/{feedbackImportId}/files", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Page<FeedbackFile>>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, FeedbackImportId feedbackImportId, string? kind, PageRequest page, FeedbackImportStore imports,
        AnonymityStore anonymity, TenantDb db, CancellationToken ct)
    {
        if (!Words.TryRead<FeedbackFileKind>(kind, out var wanted))
            return new Refusal("unknown_kind", "Ask for recognised, unknown, duplicate, wrong_type or standing.", "kind").ToProblem();
        if (await imports.Find(assignmentId, feedbackImportId, ct) is null) return TypedResults.NotFound();
        var files = await imports.Files(feedbackImportId, wanted, page, ct);
        if (await anonymity.On(assignmentId, ct) is { Hidden: true } pseudonyms)
            files = files.ConvertAll(file => file.UserId is not { } user ? file : file with
            {
                UserId = pseudonyms.Of(user), Learner = pseudonyms.NameOf(user),
            });
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { feedback_import_id = feedbackImportId });
        return TypedResults.Ok(Page<FeedbackFile>.From(files, page, file => file.RowNo.ToString(CultureInfo.InvariantCulture)));
    }
}
