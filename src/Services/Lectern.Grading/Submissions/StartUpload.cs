using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Announces a file of a submission and answers the addresses its parts are to be sent to.</summary>
internal static class StartUpload
{
    internal sealed record Request(string? Name, long SizeBytes, string? ContentType);

    /// <param name="UploadId">The file's number too: what a submission names in <c>file_ids</c> once it is complete.</param>
    internal sealed record Response(FileId UploadId, FileId FileId, int PartSizeBytes, IReadOnlyList<UploadPart> Parts);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/uploads", Handle)
        .RequirePermission(GradingPermission.Submit).Critical();

    internal static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, WorkDesk desk, StoredFiles files, CancellationToken ct)
    {
        var (assignment, closed) = await desk.Look(new CourseId(scope.Id("course")), assignmentId, null, 1, ct);
        if (closed is not null) return closed.ToProblem();
        if (assignment is null) return TypedResults.NotFound();
        var announced = await Announce(assignmentId, request, files, ct);
        return announced.Result is Created<Response> created ? created : (ProblemHttpResult)announced.Result;
    }

    /// <summary>Announces a file for an assignment's work or what is said of it.</summary>
    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Announce(
        AssignmentId assignment, Request request, StoredFiles files, CancellationToken ct)
    {
        var type = string.IsNullOrWhiteSpace(request.ContentType) ? "application/octet-stream" : request.ContentType;
        if (type.Length > 200)
            return new Refusal("too_long", "A content type can have at most 200 characters.", "content_type").ToProblem();
        var (plan, refusal) = await files.Plan(request.Name ?? string.Empty, type, request.SizeBytes, PurposeOf(assignment), ct);
        if (refusal is not null) return refusal.ToProblem();
        return TypedResults.Created(
            $"/api/v1/uploads/{plan!.FileId.Value}", new Response(plan.FileId, plan.FileId, plan.PartSizeBytes, plan.Parts));
    }

    /// <summary>What a submission's files are stored for.</summary>
    internal static string PurposeOf(AssignmentId assignment) =>
        string.Create(CultureInfo.InvariantCulture, $"assignment:{assignment.Value}");
}
