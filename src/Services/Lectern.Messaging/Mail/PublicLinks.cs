using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace Lectern.Messaging.Mail;

/// <summary>Addresses of the product as they stand in mail.</summary>
internal sealed class PublicLinks(TenantDirectory directory, TenantDb db, IOptions<MessagingOptions> options)
{
    public async Task<string> To(string path, CancellationToken ct)
    {
        var tenant = await directory.Find(db.Tenant, ct);
        return options.Value.PublicAddress.Replace("{slug}", tenant!.Slug, StringComparison.Ordinal) + path;
    }
}
