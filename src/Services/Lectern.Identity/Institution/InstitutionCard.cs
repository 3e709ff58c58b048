using Lectern.Identity.Accounts;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Institution;

/// <summary>What anybody may see of an institution: enough for its sign-in page to look like its own.</summary>
internal sealed record InstitutionShown(string Slug, string Name, string? Accent, string? LogoUrl, string Locale, string TimeZone);

/// <summary>Reads the institution's name and face from its root account and the catalogue.</summary>
internal sealed class InstitutionCard(TenantDb db, TenantDirectory directory, AccountStore accounts, StoredFiles files)
{
    public async Task<InstitutionShown> Read(CancellationToken ct)
    {
        var tenant = (await directory.Find(db.Tenant, ct))!;
        var root = await accounts.Root(ct);
        var logo = root.Settings.LogoFileId is { } id ? (await files.Find([id], ct)).FirstOrDefault()?.Url : null;
        return new InstitutionShown(
            tenant.Slug, root.Name, root.Settings.Accent, logo, root.Settings.Locale ?? tenant.Locale, root.Settings.TimeZone ?? "UTC");
    }
}
