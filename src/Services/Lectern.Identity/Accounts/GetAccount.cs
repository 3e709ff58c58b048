using Lectern.Contracts.Identity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Shows an account: its own settings, and those that hold in it with where each comes from.</summary>
internal static class GetAccount
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/accounts/{accountId}", Handle).RequirePermission(IdentityPermission.ReadAccounts);

    internal static async Task<Results<Ok<AccountShown>, ProblemHttpResult>> Handle(
        AccountId accountId, AccountStore accounts, AccountView view, HttpContext context, CancellationToken ct)
    {
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        context.Response.Headers.ETag = Etag.Of(account.Version);
        return TypedResults.Ok(await view.Show(account, ct));
    }
}
