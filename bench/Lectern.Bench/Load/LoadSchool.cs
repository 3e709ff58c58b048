using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Load;

/// <summary>Four pooled institutions, each with a course of 500 × 20 that is asked for and twenty small ones that are watched.</summary>
internal sealed class LoadSchool(IReadOnlyList<Tenant> tenants, Course course, IReadOnlyList<Course> watched)
{
    public IReadOnlyList<Tenant> Tenants => tenants;

    public Course Course => course;

    /// <summary>Institution and course of each gradebook that is kept open.</summary>
    public IReadOnlyList<(Tenant Tenant, Course Course)> Watched { get; } =
        [.. watched.SelectMany(_ => tenants, (one, tenant) => (tenant, one))];

    public static async Task<LoadSchool> Fill(Report report, Scratch scratch)
    {
        report.Progress("filling four institutions");
        var tenants = new List<Tenant>();
        for (var i = 0; i < 4; i++) tenants.Add(await scratch.Tenants.Create(new NewTenant($"load-{i}", $"Measured {i}"), default));
        var course = new Course(1, report.Sized(500), 20);
        var watched = Enumerable.Range(2, 20).Select(number => new Course(number, 10, 5)).ToList();
        foreach (var cell in tenants.GroupBy(tenant => tenant.Cell.Schema))
        {
            foreach (var one in watched.Prepend(course)) await one.Fill(scratch, cell.Key, cell.Select(tenant => tenant.Id));
            // The instructor of the course also looks after the institution, and so may read in rosters.
            await scratch.Execute($"""
                INSERT INTO {cell.Key}.grants (tenant_id, user_id, scope, role, source)
                SELECT t, {course.Instructor}, 'institution', 'administrator', 'bench'
                FROM unnest(ARRAY[{string.Join(',', cell.Select(tenant => tenant.Id))}]) t
                """);
        }

        await scratch.Execute("VACUUM ANALYZE");
        return new LoadSchool(tenants, course, watched);
    }
}
