using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Harness;

/// <summary>An institution of one test. Services' own helpers are extension methods beside their tests.</summary>
public sealed class TestTenant
{
    private int people;

    internal TestTenant(RunningHost host, Tenant tenant) => (Host, Tenant) = (host, tenant);

    internal RunningHost Host { get; }

    public Tenant Tenant { get; }

    public TenantId Id => Tenant.Id;

    public string Slug => Tenant.Slug;

    /// <summary>The same institution as served by another host, for example one with another clock.</summary>
    internal TestTenant On(RunningHost other) => new(other, Tenant);

    /// <summary>A person who administers the whole institution.</summary>
    public Task<TestPerson> NewAdministrator(string name = "Ada Admin") => NewPerson(name, Role.Administrator);

    /// <summary>A person, with a role at the institution if one is named, and a token to act with.</summary>
    public async Task<TestPerson> NewPerson(string? name = null, Role? role = null)
    {
        var number = Interlocked.Increment(ref people);
        name ??= $"Person {number}";
        var email = $"p{number}-{Guid.NewGuid():N}@example.edu";
        var (user, secret) = await Do(async services =>
        {
            var known = await services.GetRequiredService<IPeople>()
                .Ensure([new RosterPerson(null, email, name, null, null, true)], CancellationToken.None);
            if (role is { } held)
                await services.GetRequiredService<Grants>().Give(known[0].UserId, held, Scope.Institution, "test", CancellationToken.None);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var session = await services.GetRequiredService<Sessions>()
                .Begin(new(known[0].UserId, SessionKind.Token, now.AddYears(20), "test", ["*"]), CancellationToken.None);
            return (known[0].UserId, session.Secret);
        });
        return new TestPerson(this, user, name, email, secret);
    }

    /// <summary>Somebody without credentials.</summary>
    public TestPerson Nobody() => new(this, default, "Nobody", string.Empty, null);

    /// <summary>Work inside the institution, committed when it succeeds.</summary>
    public Task<T> Do<T>(Func<IServiceProvider, Task<T>> work) =>
        Host.Services.GetRequiredService<TenantScopes>().Do(Id, work, CancellationToken.None);

    /// <summary>Reads the institution's tables as the application would.</summary>
    public Task<List<T>> Rows<T>(Func<TenantDb, Sql> sql) =>
        Do(services => services.GetRequiredService<TenantDb>().Query<T>(
            sql(services.GetRequiredService<TenantDb>()), CancellationToken.None));

    /// <summary>Waits until something becomes true that background work brings about.</summary>
    public static async Task Eventually(Func<Task<bool>> holds, string what, int seconds = 60)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed.TotalSeconds > seconds) Assert.Fail($"After {seconds} s it was still not so: {what}");
            await Task.Delay(50);
        }
    }
}
