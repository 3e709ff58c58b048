using Lectern.Platform.Audit;
using Lectern.Platform.Data;

namespace Lectern.Identity.Users;

/// <summary>Names people in the platform's lists.</summary>
internal sealed class PersonNames(TenantDb db) : IPersonNames
{
    public Sql Of(Sql person) => $"(SELECT named.name FROM people named WHERE named.tenant_id = {db.Tenant} AND named.user_id = {person})";
}
