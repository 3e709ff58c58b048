using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;

namespace Lectern.Grading.FeedbackImports;

/// <summary>What stands with work already, by its bytes: what was handed in, and what was attached to remarks on it.</summary>
internal sealed class StandingFiles(TenantDb db, StoredFiles stored)
{
    private const int WorkAtOnce = 500;

    public async Task<HashSet<(SubmissionId Work, string Sha256)>> Of(
        Assignment assignment, IEnumerable<SubmissionId> asked, CancellationToken ct)
    {
        var all = new HashSet<(SubmissionId, string)>();
        foreach (var some in asked.Distinct().Chunk(WorkAtOnce))
        {
            var work = await db.Query<Standing>($"""
                SELECT s.submission_id, s.file_ids, encode(sha256(convert_to(s.body_text, 'UTF8')), 'hex') AS text,
                    encode(sha256(convert_to(s.url, 'UTF8')), 'hex') AS link, COALESCE((
                        SELECT array_agg(f) FROM submission_comments c, unnest(c.file_ids) AS f
                        WHERE c.tenant_id = {db.Tenant} AND c.course_id = {assignment.CourseId} AND c.user_id = s.user_id
                            AND c.assignment_id = {assignment.AssignmentId} AND c.submission_id = s.submission_id), ARRAY[]::bigint[])
                        AS said
                FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({some})
                """, ct);
            var hashes = (await stored.Find([.. work.SelectMany(one => one.FileIds.Concat(one.Said)).Distinct()], ct))
                .ToDictionary(file => file.FileId, file => file.Sha256);
            foreach (var one in work)
            {
                foreach (var file in one.FileIds.Concat(one.Said))
                    if (hashes.TryGetValue(file, out var sha)) all.Add((one.SubmissionId, sha));
                if (one.Text is { } text) all.Add((one.SubmissionId, text));
                if (one.Link is { } link) all.Add((one.SubmissionId, link));
            }
        }

        return all;
    }

    private sealed record Standing(SubmissionId SubmissionId, FileId[] FileIds, string? Text, string? Link, FileId[] Said);
}
