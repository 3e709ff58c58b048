using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Institution;

/// <summary>Tells the institution's name and face, signed in or not.</summary>
internal static class GetInstitution
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/institution", Handle).AllowAnonymous("The sign-in page shows whose it is").ReadsInNeed().KeptAtEdge(seconds: 60);

    internal static async Task<Ok<InstitutionShown>> Handle(InstitutionCard institution, CancellationToken ct) =>
        TypedResults.Ok(await institution.Read(ct));
}
