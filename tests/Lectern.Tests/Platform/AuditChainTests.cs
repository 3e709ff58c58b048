using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>The audit log is chained: whoever changes, adds or takes away an entry behind the application's back is found out.</summary>
public sealed class AuditChainTests(LecternApp app)
{
    private const string Forged = "INSERT INTO {0}.audit_entries (tenant_id, audit_entry_id, at, actor_kind, action, subject, era, tx) "
        + "SELECT tenant_id, gen_random_uuid(), at, actor_kind, action, 'added', era, ";

    [Fact]
    public async Task An_untouched_log_verifies()
    {
        var tenant = await Written(batches: 3);
        var verdict = await Verify(tenant);
        Assert.Empty(verdict.Faults);
        Assert.True(verdict.Seals >= 3);
        Assert.True(verdict.Entries >= 9);
    }

    [Theory]
    [InlineData("UPDATE {0}.audit_entries SET action = 'probe.nothing' WHERE tenant_id = {1} AND subject = '1'")]
    [InlineData("UPDATE {0}.audit_entries SET at = at + interval '1 second' WHERE tenant_id = {1} AND subject = '1'")]
    [InlineData("UPDATE {0}.audit_entries SET detail = '{{\"altered\": true}}' WHERE tenant_id = {1} AND subject = '1'")]
    [InlineData("DELETE FROM {0}.audit_entries WHERE tenant_id = {1} AND subject = '1'")]
    [InlineData("DELETE FROM {0}.audit_seals WHERE tenant_id = {1} AND seal_no = 2")]
    [InlineData("UPDATE {0}.audit_seals SET entries = entries - 1 WHERE tenant_id = {1} AND seal_no = 1")]
    [InlineData(Forged + "tx FROM {0}.audit_entries WHERE tenant_id = {1} LIMIT 1")]
    [InlineData(Forged + "'3' FROM {0}.audit_entries WHERE tenant_id = {1} LIMIT 1")]
    [InlineData("DELETE FROM {0}.audit_entries WHERE tenant_id = {1}")]
    public async Task Tampering_is_found(string tampering)
    {
        var tenant = await Written(batches: 3);
        await using (var source = tenant.AdminSource())
        await using (var command = source.CreateCommand(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, tampering, tenant.Tenant.Cell.Schema, tenant.Id)))
            Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);

        Assert.NotEmpty((await Verify(tenant)).Faults);
    }

    [Fact]
    public async Task Writers_at_once_are_sealed_once_each()
    {
        var tenant = await app.NewTenant();
        var sealing = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++) await Seal(tenant);
        });
        await Parallel.ForAsync(0, 100, async (i, _) => await Write(tenant, i));
        await sealing;
        await SealAll(tenant);

        var faults = (await Verify(tenant)).Faults;
        Assert.True(faults.Count == 0, string.Join('\n', faults.Concat(await Seals(tenant))));
        var written = await tenant.Rows<long>(db => $"SELECT count(*) FROM audit_entries WHERE tenant_id = {db.Tenant}");
        var sealedEntries = await tenant.Rows<long>(db =>
            $"SELECT COALESCE(sum(entries), 0)::bigint FROM audit_seals WHERE tenant_id = {db.Tenant}");
        Assert.Equal(written, sealedEntries);
    }

    [Fact]
    public async Task A_schema_that_sleeps_is_not_visited_and_is_sealed_when_it_wakes()
    {
        var (sleeper, writer) = (await app.NewTenant(CellKind.Schema), await app.NewTenant(CellKind.Schema));
        await Write(sleeper, 1);
        var sealer = ActivatorUtilities.CreateInstance<AuditSealer>(app.Host.Services);
        Task<string> Mark() => sleeper.Admin<string>(
            $"SELECT tx::text FROM platform.audit_marks WHERE schema_name = '{sleeper.Tenant.Cell.Schema}'");
        // A visit leaves a newer mark, because transactions have come since. The product's own sealer stops visiting too.
        await TestTenant.Eventually(async () =>
        {
            await sealer.Run(sleeper.DatabaseOf(), default);
            var before = await Mark();
            for (var i = 0; i < 5; i++)
            {
                await Write(writer, i);
                await Task.Delay(TimeSpan.FromSeconds(1));
                await sealer.Run(sleeper.DatabaseOf(), default);
            }

            return await Mark() == before;
        }, "the sleeping schema is left alone", seconds: 120);

        await Write(sleeper, 2);
        await TestTenant.Eventually(async () =>
        {
            await sealer.Run(sleeper.DatabaseOf(), default);
            return await IsSealed(sleeper);
        }, "what it wrote is sealed by the passes alone", seconds: 120);
        await SealAll(writer);
        Assert.Empty((await Verify(sleeper)).Faults);
    }

    [Fact]
    public void The_root_follows_RFC_6962()
    {
        // Section 2.1.3's shape for seven leaves: ((01)(23))((45)6).
        var leaves = Enumerable.Range(0, 7).Select(i => System.Security.Cryptography.SHA256.HashData([0, (byte)i])).ToArray();
        var expected = Pair(Pair(Pair(leaves[0], leaves[1]), Pair(leaves[2], leaves[3])), Pair(Pair(leaves[4], leaves[5]), leaves[6]));
        Assert.Equal(expected, AuditChain.Root(leaves));

        static byte[] Pair(byte[] left, byte[] right) => System.Security.Cryptography.SHA256.HashData([1, .. left, .. right]);
    }

    private async Task<TestTenant> Written(int batches)
    {
        var tenant = await app.NewTenant();
        for (var batch = 0; batch < batches; batch++)
        {
            for (var i = 0; i < 3; i++) await Write(tenant, i);
            await SealAll(tenant);
        }

        return tenant;
    }

    private static Task<bool> Write(TestTenant tenant, int number) => tenant.Do(services =>
    {
        services.GetRequiredService<TenantDb>().Audit(
            new AuditAction("probe.done"), number.ToString(System.Globalization.CultureInfo.InvariantCulture), new { number });
        return Task.FromResult(true);
    });

    private static async Task SealAll(TestTenant tenant)
    {
        await TestTenant.Eventually(async () =>
        {
            await Seal(tenant);
            return await IsSealed(tenant);
        }, "every entry is under a seal");
    }

    private static async Task<bool> IsSealed(TestTenant tenant) => (await tenant.Rows<bool>(db => $"""
        SELECT (SELECT count(*) FROM audit_entries WHERE tenant_id = {db.Tenant})
             = (SELECT COALESCE(sum(entries), 0) FROM audit_seals WHERE tenant_id = {db.Tenant})
        """))[0];

    private static Task<List<string>> Seals(TestTenant tenant) => tenant.Rows<string>(db => $"""
        SELECT format('%s of era %s: %s to %s, %s entries, %s after %s', seal_no, era, from_tx, to_tx, entries,
            left(encode(seal, 'hex'), 8), left(encode(previous, 'hex'), 8))
        FROM audit_seals WHERE tenant_id = {db.Tenant} ORDER BY seal_no
        """);

    private static Task Seal(TestTenant tenant) =>
        tenant.Host.Services.GetRequiredService<AuditSealer>().SealCell(tenant.DatabaseOf(), tenant.Tenant.Cell, default);

    private static Task<AuditVerdict> Verify(TestTenant tenant) =>
        tenant.Host.Services.GetRequiredService<AuditVerifier>().Verify(tenant.Tenant, default);
}
