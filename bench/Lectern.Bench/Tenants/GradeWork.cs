using Lectern.Bench.Harness;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>
/// The read and the write that are timed at few and at many institutions. A stand-in of the same shape as reading a gradebook and
/// recording a grade: an index range of one course, and one row changed with its audit entry, both through TenantDb.
/// </summary>
internal sealed class GradeWork(Scratch scratch)
{
    private const int Learners = 40;

    /// <summary>Gives each institution that has none a course's worth of rows.</summary>
    public async Task Fill(IEnumerable<Tenant> tenants)
    {
        foreach (var cell in tenants.GroupBy(tenant => tenant.Cell.Schema))
        {
            var ids = string.Join(',', cell.Select(tenant => tenant.Id));
            await scratch.Execute($"""
                INSERT INTO {cell.Key}.files (tenant_id, object_key, name, content_type, size_bytes, state, owner_id, purpose, created_at)
                SELECT t, 'key-' || n, 'name-' || n, 'text/plain', n, 'stored', n, 'course:1', now()
                FROM unnest(ARRAY[{ids}]) t, generate_series(1, {Learners}) n
                WHERE NOT EXISTS (SELECT FROM {cell.Key}.files f WHERE f.tenant_id = t)
                """);
        }
    }

    public Task<int> Read(Tenant tenant) => scratch.Do(tenant.Id, Read);

    public Task<int> Write(Tenant tenant) => scratch.Do(tenant.Id, Write);

    public static async Task<int> Read(TenantDb db) =>
        (await db.Query<Row>($"""
            SELECT file_id, owner_id, size_bytes FROM files WHERE tenant_id = {db.Tenant} AND purpose = 'course:1' ORDER BY file_id
            """, default)).Count;

    public static Task<int> Write(TenantDb db)
    {
        db.Audit(new AuditAction("bench.write"), "course:1");
        return db.Execute($"""
            UPDATE files SET size_bytes = size_bytes + 1 WHERE tenant_id = {db.Tenant} AND purpose = 'course:1' AND owner_id = 7
            """, default);
    }

    private sealed record Row(long FileId, long OwnerId, long SizeBytes);
}
