using System.Security.Cryptography;
using Lectern.Bench.School;
using Lectern.Contracts.Identity;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>
/// An institution under drill, with a new course for each. All have the same course with the same numbers, and everything in it carries
/// the institution's own name, so that a row of another is recognised wherever it turns up.
/// </summary>
internal sealed record DrillSchool(Tenant Tenant, NpgsqlDataSource Database, Course Course, string Email, string Password)
{
    public const int Learners = 60;
    public const int Assignments = 6;

    /// <summary>What stands in all its names and texts, and in no other institution's.</summary>
    public string Mark => Tenant.Slug;

    public string Root => $"/t/{Tenant.Slug}/api/v1";

    public string Schema => Tenant.Cell.Schema;

    public string Token(long person) => Course.Token(Tenant.Id, person);

    /// <param name="places">Slug and shard of each institution; made when they are not there.</param>
    public static async Task<List<DrillSchool>> Open(Fleet fleet, params (string Slug, string Shard)[] places)
    {
        var tenants = new List<Tenant>();
        foreach (var (slug, shard) in places) tenants.Add(await Made(fleet, slug, shard));
        await Together(fleet, tenants);
        var number = 1;
        foreach (var tenant in tenants) number = Math.Max(number, 1 + await LastNumber(fleet, tenant));
        var course = new Course(number, Learners, Assignments);
        var schools = new List<DrillSchool>();
        foreach (var tenant in tenants)
            schools.Add(await Fill(fleet.App.Services, await fleet.DatabaseOf(tenant.Cell.DatabaseId), tenant, course));
        return schools;
    }

    private static async Task<Tenant> Made(Fleet fleet, string slug, string shard) =>
        await fleet.App.Services.GetRequiredService<TenantDirectory>().Find(slug, default)
        ?? await fleet.App.Services.GetRequiredService<TenantAdmin>().Create(
            new NewTenant(slug, $"School {slug}") { Shard = shard }, default);

    /// <summary>Institutions of one shard share their tables too, so that nothing but the rows' own institution keeps them apart.</summary>
    private static async Task Together(Fleet fleet, List<Tenant> tenants)
    {
        var directory = fleet.App.Services.GetRequiredService<TenantDirectory>();
        for (var i = 1; i < tenants.Count; i++)
        {
            var (first, other) = (tenants[0], tenants[i]);
            if (other.Cell.DatabaseId != first.Cell.DatabaseId || other.Cell.Id == first.Cell.Id) continue;
            await fleet.Dev("lectern", "tenants", "move", other.Slug, "--to", "pooled", "--cell", first.Cell.Name);
            directory.Forget();
            tenants[i] = (await directory.Find(other.Slug, default))!;
            // Until every node has heard that the move is over, it may refuse to write there.
            await Task.Delay(TenantDirectory.Fresh + TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<int> LastNumber(Fleet fleet, Tenant tenant) => await Fleet.Value<int>(
        await fleet.DatabaseOf(tenant.Cell.DatabaseId),
        $"SELECT COALESCE(max(user_id) / 10000000, 0)::int FROM {tenant.Cell.Schema}.users WHERE tenant_id = {tenant.Id}");

    /// <summary>Puts the course into an institution, with its name on everything, and one who can sign in.</summary>
    public static async Task<DrillSchool> Fill(IServiceProvider services, NpgsqlDataSource database, Tenant tenant, Course course)
    {
        await course.Fill(text => Fleet.Execute(database, text), tenant.Cell.Schema, [tenant.Id]);
        await Fleet.Execute(database, $"""
            UPDATE {tenant.Cell.Schema}.users SET name = name || ' {tenant.Slug}', sortable_name = '{tenant.Slug} ' || sortable_name
            WHERE tenant_id = {tenant.Id} AND user_id >= {course.Id}
            """);
        await Fleet.Execute(database, $"""
            UPDATE {tenant.Cell.Schema}.assignments SET title = title || ' {tenant.Slug}'
            WHERE tenant_id = {tenant.Id} AND course_id = {course.Id}
            """);
        var email = $"person-{course.Number}@{tenant.Slug}.example";
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
        await services.GetRequiredService<TenantScopes>().Do(tenant.Id, inside =>
            inside.GetRequiredService<IPeopleAdmin>().AddWithPassword($"Visitor {tenant.Slug}", email, password, default), default);
        return new DrillSchool(tenant, database, course, email, password);
    }
}
