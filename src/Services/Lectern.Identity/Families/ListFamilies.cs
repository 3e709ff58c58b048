using Lectern.Identity.Accounts;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Families;

/// <summary>Lists families by name: a coordinator's or administrator's, and those one belongs to.</summary>
internal static class ListFamilies
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/families", Handle).RequirePermission(PlatformPermission.SignedIn).CanWait();

    internal static async Task<Ok<Page<FamilyShown>>> Handle(
        string? search, PageRequest page, FamilyStore families, AccountReach reach, Actor actor, TenantDb db, CancellationToken ct)
    {
        search = Spelling.Clean(search);
        db.Audit(IdentityAudit.FamilyRead, "families", new { search });
        return TypedResults.Ok(await families.List(reach.Of(IdentityPermission.ReadFamilies), actor.UserId, search, page, ct));
    }
}
