using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Annotations;

/// <summary>Takes an annotation away: its author, or who runs the course. It can be had back for a day.</summary>
internal static class DeleteAnnotation
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/annotations/{annotationId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static Task<Results<Ok<AnnotationView>, NotFound, ProblemHttpResult>> Handle(
        AnnotationId annotationId, int? version, HttpContext context, RouteScope scope, AnnotationRemoval removal, CancellationToken ct) =>
        removal.Set(annotationId, deleted: true, Etag.Seen(context, version), scope.Scope, ct);
}
