using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Checks of work and what they found.</summary>
internal sealed class SimilarityStore(TenantDb db)
{
    private const int MostMatches = 200;

    // Under which attempt the work of an attempt s is kept: its own, or the first of the group's, by submissions_by_group_submission.
    private const string Head = """
        COALESCE((SELECT min(o.submission_id) FROM submissions o
            WHERE o.tenant_id = s.tenant_id AND o.group_submission_id = s.group_submission_id), s.submission_id)
        """;

    /// <summary>The check of an attempt; of a group's work it is the same for all its members.</summary>
    public Task<SimilarityCheck?> Find(SubmissionId submission, CancellationToken ct) => db.Find<SimilarityCheck>($"""
        SELECT {Sql.Raw(SimilarityCheck.Columns)} FROM submissions s
        JOIN similarity_checks c ON c.tenant_id = s.tenant_id AND c.submission_id = {Sql.Raw(Head)}
        WHERE s.tenant_id = {db.Tenant} AND s.submission_id = {submission}
        """, ct);

    /// <summary>Under which attempt this one's work is kept; null when it is none of the assignment's.</summary>
    public Task<SubmissionId?> HeadOf(SubmissionId submission, AssignmentId assignment, CancellationToken ct) =>
        db.Value<SubmissionId?>($"""
            SELECT {Sql.Raw(Head)} FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = {submission} AND s.assignment_id = {assignment}
            """, ct);

    public Task<List<SimilarityCheck>> Find(IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct) =>
        db.Query<SimilarityCheck>($"""
            SELECT {Sql.Raw(SimilarityCheck.Columns)} FROM similarity_checks c
            WHERE c.tenant_id = {db.Tenant} AND c.submission_id = ANY ({submissions.ToArray()})
            """, ct);

    /// <summary>Holds these checks until the unit of work ends, always in the same order.</summary>
    public Task Hold(IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct) => db.Query<SubmissionId>($"""
        SELECT c.submission_id FROM similarity_checks c
        WHERE c.tenant_id = {db.Tenant} AND c.submission_id = ANY ({submissions.ToArray()}) ORDER BY c.submission_id FOR UPDATE
        """, ct);

    /// <summary>Asks for attempts to be read and compared, also those that were before; what was found stands till then.</summary>
    /// <remarks>Of a group's attempts only the first is taken, so that its work is read once.</remarks>
    public async Task Ask(IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct)
    {
        var asked = await db.Query<SubmissionId>($"""
            INSERT INTO similarity_checks (tenant_id, submission_id, assignment_id, course_id, user_id, authors, attempt, state)
            SELECT {db.Tenant}, s.submission_id, s.assignment_id, s.course_id, s.user_id,
                COALESCE((SELECT array_agg(o.user_id ORDER BY o.user_id) FROM submissions o
                    WHERE o.tenant_id = s.tenant_id AND o.group_submission_id = s.group_submission_id), ARRAY[s.user_id]),
                s.attempt, 'waiting'
            FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({submissions.ToArray()}) AND s.submission_id = {Sql.Raw(Head)}
            ORDER BY s.submission_id
            ON CONFLICT (tenant_id, submission_id) DO UPDATE SET state = 'waiting'
            RETURNING submission_id
            """, ct);
        foreach (var submission in asked) db.Enqueue(new ReadForSimilarity(submission), ReadForSimilarity.Options);
    }

    public Task<List<SubmissionId>> SubmissionsOf(AssignmentId assignment, SubmissionId? after, int most, CancellationToken ct) =>
        db.Query<SubmissionId>($"""
            SELECT s.submission_id FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {assignment} AND s.submission_id > {after?.Value ?? 0}
            ORDER BY s.submission_id LIMIT {most}
            """, ct);

