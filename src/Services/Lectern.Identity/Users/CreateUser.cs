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
        string? Name, string? SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? Locale,
        string? TimeZone, string? Password)
    {
        internal UserFields Fields =>
            new UserFields(Name ?? string.Empty, SortableName, Email, LoginName, SisId, Pronouns, Locale, TimeZone).Tidy();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/users", Handle).RequirePermission(IdentityPermission.ManagePeople);

    internal static async Task<Results<Created<PersonShown>, ProblemHttpResult>> Handle(
        Request request, UserStore users, PasswordVault vault, CancellationToken ct)
    {
        var fields = request.Fields;
        if (fields.Refuses() is { } refusal) return refusal.ToProblem();
        var weak = request.Password is null ? null : PasswordRule.Refuses(request.Password, fields.Email, fields.LoginName);
        if (weak is not null) return weak.ToProblem();

        var (added, taken) = await users.Add(fields, request.Password is null ? null : vault.Hash(request.Password), ct);
        if (added is null) return taken!;
        return TypedResults.Created($"/api/v1/users/{added.UserId.Value}", PersonShown.Of(added, avatarUrl: null));
    }
}
