using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Courses;

/// <summary>Which scope each parameter of an address stands for. The innermost thing is asked first, the course itself last.</summary>
internal static class CoursesScopes
{
    public static void Add(IServiceCollection services)
    {
        services.AddScope("enrollmentId", Of((db, id) => $"""
            SELECT course_id FROM enrollments WHERE tenant_id = {db.Tenant} AND enrollment_id = {id} AND state <> 'deleted'
            """));
        services.AddScope("groupId", Of((db, id) => $"""
            SELECT COALESCE(s.course_id, 0) FROM groups g JOIN group_sets s ON s.tenant_id = {db.Tenant} AND s.group_set_id = g.group_set_id
            WHERE g.tenant_id = {db.Tenant} AND g.group_id = {id} AND g.state = 'active' AND s.state = 'active'
            """));
        services.AddScope("groupSetId", Of((db, id) => $"""
            SELECT COALESCE(course_id, 0) FROM group_sets WHERE tenant_id = {db.Tenant} AND group_set_id = {id} AND state = 'active'
            """));
        services.AddScope("sectionId", Of((db, id) => $"""
            SELECT course_id FROM sections WHERE tenant_id = {db.Tenant} AND section_id = {id} AND state = 'active'
            """));
        // Zero stands for the institution, which the things below belong to.
        services.AddScope("termId", Of((db, id) =>
            $"SELECT 0::bigint FROM terms WHERE tenant_id = {db.Tenant} AND term_id = {id} AND state = 'active'"));
        services.AddScope("rosterImportId", Of((db, id) => $"""
            SELECT 0::bigint FROM roster_imports WHERE tenant_id = {db.Tenant} AND roster_import_id = {id}
            """));
        // No query: the platform knows which courses are placed, and a member's grant proves it.
        services.AddScope("courseId", (_, id, _) => Task.FromResult<Scope?>(CourseStore.ScopeOf(new CourseId(id))));
    }

    private static FindScope Of(Func<TenantDb, long, Sql> query) => async (db, id, ct) => await db.Value<long?>(query(db, id), ct) switch
    {
        null => null,
        0 => Scope.Institution,
        { } course => CourseStore.ScopeOf(new CourseId(course)),
    };
}
