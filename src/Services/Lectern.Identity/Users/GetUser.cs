using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Shows a person. That it was read is recorded.</summary>
internal static class GetUser
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/users/{userId}", Handle).RequirePermission(IdentityPermission.ReadPeople);

    internal static async Task<Results<Ok<PersonShown>, ProblemHttpResult>> Handle(
        UserId userId, UserStore users, Avatars avatars, TenantDb db, HttpContext context, CancellationToken ct)
    {
        if (await users.Find(userId, ct) is not { } user) return Problems.NotFound();
        db.Audit(IdentityAudit.PersonRead, IdentityAudit.Subject(userId));
        context.Response.Headers.ETag = Etag.Of(user.Version);
        return TypedResults.Ok(await avatars.Show(user, ct));
    }
}
