using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Lists who has which role in an account, those given further up included.</summary>
internal static class ListAccountRoles
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts/{accountId}/roles", Handle).RequirePermission(IdentityPermission.ReadAccounts).CanWait();

    internal static async Task<Results<Ok<Page<RoleAssignment>>, ProblemHttpResult>> Handle(
        AccountId accountId, AccountStore accounts, RoleStore roles, CancellationToken ct)
    {
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        return TypedResults.Ok(new Page<RoleAssignment>(await roles.List(account, ct), null));
    }
}
