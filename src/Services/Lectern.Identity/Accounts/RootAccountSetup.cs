using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Accounts;

/// <summary>A new institution starts with its root account.</summary>
internal sealed class RootAccountSetup(AccountStore accounts) : ITenantSetup
{
    public Task SetUp(Tenant tenant, CancellationToken ct) => accounts.EnsureRoot(tenant.Name, ct);
}
