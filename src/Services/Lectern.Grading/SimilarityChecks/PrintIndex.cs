using Lectern.Contracts.Grading;
using Lectern.Platform.Data;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>The program's own provider: fingerprints of all work that was compared, and the words of the most alike.</summary>
internal sealed class PrintIndex(TenantDb db, SimilarityStore checks) : ISimilarityProvider
{
    private const int MostSources = 20;

    public async Task Keep(ComparedWork work, CancellationToken ct)
    {
        int[] prints = [.. Winnowing.PrintsOf(new ComparedText(work.Text, work.LeftOut)).Select(print => print.Number).Distinct().Order()];
        await db.Execute($"""
            INSERT INTO similarity_prints (tenant_id, submission_id, assignment_id, authors, prints)
            VALUES ({db.Tenant}, {work.SubmissionId}, {work.AssignmentId}, {work.Authors.ToArray()}, {prints})
            ON CONFLICT (tenant_id, submission_id) DO UPDATE SET prints = excluded.prints
                WHERE similarity_prints.prints <> excluded.prints
            """, ct);
    }

    public async Task<IReadOnlyList<SimilarSource>> Compare(ComparedWork work, CancellationToken ct)
    {
        var own = new ComparedText(work.Text, work.LeftOut);
        int[] prints = [.. Winnowing.PrintsOf(own).Select(print => print.Number).Distinct()];
        if (prints.Length == 0) return [];
        // A single run may be a common phrase; a text so short that it has few runs is another matter.
        var least = prints.Length < 8 ? 1 : 2;
        long? within = work.WholeInstitution ? null : work.AssignmentId.Value;
        var candidates = await db.Query<Candidate>($"""
            SELECT w.submission_id, w.shared FROM similar_work({prints}, {within}::bigint, {work.Authors.ToArray()}, {least},
                {MostSources}) w
            """, ct);
        // Of a crowd of copies each has its own twenty. Whoever found this work from their side is compared again, and not lost.
        var partners = (await checks.Matches([work.SubmissionId], ct)).Take(MostSources).Select(match => match.OtherSubmissionId);
        var others = candidates.Select(candidate => candidate.SubmissionId).Union(partners.OfType<SubmissionId>()).ToList();
        var sources = new List<SimilarSource>();
        foreach (var text in await checks.Find(others, ct))
        {
            var passages = SharedWords.Between(own, text.Compared());
            if (passages.Count > 0) sources.Add(new SimilarSource(text.SubmissionId, null, null, passages));
        }

        return sources;
    }

    private sealed record Candidate(SubmissionId SubmissionId, int Shared);
}
