using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Annotations;

/// <summary>Marks a place in an attempt: words, a point, an area, or a drawing, with a note.</summary>
internal static class CreateAnnotation
{
    /// <param name="FileId">Left out: the text that was typed.</param>
    /// <param name="Kind">highlight, strike, point, area or drawing.</param>
    /// <param name="Body">The note, as plain text; may be empty.</param>
    /// <param name="Selector">Selectors of the W3C's Web Annotation; the first says the place, a TextQuoteSelector may follow.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request(FileId? FileId, AnnotationKind? Kind, string? Body, Selector?[]? Selector);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/submissions/{submissionId}/annotations", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Created<AnnotationView>, NotFound, ProblemHttpResult>> Handle(
        SubmissionId submissionId, Request request, RouteScope scope, SubmissionStore submissions, AnnotationStore annotations,
        CancellationToken ct)
    {
        if (Annotation.RefusedBody(request.Body) is { } refusal) return refusal.ToProblem();
        if (request.Kind is not { } kind)
            return new Refusal("bad_annotation", "Say whether it is a highlight, strike, point, area or drawing.", "kind").ToProblem();
        var (where, wrong) = AnnotationPlace.Read(kind, request.Selector);
        if (where is null) return wrong!.ToProblem();
        if (await submissions.Find(submissionId, ct) is not { } work) return TypedResults.NotFound();
        var typed = request.FileId is null;
        if (typed && (work.BodyText is null || where.Target.Selector[0].Type != Annotations.Selector.TextPosition))
            return new Refusal("bad_annotation", "Without a file it is a place in the text that was typed.", "selector").ToProblem();
        if (!typed && !work.FileIds.Contains(request.FileId!.Value))
            return new Refusal("unknown_file", "This file was not handed in with this attempt.", "file_id").ToProblem();

        var made = new NewAnnotation(request.FileId ?? default, kind, request.Body ?? string.Empty, where);
        if (await annotations.Add(new CourseId(scope.Id("course")), submissionId, made, ct) is not { } added)
            return new Refusal(
                "too_many_annotations",
                $"One attempt holds at most {Annotation.MostOnWork:N0} annotations. Say the rest in a comment.").ToProblem();
        return TypedResults.Created($"/api/v1/annotations/{added.AnnotationId.Value}", AnnotationView.Of(added));
    }
}
