using Lectern.Contracts.Courses;
using Lectern.Grading.Sheets;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Takes a table of outcomes (CSV or Excel, in the columns of Canvas) into a course: all of it, or nothing.</summary>
internal static class ImportCourseOutcomes
{
    // The platform's own token guards cookie requests, so the framework's antiforgery has nothing to add.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/outcome-imports", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes).CanWait()
        .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetLimits.Default.FileBytes + (64 << 10)));

    internal static Task<Results<Ok<OutcomeImport>, ProblemHttpResult>> Handle(
        CourseId courseId, IFormFile? file, OutcomeImporter importer, CancellationToken ct) =>
        importer.Import(OutcomeOwner.Of(courseId), file, ct);
}
