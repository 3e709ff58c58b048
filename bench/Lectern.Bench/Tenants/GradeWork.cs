using System.Collections.Concurrent;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>The read and the write timed at few and at many institutions: a small course's gradebook, and one grade in it.</summary>
internal sealed class GradeWork(Scratch scratch)
{
    private static readonly Course Course = new(1, 10, 5);

    private readonly ConcurrentDictionary<TenantId, int> versions = new();

    /// <summary>Gives each institution its course, cell by cell.</summary>
    public async Task Fill(IEnumerable<Tenant> tenants)
    {
        foreach (var cell in tenants.GroupBy(tenant => tenant.Cell.Schema))
            await Course.Fill(scratch, cell.Key, cell.Select(tenant => tenant.Id));
    }

    public Task Read(ServerProcess server, Tenant tenant) =>
        server.Http.Get($"/t/{tenant.Slug}/api/v1/courses/{Course.Id}/gradebook", Token(tenant));

    public Task Write(ServerProcess server, Tenant tenant)
    {
        var version = versions.AddOrUpdate(tenant.Id, 1, (_, known) => known + 1);
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{Course.Assignment(0)}/grades/{Course.Learner(0)}";
        return server.Http.Put(path, Token(tenant), new { score = version % 100, version });
    }

    private static string Token(Tenant tenant) => Course.Token(tenant.Id, Course.Instructor);
}
