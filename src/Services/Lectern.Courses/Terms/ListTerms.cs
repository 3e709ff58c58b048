using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Terms;

/// <summary>Lists the institution's terms, newest first.</summary>
internal static class ListTerms
{
    // Everybody who picks a course by its term sees their names.
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/terms", Handle)
        .RequirePermission(PlatformPermission.SignedIn).ReadsInNeed().CanWait();

    internal static async Task<Ok<Page<Term>>> Handle(PageRequest page, TermStore terms, CancellationToken ct) =>
        TypedResults.Ok(Page<Term>.From(
            await terms.List(page, ct), page, term => term.TermId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
