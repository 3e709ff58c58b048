using Lectern.Platform.Features;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.RosterImports;

/// <summary>Lists the lines of a preview: errors first, then warnings, then changes in the order in which they are made.</summary>
internal static class ListRosterImportRows
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/roster-imports/{rosterImportId}/rows", Handle)
        .RequirePermission(CoursesPermission.ImportRoster).CanWait().PartOf(CoursesFeature.RosterImports);

    internal static async Task<Ok<Page<RosterImportRow>>> Handle(
        RosterImportId rosterImportId, string? kind, string? thing, PageRequest page, RosterImportStore imports, CancellationToken ct) =>
        TypedResults.Ok(Page<RosterImportRow>.From(
            await imports.Rows(rosterImportId, kind, thing, page, ct), page, row =>
            row.RowNo.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
