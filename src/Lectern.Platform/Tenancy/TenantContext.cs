using Lectern.Platform.Access;
using Lectern.Platform.Resilience;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Which institution this request or job is for, and who acts. Set once; asking before it is set is a mistake in the program.
/// </summary>
internal sealed class TenantContext(TenantDirectory directory)
{
    private Tenant? tenant;
    private Actor? actor;

    public bool IsSet => tenant is not null;

    public Tenant Tenant => tenant ?? throw new InvalidOperationException("No institution has been named for this unit of work.");

    public Actor Actor => actor ?? throw new InvalidOperationException("Nobody has been named for this unit of work.");

    /// <summary>
    /// How much depends on it when connections are short. Critical unless said: work inside other work must not wait for it.
    /// </summary>
    public Criticality Criticality { get; private set; } = Criticality.Critical;

    /// <summary>How long its turn at the database is waited for.</summary>
    public TimeSpan Patience { get; private set; } = TimeSpan.FromSeconds(10);

    public void Wants(Criticality criticality, TimeSpan patience) => (Criticality, Patience) = (criticality, patience);

    /// <summary>A request that changes nothing. Who saw what is written all the same, and a mover brings it along.</summary>
    public bool OnlyReads { private get; set; }

    /// <summary>
    /// Makes sure, before anything is written, that the institution still lives where it was found. A mover waits for writes that had
    /// begun, and not for those that were waiting to begin.
    /// </summary>
    public async Task ConfirmPlace(CancellationToken ct)
    {
        await directory.Confirm(ct);
        var now = await directory.Find(Tenant.Id, ct);
        if (now is null || now.Cell.Id != Tenant.Cell.Id || now.Era != Tenant.Era
            || (!OnlyReads && now.State is (TenantState.Moving or TenantState.Suspended) && now.State != Tenant.State))
            throw new InstitutionMovedException();
    }

    public void Set(Tenant named, Actor acting)
    {
        if (tenant is not null && tenant.Id != named.Id)
            throw new InvalidOperationException("The institution of a unit of work cannot change.");
        (tenant, actor) = (named, acting);
    }
}

/// <summary>The institution was moved, or began to be, between finding it and writing to it.</summary>
public sealed class InstitutionMovedException() : Exception("The institution is being moved.");

/// <summary>Opens a scope for work on one institution outside a request: jobs, listeners, commands.</summary>
public sealed class TenantScopes
{
    private readonly IServiceScopeFactory scopes;
    private readonly TenantDirectory directory;

    internal TenantScopes(IServiceScopeFactory scopes, TenantDirectory directory) => (this.scopes, this.directory) = (scopes, directory);

    /// <summary>A scope in which <see cref="Data.TenantDb"/> reaches the named institution.</summary>
    public async Task<AsyncServiceScope> Open(TenantId id, Actor? actor, CancellationToken ct)
    {
        await directory.Confirm(ct);
        var tenant = await directory.Find(id, ct) ?? throw new InvalidOperationException($"There is no institution {id}.");
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Set(tenant, actor ?? Actor.System(tenant.Id));
        return scope;
    }

    /// <summary>
    /// Does work on one institution and commits it when it succeeds, whatever becomes of the caller's own unit of work: a failed
    /// sign-in is refused and yet counted.
    /// </summary>
    public async Task<T> Do<T>(TenantId id, Func<IServiceProvider, Task<T>> work, CancellationToken ct, Actor? actor = null)
    {
        await using var scope = await Open(id, actor, ct);
        var result = await work(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<Data.TenantDb>().Commit(ct);
        return result;
    }
}
