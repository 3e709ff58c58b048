using System.Text.Json.Serialization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Annotations;

/// <summary>Changes what one's own annotation says.</summary>
internal static class UpdateAnnotation
{
    /// <param name="Version">The version that was seen; or as <c>If-Match</c>.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request(string? Body, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/annotations/{annotationId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<AnnotationView>, NotFound, ProblemHttpResult>> Handle(
        AnnotationId annotationId, Request request, HttpContext context, Actor actor, AnnotationStore annotations, CancellationToken ct)
    {
        if (Annotation.RefusedBody(request.Body) is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Assignments.UpdateAssignment.VersionRequired.ToProblem();
        if (await annotations.Find(annotationId, ct) is not { DeletedAt: null } stands) return TypedResults.NotFound();
        if (stands.AuthorId != actor.UserId) return Problems.Forbidden("Only who made an annotation changes its words.");
        if (!await annotations.Say(annotationId, request.Body ?? string.Empty, seen, ct))
            return Problems.Conflict(
                "This annotation was changed meanwhile.",
                await annotations.Find(annotationId, ct) is { } now ? AnnotationView.Of(now) : null, request);
        return TypedResults.Ok(AnnotationView.Of((await annotations.Find(annotationId, ct))!));
    }
}
