using Lectern.Contracts.Identity;
using Lectern.Identity.Images;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Accounts;

/// <summary>Sets an account's logo from the multipart field 'file'; the accounts below inherit it.</summary>
internal static class SetAccountLogo
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/accounts/{accountId}/logo", Handle)
        .RequirePermission(IdentityPermission.ManageAccounts)
        .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(ImageUpload.MostRequestBytes));

    internal static async Task<Results<Ok<AccountShown>, ProblemHttpResult>> Handle(
        AccountId accountId, IFormFile? file, AccountStore accounts, AccountView view, StoredFiles files, TenantDb db, CancellationToken ct)
    {
        if (await accounts.Find(accountId, ct) is not { } account) return Problems.NotFound();
        var (stored, refusal) = await ImageUpload.Store(files, file, $"account:{accountId.Value}", ct);
        if (stored is null) return refusal!.ToProblem();
        var saved = await accounts.Change(accountId, account.Name, account.Settings with { LogoFileId = stored.FileId }, ct);
        if (account.Settings.LogoFileId is { } replaced) await files.Forget(replaced, ct);
        db.Audit(IdentityAudit.AccountChanged, $"account:{accountId.Value}", new { logo_file_id = stored.FileId });
        return TypedResults.Ok(await view.Show(saved, ct));
    }
}
