using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.RosterImports;

/// <summary>Shows a roster import: its state, and in numbers what it would change or has changed.</summary>
internal static class GetRosterImport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/roster-imports/{rosterImportId}", Handle)
        .RequirePermission(CoursesPermission.ImportRoster).CanWait().PartOf(CoursesFeature.RosterImports);

    internal static async Task<Results<Ok<RosterImport>, ProblemHttpResult>> Handle(
        RosterImportId rosterImportId, RosterImportStore imports, CancellationToken ct) =>
        await imports.Find(rosterImportId, ct) is { } import ? TypedResults.Ok(import) : Problems.NotFound();
}
