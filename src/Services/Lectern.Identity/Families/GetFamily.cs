using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Hybrid;

namespace Lectern.Identity.Families;

/// <summary>Shows a family with its guardians and learners.</summary>
internal static class GetFamily
{
    // The version in the key is read from the row each time, so a change is seen at once on every node. Only a member's own new
    // name may lag, and for no longer than this.
    private static readonly HybridCacheEntryOptions Life = new() { Expiration = TimeSpan.FromSeconds(60) };

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/families/{familyId}", Handle).RequirePermission(IdentityPermission.ReadFamilies);

    internal static async Task<Results<Ok<FamilyShown>, ProblemHttpResult>> Handle(
        FamilyId familyId, FamilyStore families, HybridCache cache, TenantDb db, HttpContext context, CancellationToken ct)
    {
        if (await families.Find(familyId, ct) is not { } family) return Problems.NotFound();
        db.Audit(IdentityAudit.FamilyRead, familyId.Source);
        context.Response.Headers.ETag = Etag.Of(family.Version);
        var key = CacheKey.Of(db.Tenant, KeySpace.Cache, $"family:{familyId.Value}:{family.Version}");
        return TypedResults.Ok(await cache.GetOrCreateAsync(
            key, async token => (await families.WithMembers([family], token))[0], Life, cancellationToken: ct));
    }
}
