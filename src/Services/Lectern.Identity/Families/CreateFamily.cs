using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Families;

/// <summary>Adds a family; its guardians may from then on see what its learners see.</summary>
internal static class CreateFamily
{
    /// <summary>Without an account the family belongs to the institution.</summary>
    internal sealed record Request(string? Name, AccountId? AccountId, IReadOnlyList<FamilyMember>? Members);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/families", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Created<FamilyShown>, ProblemHttpResult>> Handle(
        Request request, FamilyStore families, FamilyRequest check, AccountStore accounts, AccountReach reach, CancellationToken ct)
    {
        var mine = reach.Of(IdentityPermission.ManageFamilies);
        if (mine.Nowhere) return Problems.Forbidden("This needs the permission 'family.manage'.");
        var account = request.AccountId is { } id ? await accounts.Find(id, ct) : await accounts.Root(ct);
        if (account is null || !mine.Includes(account))
            return new Refusal("unknown_account", "There is no such account of yours.", "account_id").ToProblem();
        var members = request.Members ?? [];
        if (await check.Refuses(request.Name, members, ct) is { } refusal) return refusal.ToProblem();

        var added = await families.Add(account.AccountId, Spelling.Clean(request.Name)!, members, ct);
        return TypedResults.Created($"/api/v1/families/{added.FamilyId.Value}", added);
    }
}
