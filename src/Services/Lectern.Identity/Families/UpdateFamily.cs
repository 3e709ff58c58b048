using Lectern.Identity.Users;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Families;

/// <summary>Renames a family or says anew who belongs to it; what its guardians see follows at once.</summary>
internal static class UpdateFamily
{
    internal sealed record Request(string? Name, IReadOnlyList<FamilyMember>? Members, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/families/{familyId}", Handle).RequirePermission(IdentityPermission.ManageFamilies);

    internal static async Task<Results<Ok<FamilyShown>, ProblemHttpResult>> Handle(
        FamilyId familyId, Request request, FamilyStore families, FamilyRequest check, HttpContext context, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Needed.ToProblem();
        if (request.Members is null)
            return new Refusal("members_needed", "Say who belongs to the family; an empty list is an answer.", "members").ToProblem();
        if (await check.Refuses(request.Name, request.Members, ct) is { } refusal) return refusal.ToProblem();

        var saved = await families.Change(familyId, Spelling.Clean(request.Name)!, request.Members, seen, ct);
        if (saved is null)
        {
            return await families.Find(familyId, ct) is { } row
                ? Problems.Conflict(Versions.SomebodyWasFaster, (await families.WithMembers([row], ct))[0], request)
                : Problems.NotFound();
        }

        context.Response.Headers.ETag = Etag.Of(saved.Version);
        return TypedResults.Ok(saved);
    }
}
