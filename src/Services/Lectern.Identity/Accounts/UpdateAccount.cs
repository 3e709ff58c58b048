using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Renames an account, changes its settings, or moves it with all below it under another.</summary>
internal static class UpdateAccount
{
    /// <summary>Without a parent the account stays where it is; without settings they stay as they are.</summary>
    internal sealed record Request(string? Name, AccountId? ParentId, SettingsWanted? Settings, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/accounts/{accountId}", Handle).RequirePermission(IdentityPermission.ManageAccounts);

    internal static async Task<Results<Ok<AccountShown>, ProblemHttpResult>> Handle(
        AccountId accountId, Request request, AccountStore accounts, AccountReach reach, AccountView view, TenantDb db, HttpContext context,
        CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Needed.ToProblem();
        // The tree is held while it changes: two moves at once could otherwise make a circle together.
        await accounts.HoldTree(ct);
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        if (account.Version != seen) return Problems.Conflict(Versions.SomebodyWasFaster, await view.Show(account, ct), request);
        var settings = request.Settings?.Over(account.Settings) ?? account.Settings;
        if ((AccountRule.Refuses(request.Name, null) ?? settings.Refuses()) is { } refusal) return refusal.ToProblem();
        if (request.ParentId is { } parentId && parentId != account.ParentId
            && await Move(account, parentId, accounts, reach, ct) is { } refused) return refused.ToProblem();

        var saved = await accounts.Change(accountId, Spelling.Clean(request.Name)!, settings, ct);
        db.Audit(IdentityAudit.AccountChanged, $"account:{accountId.Value}", new { saved.Name, parent_id = saved.ParentId });
        context.Response.Headers.ETag = Etag.Of(saved.Version);
        return TypedResults.Ok(await view.Show(saved, ct));
    }

    private static async Task<Refusal?> Move(Account account, AccountId to, AccountStore accounts, AccountReach reach, CancellationToken ct)
    {
        var mine = reach.Of(IdentityPermission.ManageAccounts);
        var parent = await accounts.Find(to, ct);
        // Moving takes from one administrator and gives to another, so it needs both places.
        var from = account.ParentId is { } above ? await accounts.Find(above, ct) : null;
        if (parent is null || !mine.Includes(parent) || (from is not null && !mine.Includes(from)))
            return new Refusal("unknown_account", "You cannot move this account there.", "parent_id");
        if (AccountRule.RefusesMove(account, parent) is { } refusal) return refusal;
        await accounts.Move(account, parent, ct);
        return null;
    }
}