    public Task KeepText(
        Submission work, WorkText text, ComparedText compared, IEnumerable<TextRange> leftOut, CancellationToken ct)
    {
        var state = compared.Counted == 0 ? SimilarityState.Nothing : SimilarityState.Comparing;
        return db.Execute($"""
            UPDATE similarity_checks SET state = {state}, body = {text.Text}, left_out = {Ranges.Flat(leftOut)},
                unread = {Sql.Json(new UnreadFiles(text.Unread))}, words = {compared.Count},
                left_out_words = {compared.Count - compared.Counted},
                checked_at = CASE WHEN {compared.Counted} = 0 THEN {db.Now} ELSE checked_at END
            WHERE tenant_id = {db.Tenant} AND submission_id = {work.SubmissionId}
            """, ct);
    }

    /// <summary>The most alike first.</summary>
    public Task<List<SimilarityMatch>> Matches(IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct) =>
        db.Query<SimilarityMatch>($"""
            SELECT m.submission_id, m.source, m.other_submission_id, m.title, m.address, m.matched_words, m.passages,
                x.source IS NOT NULL AS excluded
            FROM unnest({submissions.ToArray()}) AS wanted(submission_id) CROSS JOIN LATERAL (
                SELECT a.submission_id, a.source, a.other_submission_id, a.title, a.address, a.matched_words, a.passages
                FROM similarity_matches a WHERE a.tenant_id = {db.Tenant} AND a.submission_id = wanted.submission_id
                ORDER BY a.matched_words DESC, a.source LIMIT {MostMatches}) m
            LEFT JOIN similarity_exclusions x
                ON x.tenant_id = {db.Tenant} AND x.submission_id = m.submission_id AND x.source = m.source
            ORDER BY m.submission_id, m.matched_words DESC, m.source
            """, ct);

    /// <summary>Takes away what was found of a piece of work, from both sides.</summary>
    public Task Forget(SubmissionId submission, CancellationToken ct) => db.Execute($"""
        WITH own AS (
            DELETE FROM similarity_matches WHERE tenant_id = {db.Tenant} AND submission_id = {submission}
            RETURNING other_submission_id)
        DELETE FROM similarity_matches m USING own
        WHERE m.tenant_id = {db.Tenant} AND m.submission_id = own.other_submission_id AND m.source = {SourceOf(submission)}
        """, ct);

    /// <summary>Says that a source is none in this work, or that it is one after all.</summary>
    public Task Exclude(SubmissionId submission, string source, bool excluded, UserId? by, CancellationToken ct)
    {
        if (!excluded)
        {
            return db.Execute($"""
                DELETE FROM similarity_exclusions
                WHERE tenant_id = {db.Tenant} AND submission_id = {submission} AND source = {source}
                """, ct);
        }

        return db.Execute($"""
            INSERT INTO similarity_exclusions (tenant_id, submission_id, source, excluded_by, excluded_at)
            VALUES ({db.Tenant}, {submission}, {source}, {by}, {db.Now}) ON CONFLICT DO NOTHING
            """, ct);
    }

    public Task Add(IReadOnlyCollection<SimilarityMatch> matches, CancellationToken ct) => matches.Count == 0
        ? Task.CompletedTask
        : db.Execute($"""
            INSERT INTO similarity_matches (tenant_id, submission_id, source, other_submission_id, title, address, matched_words, passages)
            SELECT {db.Tenant}, m.submission_id, m.source, m.other_submission_id, m.title, m.address, m.matched_words, m.passages
            FROM jsonb_to_recordset({Sql.Json(matches)}) AS m(submission_id bigint, source text, other_submission_id bigint, title text,
                address text, matched_words int, passages int[])
            ON CONFLICT (tenant_id, submission_id, source) DO UPDATE SET matched_words = excluded.matched_words,
                passages = excluded.passages, title = excluded.title, address = excluded.address
            """, ct);

    /// <summary>Writes down how much of a text stands elsewhere; a text that is yet to be read anew stays so.</summary>
    public Task SetShare(SubmissionId submission, int matchedWords, int share, SimilarityState? state, CancellationToken ct) =>
        db.Execute($"""
            UPDATE similarity_checks SET matched_words = {matchedWords}, share = {share},
                state = CASE WHEN state = 'comparing' THEN COALESCE({state}::text, state) ELSE state END, checked_at = {db.Now}
            WHERE tenant_id = {db.Tenant} AND submission_id = {submission}
            """, ct);

