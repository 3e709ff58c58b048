using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Gives a person a role in an account and everything below it. Giving it again changes nothing.</summary>
internal static class GiveAccountRole
{
    /// <summary>The person, by number or by e-mail address.</summary>
    internal sealed record Request(UserId? UserId, string? Email, string? Role);

    private static readonly Role[] Given = [Role.Administrator, Role.Coordinator, Role.Instructor, Role.TeachingAssistant, Role.Designer];

    private static readonly Refusal NotGiven = new(
        "unknown_role", "An account gives these roles: administrator, coordinator, instructor, teaching_assistant, designer.", "role");

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/accounts/{accountId}/roles", Handle).RequirePermission(IdentityPermission.AssignRoles);

    internal static async Task<Results<Created<RoleAssignment>, ProblemHttpResult>> Handle(
        AccountId accountId, Request request, AccountStore accounts, UserStore users, RoleStore roles, CancellationToken ct)
    {
        if (!Words.TryRead<Role>(request.Role, out var named) || named is not { } role || !Given.Contains(role))
            return NotGiven.ToProblem();
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        var user = request.UserId is { } id ? await users.Find(id, ct) : await users.FindByEmail(request.Email ?? string.Empty, ct);
        if (user is not { State: UserState.Active })
            return new Refusal("unknown_person", "There is no such active person here.", "user_id").ToProblem();

        var given = await roles.Give(account, user.UserId, role, ct);
        return TypedResults.Created($"/api/v1/accounts/{accountId.Value}/roles/{given.RoleAssignmentId.Value}", given);
    }
}
