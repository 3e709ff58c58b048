using Lectern.Identity.Passwords;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Users;

/// <summary>Adds a person to the institution.</summary>
internal static class CreateUser
{
    internal sealed record Request(
        string? Name, string? SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? Locale, string? TimeZone, string? Password);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/users", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<Created<PersonShown>, ProblemHttpResult>> Handle(
        Request request, UserStore users, PasswordVault vault, CancellationToken ct)
    {
        var fields = new UserFields(
            request.Name ?? string.Empty, request.SortableName, request.Email, request.LoginName, request.SisId, request.Pronouns, request.Locale, request.TimeZone).Tidy();
        if (fields.Refuses() is { } refusal) return refusal.ToProblem();
        if (request.Password is { } password && PasswordRule.Refuses(password, fields.Email, fields.LoginName) is { } weak) return weak.ToProblem();

        var (added, taken) = await users.Add(fields, request.Password is null ? null : vault.Hash(request.Password), ct);
        if (added is null) return taken!;
        return TypedResults.Created($"/api/v1/users/{added.UserId.Value}", PersonShown.Of(added, avatarUrl: null));
    }
}
