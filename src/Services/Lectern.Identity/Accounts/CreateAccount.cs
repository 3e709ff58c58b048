using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Adds a sub-account under one that the person administers.</summary>
internal static class CreateAccount
{
    internal sealed record Request(string? Name, AccountId? ParentId, string? SisId, SettingsWanted? Settings);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/accounts", Handle).RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Created<AccountShown>, ProblemHttpResult>> Handle(
        Request request, AccountStore accounts, AccountReach reach, AccountView view, TenantDb db, CancellationToken ct)
    {
        var mine = reach.Of(IdentityPermission.ManageAccounts);
        if (mine.Nowhere) return Problems.Forbidden("This needs the permission 'account.manage'.");
        var parent = request.ParentId is { } id ? await accounts.Find(id, ct) : await accounts.Root(ct);
        if (parent is null || !mine.Includes(parent))
            return new Refusal("unknown_account", "There is no such account to put this under.", "parent_id").ToProblem();
        var settings = (request.Settings ?? SettingsWanted.None).Over(AccountSettings.None);
        if ((AccountRule.Refuses(request.Name, parent) ?? settings.Refuses()) is { } refusal) return refusal.ToProblem();

        var sisId = Spelling.Clean(request.SisId);
        if (sisId is not null && await accounts.FindBySis(sisId, ct) is not null)
            return Problems.Taken("sis_id", "Another account has this id.");
        var added = await accounts.Add(parent, Spelling.Clean(request.Name)!, sisId, settings, ct);
        db.Audit(IdentityAudit.AccountAdded, $"account:{added.AccountId.Value}", new { added.Name, parent_id = parent.AccountId });
        return TypedResults.Created($"/api/v1/accounts/{added.AccountId.Value}", await view.Show(added, ct));
    }
}
