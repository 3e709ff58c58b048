using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Hands in work, for a whole group where it is in one, and answers a receipt; the same work twice is one submission.</summary>
internal static class SubmitWork
{
    internal sealed record Response(
        SubmissionId SubmissionId, int Attempt, SubmissionType Type, DateTimeOffset SubmittedAt, bool Late, long SecondsLate,
        Receipt Receipt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/submissions", Handle)
        .RequirePermission(GradingPermission.Submit).Critical()
        .Accepts<WorkForm>("application/json", "multipart/form-data");

    internal static async Task<Results<Created<Response>, Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, HttpRequest request, RouteScope scope, WorkDesk desk, StoredFiles stored,
        CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        var (form, sent) = await Read(request, ct);
        if (form is null) return Problems.Of(400, "malformed_request", "Send JSON, or a multipart form.");
        var (assignment, refusal) = await desk.Look(course, assignmentId, form, form.FileIds.Length + sent.Count, ct);
        // What is wrong is said before a byte is stored; that all attempts are used is left to the desk, which knows repeated work.
        if (refusal is { Code: not "attempts_used_up" } || (refusal is not null && sent.Count > 0)) return refusal.ToProblem();
        if (assignment is null) return TypedResults.NotFound();

        var place = await desk.PlaceOf(assignment, ct);
        var (files, unknown) = await desk.Files(place, form.FileIds, ct);
        if (unknown is not null) return unknown.ToProblem();
        var purpose = StartUpload.PurposeOf(assignmentId);
        foreach (var file in sent)
        {
            await using var content = file.OpenReadStream();
            var (kept, wrong) = await stored.Store(file.FileName, file.ContentType ?? "application/octet-stream", content, purpose, ct);
            if (wrong is not null) return wrong.ToProblem();
            files.Add(kept!);
        }

        var (taken, again, no) = await desk.Take(assignment, form, files, ct);
        if (no is not null) return no.ToProblem();
        if (taken is null) return TypedResults.NotFound();
        var answer = new Response(
            taken.SubmissionId, taken.Attempt, taken.Type, taken.SubmittedAt, taken.Late, taken.SecondsLate, taken.Receipt);
        return again ? TypedResults.Ok(answer) : TypedResults.Created($"/api/v1/submissions/{taken.SubmissionId.Value}", answer);
    }

    private static async Task<(WorkForm? Form, IReadOnlyList<IFormFile> Files)> Read(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return (request.HasJsonContentType() ? await ReadJson(request, ct) : null, []);
        var form = await request.ReadFormAsync(ct);
        var type = Enum.TryParse<SubmissionType>(
            form["type"].ToString().Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var named)
            ? named
            : (SubmissionType?)null;
        return (new WorkForm { Type = type, BodyText = Text(form["body_text"]), Url = Text(form["url"]) }, form.Files);
    }

    private static async Task<WorkForm?> ReadJson(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFromJsonAsync<WorkForm>(LecternJson.Options, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
