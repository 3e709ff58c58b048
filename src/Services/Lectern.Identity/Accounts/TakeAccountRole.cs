using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Takes a role back. The institution's last administrator stays.</summary>
internal static class TakeAccountRole
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/accounts/{accountId}/roles/{roleAssignmentId}", Handle).RequirePermission(IdentityPermission.AssignRoles);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        AccountId accountId, RoleAssignmentId roleAssignmentId, AccountStore accounts, RoleStore roles, Administrators administrators,
        CancellationToken ct)
    {
        await administrators.Hold(ct);
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        if (await roles.Find(accountId, roleAssignmentId, ct) is not { } given) return Problems.NotFound();
        await roles.Take(account, given, ct);
        if (given.Role is Lectern.Platform.Access.Role.Administrator && account.IsRoot && await administrators.NoneLeft(ct))
            return Administrators.LastOne.ToProblem();
        return TypedResults.NoContent();
    }
}
