using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.RosterImports;

/// <summary>Lists the roster imports of the institution, newest first.</summary>
internal static class ListRosterImports
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/roster-imports", Handle)
        .RequirePermission(CoursesPermission.ImportRoster).ReadsMayLag().CanWait().PartOf(CoursesFeature.RosterImports);

    internal static async Task<Ok<Page<RosterImport>>> Handle(PageRequest page, RosterImportStore imports, CancellationToken ct) =>
        TypedResults.Ok(Page<RosterImport>.From(
            await imports.List(page, ct), page, import =>
            import.RosterImportId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
