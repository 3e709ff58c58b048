using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Lists the people who hold a role in an account or anywhere below it, for whoever administers that part.</summary>
internal static class ListAccountUsers
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts/{accountId}/users", Handle).RequirePermission(IdentityPermission.ReadPeople).CanWait();

    internal static async Task<Results<Ok<Page<PersonListed>>, ProblemHttpResult>> Handle(
        AccountId accountId, string? search, string? role, PageRequest page, PeopleList people, AccountStore accounts, TenantDb db,
        CancellationToken ct)
    {
        if (!Words.TryRead<Role>(role, out var wanted))
            return new Refusal("unknown_role", $"There is no role '{role}'.", "role").ToProblem();
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        search = Spelling.Clean(search);
        db.Audit(IdentityAudit.PeopleListed, $"account:{accountId.Value}", new { search, role });
        var within = account.IsRoot ? (Scope?)null : account.RoleScope;
        return TypedResults.Ok(await people.Read(new PeopleWanted(search, wanted, within, null), page, ct));
    }
}
