using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>Steps that need no service: people who are only a number with a session.</summary>
internal static class PlatformSteps
{
    private static long people = 1_000;

    public static async Task<TestPerson> NewNumber(this TestTenant tenant, Role? role = null, IReadOnlyCollection<string>? rights = null)
    {
        var user = new UserId(Interlocked.Increment(ref people));
        var secret = await tenant.Do(async services =>
        {
            if (role is { } held) await services.GetRequiredService<Grants>().Give(user, held, Scope.Institution, "test", default);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            return (await services.GetRequiredService<Sessions>().Begin(
                new(user, SessionKind.Token, now.AddYears(1), "test", rights ?? ["*"]), default)).Secret;
        });
        return new TestPerson(tenant, user, $"Number {user.Value}", string.Empty, secret);
    }

    public static Task<long> Count(this TestTenant tenant, string scopesLike) => tenant.Do(services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        return db.Get<long>($"SELECT count(*) FROM scopes WHERE tenant_id = {db.Tenant} AND scope LIKE {scopesLike}", default);
    });

    public static Task<JobId> Enqueue<TJob>(this TestTenant tenant, TJob job, JobOptions? options = null) where TJob : IJob =>
        tenant.Do(services => Task.FromResult(services.GetRequiredService<TenantDb>().Enqueue(job, options)));

    public static async Task<string> JobState(this TestTenant tenant, JobId job) =>
        (await tenant.Rows<string>(db =>
            $"SELECT state FROM platform.jobs WHERE tenant_id = {db.Tenant} AND job_id = {job.Value}")).Single();

    /// <summary>The application's own connections to the institution's cell.</summary>
    public static NpgsqlDataSource CellSource(this TestTenant tenant) =>
        tenant.Host.Services.GetRequiredService<CellSources>().For(tenant.Tenant.Cell).Source;

    /// <summary>The administrator's connection to the database of the institution's cell.</summary>
    public static NpgsqlDataSource AdminSource(this TestTenant tenant) =>
        tenant.Host.Services.GetRequiredService<DatabaseAccess>().Administrator(tenant.DatabaseOf());

    public static ShardDatabase DatabaseOf(this TestTenant tenant) =>
        tenant.Host.Services.GetRequiredService<TenantDirectory>().Database(tenant.Tenant.Cell.DatabaseId);

    public static async Task AdminRun(this TestTenant tenant, string sql)
    {
        await using var source = tenant.AdminSource();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> Admin<T>(this TestTenant tenant, string sql)
    {
        await using var source = tenant.AdminSource();
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