    /// <summary>What was found of an assignment's work, the most alike first.</summary>
    public Task<List<SimilarityLine>> Page(AssignmentId assignment, PageRequest page, CancellationToken ct)
    {
        var (share, id) = page.After is null ? ("10000", long.MaxValue) : page.AfterKey;
        return db.Query<SimilarityLine>($"""
            SELECT c.submission_id, c.user_id, COALESCE(g.group_name, p.name) AS name, c.attempt, c.state, c.words, c.matched_words,
                c.share, jsonb_array_length(c.unread -> 'files') AS unread_files, c.checked_at
            FROM similarity_checks c
            JOIN submissions s ON s.tenant_id = c.tenant_id AND s.submission_id = c.submission_id
            JOIN people p ON p.tenant_id = c.tenant_id AND p.user_id = c.user_id
            LEFT JOIN group_submissions g ON g.tenant_id = s.tenant_id AND g.group_submission_id = s.group_submission_id
            WHERE c.tenant_id = {db.Tenant} AND c.assignment_id = {assignment}
                AND (c.share, c.submission_id) < ({(int.TryParse(share, out var number) ? number : 0)}, {id})
            ORDER BY c.share DESC, c.submission_id DESC LIMIT {page.Rows}
            """, ct);
    }

    /// <summary>How much of some attempts stands elsewhere, where that is compared.</summary>
    public async Task<IReadOnlyDictionary<SubmissionId, SimilarityShare>> SharesOf(
        IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct)
    {
        if (submissions.Count == 0) return new Dictionary<SubmissionId, SimilarityShare>();
        var found = await db.Query<Found>($"""
            SELECT s.submission_id, c.state, c.share FROM submissions s
            JOIN similarity_checks c ON c.tenant_id = s.tenant_id AND c.submission_id = {Sql.Raw(Head)}
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({submissions.ToArray()})
            """, ct);
        return found.ToDictionary(one => one.SubmissionId, one => new SimilarityShare(one.State, one.Share / 100m));
    }

    /// <summary>Whose and what other work is.</summary>
    public Task<List<SimilarWorkCard>> Cards(IReadOnlyCollection<SubmissionId> submissions, CancellationToken ct) =>
        db.Query<SimilarWorkCard>($"""
            SELECT s.submission_id, s.course_id, s.assignment_id, s.user_id, COALESCE(g.group_name, p.name) AS name, s.attempt,
                s.submitted_at, a.title AS assignment_title, k.title AS course_title
            FROM submissions s JOIN people p ON p.tenant_id = s.tenant_id AND p.user_id = s.user_id
            LEFT JOIN group_submissions g ON g.tenant_id = s.tenant_id AND g.group_submission_id = s.group_submission_id
            JOIN assignments a ON a.tenant_id = s.tenant_id AND a.assignment_id = s.assignment_id
            LEFT JOIN course_cards k ON k.tenant_id = s.tenant_id AND k.course_id = s.course_id
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({submissions.ToArray()})
            """, ct);

    public static string SourceOf(SubmissionId work) => $"work:{work.Value}";

    private sealed record Found(SubmissionId SubmissionId, SimilarityState State, int Share);
}

/// <summary>How much of an attempt stands elsewhere too.</summary>
internal sealed record SimilarityShare(SimilarityState State, decimal SharePercent);

/// <summary>One line of an assignment's list.</summary>
internal sealed record SimilarityLine(
    SubmissionId SubmissionId, UserId UserId, string Name, int Attempt, SimilarityState State, int Words, int MatchedWords, int Share,
    int UnreadFiles, DateTimeOffset? CheckedAt);

/// <summary>Other work, as those who may see it are told of it.</summary>
internal sealed record SimilarWorkCard(
    SubmissionId SubmissionId, Lectern.Contracts.Courses.CourseId CourseId, AssignmentId AssignmentId, UserId UserId, string Name,
    int Attempt, DateTimeOffset SubmittedAt, string AssignmentTitle, string? CourseTitle);
