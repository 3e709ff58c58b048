using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Annotations;

/// <summary>Takes back that an annotation was taken away.</summary>
internal static class RestoreAnnotation
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/annotations/{annotationId}/restoration", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static Task<Results<Ok<AnnotationView>, NotFound, ProblemHttpResult>> Handle(
        AnnotationId annotationId, int? version, HttpContext context, RouteScope scope, AnnotationRemoval removal, CancellationToken ct) =>
        removal.Set(annotationId, deleted: false, Etag.Seen(context, version), scope.Scope, ct);
}
