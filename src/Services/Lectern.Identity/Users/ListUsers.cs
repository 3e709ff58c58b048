using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Lists the people of the institution by name, by the beginning of a name or address, by role and by account.</summary>
internal static class ListUsers
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/users", Handle).RequirePermission(IdentityPermission.ReadPeople).CanWait();

    internal static async Task<Results<Ok<Page<PersonListed>>, ProblemHttpResult>> Handle(
        string? search, string? role, string? state, [FromQuery(Name = "account_id")] AccountId? accountId, PageRequest page,
        PeopleList people, AccountStore accounts, TenantDb db, CancellationToken ct)
    {
        if (!Words.TryRead<Role>(role, out var wantedRole)) return Unknown("role", role);
        if (!Words.TryRead<UserState>(state, out var wantedState)) return Unknown("state", state);
        var account = accountId is { } id ? await accounts.Find(id, ct) : null;
        if (accountId is not null && account is null) return Problems.NotFound("There is no such account.");

        // Everybody belongs to the root; a role need not say so.
        var within = account is null or { IsRoot: true } ? (Scope?)null : account.RoleScope;
        search = Spelling.Clean(search);
        db.Audit(IdentityAudit.PeopleListed, "people", new { search, role, state, account_id = accountId });
        return TypedResults.Ok(await people.Read(new PeopleWanted(search, wantedRole, within, wantedState), page, ct));
    }

    private static ProblemHttpResult Unknown(string field, string? value) =>
        new Refusal($"unknown_{field}", $"There is no {field} '{value}'.", field).ToProblem();
}
