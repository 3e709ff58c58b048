using Lectern.Bench.Drills.Cluster;
using Lectern.Platform.Audit;

namespace Lectern.Bench.Drills.Regions;

/// <summary>What must hold of one institution in the region that took over, besides what every drill asks.</summary>
internal sealed class RegionProof(IServiceProvider services, DrillLoad load)
{
    private readonly DrillSchool school = load.School;

    /// <summary>Submissions that were acknowledged and lost, and whose number has been given to another since.</summary>
    public Task<long> NumbersGivenTwice() => load.Submissions.IsEmpty ? Task.FromResult(0L) : Fleet.Value<long>(school.Database, $"""
        SELECT count(*) FROM unnest(ARRAY[{string.Join(',', load.Submissions.Select(work => work.Submission))}]::bigint[],
            ARRAY['{string.Join("','", load.Submissions.Select(work => work.Receipt))}']) r(id, receipt)
        JOIN {school.Schema}.submissions s ON s.tenant_id = {school.Tenant.Id} AND s.submission_id = r.id AND s.receipt_no <> r.receipt
        """);

    /// <summary>Seals and entries of the audit log that do not follow from each other, as `prove audit`.</summary>
    public async Task<IReadOnlyList<string>> FaultsOfTheAuditLog() =>
        [.. (await services.GetRequiredService<AuditVerifier>().Verify(school.Tenant, default)).Faults];

    /// <summary>Seconds from the newest write of before that is there to the moment of the fault.</summary>
    public Task<double> SecondsLost(DateTimeOffset fault) => Fleet.Value<double>(school.Database, $"""
        SELECT EXTRACT(epoch FROM '{fault:O}'::timestamptz - max(at))::float8 FROM (
            SELECT submitted_at AS at FROM {school.Schema}.submissions WHERE tenant_id = {school.Tenant.Id}
            UNION ALL SELECT at FROM {school.Schema}.grade_entries WHERE tenant_id = {school.Tenant.Id}) written
        WHERE at <= '{fault:O}'
        """);
}
