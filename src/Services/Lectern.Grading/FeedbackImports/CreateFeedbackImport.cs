using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Takes a ZIP of feedback that was uploaded, to be looked through; nothing is attached by it.</summary>
internal static class CreateFeedbackImport
{
    /// <param name="FileId">What <c>feedback-uploads</c> answered, once the upload is complete.</param>
    internal sealed record Request(FileId? FileId);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/feedback-imports", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait();

    internal static async Task<Results<Accepted<FeedbackImport>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, Actor actor, FeedbackImportStore imports, StoredFiles files,
        TenantDb db, IOptions<GradingOptions> options, CancellationToken ct)
    {
        if (request.FileId is not { } file)
            return new Refusal("file_required", "Choose the ZIP with the feedback.", "file_id").ToProblem();
        if ((await files.Find([file], ct, StartUpload.PurposeOf(assignmentId), actor.Person)).FirstOrDefault() is not { } zip)
            return new Refusal("unknown_file", "This file is not stored, not yours, or not for this assignment.", "file_id").ToProblem();
        var id = await imports.Insert(
            new CourseId(scope.Id("course")), assignmentId, zip, db.Now.AddDays(options.Value.KeepExportsDays), ct);
        await imports.Next(id, assignmentId, new PlanFeedbackImport(id), FeedbackState.Planning, ct);
        db.Audit(GradingAudit.FeedbackImportSent, $"assignment:{assignmentId.Value}", new { feedback_import_id = id, zip.Name });
        return TypedResults.Accepted(
            $"/api/v1/assignments/{assignmentId.Value}/feedback-imports/{id.Value}", await imports.Find(assignmentId, id, ct));
    }
}
