using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Lists the institution's tree, each account after its parent, as far as the person may see it.</summary>
internal static class ListAccounts
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts", Handle).RequirePermission(PlatformPermission.SignedIn).ReadsMayLag().CanWait();

    internal static async Task<Results<Ok<Page<AccountListed>>, ProblemHttpResult>> Handle(
        AccountStore accounts, AccountReach reach, CancellationToken ct)
    {
        var mine = reach.Of(IdentityPermission.ReadAccounts);
        if (mine.Nowhere) return Problems.Forbidden("This needs the permission 'account.read'.");
        var tree = (await accounts.All(ct)).Where(mine.Includes).ToList();
        return TypedResults.Ok(new Page<AccountListed>([.. InTreeOrder(tree).Select(account => new AccountListed(
            account.AccountId, account.ParentId, account.Path.Length - 1, account.Name, account.SisId, account.Version))], null));
    }

    private static IEnumerable<Account> InTreeOrder(List<Account> accounts)
    {
        var shown = accounts.Select(account => account.AccountId).ToHashSet();
        var children = accounts.ToLookup(account => account.ParentId is { } parent && shown.Contains(parent) ? parent : default);
        var waiting = new Stack<Account>(ByName(default));
        while (waiting.TryPop(out var next))
        {
            yield return next;
            foreach (var child in ByName(next.AccountId)) waiting.Push(child);
        }

        IEnumerable<Account> ByName(Lectern.Contracts.Identity.AccountId parent) =>
            children[parent].OrderByDescending(account => account.Name, StringComparer.InvariantCultureIgnoreCase);
    }
}
