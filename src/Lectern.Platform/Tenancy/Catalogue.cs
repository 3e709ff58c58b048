using System.Collections.Concurrent;

namespace Lectern.Platform.Tenancy;

/// <summary>The whole catalogue in memory, by number and by every name: ten thousand institutions are about five megabytes.</summary>
internal sealed class Catalogue
{
    private readonly ConcurrentDictionary<int, Listed> byId = new();
    private readonly ConcurrentDictionary<string, Tenant> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything up to this change is known; less than any change when nothing is.</summary>
    public long Changed { get; private set; } = -1;

    public Tenant? Find(string name) => byName.GetValueOrDefault(name);

    public Tenant? Find(TenantId id) => byId.GetValueOrDefault(id.Value)?.Tenant;

    /// <summary>Takes rows in the order of their changes. Readers go on meanwhile and see an institution as it was or as it is.</summary>
    public void Take(IEnumerable<Listed> rows)
    {
        foreach (var row in rows)
        {
            byId.TryGetValue(row.Tenant.Id.Value, out var before);
            var names = row.Tenant.State is TenantState.Deleted ? [] : row.Names;
            foreach (var name in names) byName[name] = row.Tenant;
            if (row.Tenant.State is TenantState.Deleted) byId.TryRemove(row.Tenant.Id.Value, out _);
            else byId[row.Tenant.Id.Value] = row;
            // A name that meanwhile leads to another institution stays with that one.
            foreach (var name in before?.Names.Except(names, StringComparer.OrdinalIgnoreCase) ?? [])
                if (byName.TryGetValue(name, out var holder) && holder.Id == row.Tenant.Id) byName.TryRemove(name, out _);
            Changed = row.Changed;
        }
    }

    /// <summary>An institution with the names that lead to it, as of a change.</summary>
    public sealed record Listed(Tenant Tenant, string[] Names, long Changed);
}
