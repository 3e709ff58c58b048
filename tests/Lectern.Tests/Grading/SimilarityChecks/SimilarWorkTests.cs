using Lectern.Platform.Data;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Grading.SimilarityChecks;

/// <summary>The search of fingerprints where there are many of everything.</summary>
public sealed class SimilarWorkTests(LecternApp app)
{
    private const int Crowd = 450;
    private const long First = 900_000_000;
    private static readonly int[] Given = [.. Enumerable.Range(1, 40)];
    private static readonly int[] Copied = [.. Enumerable.Range(100, 12)];

    [Fact]
    public async Task A_copy_is_found_among_more_works_with_the_same_template_than_are_looked_at()
    {
        var tenant = (await app.NewCourse()).Tenant;
        await KeepCrowd(tenant);
        // Handed in last, and twice.
        await Keep(tenant, Crowd, author: Crowd, [.. Given.Take(30), .. Copied]);
        await Keep(tenant, Crowd + 1, author: Crowd, [.. Given.Take(31), .. Copied]);
        int[] wanted = [.. Given, .. Copied];

        var found = await Search(tenant, wanted, notOf: []);

        Assert.Equal(20, found.Count);
        Assert.Equal(new Shared(First + Crowd + 1, 43), found[0]);
        Assert.All(found.Skip(1), one => Assert.Equal(40, one.Count));
        Assert.DoesNotContain(found, one => one.SubmissionId == First + Crowd);
        // A whole crowd of copies is found too, though every print of it stands in all of them.
        Assert.Equal(20, (await Search(tenant, Given, notOf: [])).Count);
        Assert.DoesNotContain(await Search(tenant, wanted, notOf: [Crowd]), one => one.Count > 40);
    }

    private static Task<bool> KeepCrowd(TestTenant tenant) => tenant.Do(async services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        await db.Execute($"""
            INSERT INTO similarity_prints (tenant_id, submission_id, assignment_id, authors, prints)
            SELECT {db.Tenant}, {First} + n, 1, ARRAY[n], {Given} || (1000 + n)
            FROM generate_series(0, {Crowd - 1}) n
            """, CancellationToken.None);
        return true;
    });

    private static Task<bool> Keep(TestTenant tenant, int n, long author, int[] prints) => tenant.Do(async services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        await db.Execute($"""
            INSERT INTO similarity_prints (tenant_id, submission_id, assignment_id, authors, prints)
            VALUES ({db.Tenant}, {First + n}, 1, {new[] { author }}, {prints})
            """, CancellationToken.None);
        return true;
    });

    private static Task<List<Shared>> Search(TestTenant tenant, int[] prints, long[] notOf) => tenant.Rows<Shared>(db =>
        $"SELECT submission_id, shared AS count FROM similar_work({prints}, NULL, {notOf}, 2, 20)");

    private sealed record Shared(long SubmissionId, int Count);
}
