using Lectern.Identity.Accounts;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Caching.Hybrid;

namespace Lectern.Identity.Institution;

/// <summary>What anybody may see of an institution: enough for its sign-in page to look like its own.</summary>
internal sealed record InstitutionShown(string Slug, string Name, string? Accent, string? LogoUrl, string Locale, string TimeZone);

/// <summary>Reads the institution's name and face from its root account and the catalogue.</summary>
internal sealed class InstitutionCard(
    TenantDb db, TenantDirectory directory, AccountStore accounts, StoredFiles files, HybridCache cache)
{
    /// <summary>Every page begins with it and it changes once a year: cached, and outdated by the write that changes it.</summary>
    public async Task<InstitutionShown> Read(CancellationToken ct)
    {
        var name = AccountStore.CardTag(db.Tenant);
        return await cache.GetOrCreateAsync(name, async token => await Load(token), tags: [name], cancellationToken: ct);
    }

    private async Task<InstitutionShown> Load(CancellationToken ct)
    {
        var tenant = (await directory.Find(db.Tenant, ct))!;
        var root = await accounts.Root(ct);
        var logo = root.Settings.LogoFileId is { } id ? (await files.Find([id], ct)).FirstOrDefault()?.Url : null;
        return new InstitutionShown(
            tenant.Slug, root.Name, root.Settings.Accent, logo, root.Settings.Locale ?? tenant.Locale, root.Settings.TimeZone ?? "UTC");
    }
}
