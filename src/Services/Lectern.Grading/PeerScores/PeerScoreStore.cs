using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerScores;

/// <summary>What reviews by peers give, and what of it was taken over as grades.</summary>
internal sealed class PeerScoreStore(TenantDb db, Actor actor)
{
    /// <summary>Learners who handed in, in the order of their names or, where there are none, of nothing.</summary>
    public Task<List<ScoredLearner>> Learners(
        CourseId course, AssignmentId assignment, PageRequest page, Pseudonyms? pseudonyms, CancellationToken ct)
    {
        Sql Order() => pseudonyms is { Hidden: true } ? pseudonyms.OrderOf("p.user_id") : Sql.Raw("p.sortable_name");
        var (name, user) = page.AfterKey;
        return db.Query<ScoredLearner>($"""
            SELECT p.user_id, p.name, {Order()} AS sort_key FROM people p
            WHERE p.tenant_id = {db.Tenant} AND ({Order()}, p.user_id) > ({name}, {user}) AND p.user_id IN (
                SELECT s.user_id FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {assignment})
                AND EXISTS (SELECT 1 FROM course_members m
                    WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = p.user_id AND m.role = 'learner'
                        AND m.state = 'active')
            ORDER BY {Order()}, p.user_id LIMIT {page.Rows}
            """, ct);
    }

    /// <summary>Everybody whose work has a review that gives a score; at most one more than asked for.</summary>
    public Task<List<UserId>> Reviewed(CourseId course, AssignmentId assignment, int most, CancellationToken ct) => db.Query<UserId>($"""
        SELECT DISTINCT u.user_id FROM peer_reviews r
        JOIN submissions w ON w.tenant_id = r.tenant_id AND w.submission_id = r.submission_id
        CROSS JOIN LATERAL (
            SELECT w.user_id UNION SELECT o.user_id FROM submissions o
            WHERE o.tenant_id = w.tenant_id AND o.group_submission_id = w.group_submission_id) u
        WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND {Sql.Raw(Counts)} AND EXISTS (
            SELECT 1 FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = u.user_id AND m.role = 'learner'
                AND m.state = 'active')
        ORDER BY u.user_id LIMIT {most + 1}
        """, ct);

    /// <summary>What reviews give these learners' work, that of a group to all who made it; each by the keys of its own pairs.</summary>
    public async Task<Dictionary<UserId, VotedWork>> Votes(
        CourseId course, AssignmentId assignment, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var rows = await db.Query<VoteRow>($"""
            SELECT u.user_id, t.reviewer_id, t.share, (
                SELECT m.submission_id FROM submissions m
                JOIN submissions w ON w.tenant_id = m.tenant_id AND w.submission_id = t.submission_id
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = u.user_id AND m.assignment_id = {assignment}
                    AND (m.submission_id = w.submission_id OR m.group_submission_id = w.group_submission_id) LIMIT 1) AS submission_id
            FROM unnest({users.ToArray()}) AS u(user_id)
            CROSS JOIN LATERAL (
                SELECT r.reviewer_id, r.submission_id, r.peer_review_id,
                    (r.assessment ->> 'total')::numeric / v.points_possible AS share
                FROM peer_reviews r
                JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = (r.assessment ->> 'rubric_id')::bigint
                    AND v.version = (r.assessment ->> 'rubric_version')::int AND v.points_possible > 0
                WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND {Sql.Raw(Counts)} AND r.author_id IN (
                    SELECT u.user_id UNION SELECT o.user_id FROM submissions s
                    JOIN submissions o ON o.tenant_id = s.tenant_id AND o.group_submission_id = s.group_submission_id
                    WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = u.user_id
                        AND s.assignment_id = {assignment})) t
            ORDER BY u.user_id, t.peer_review_id
            """, ct);
        var weights = await Weights(assignment, [.. rows.Select(row => row.ReviewerId).Distinct()], ct);
        return rows.Where(row => row.SubmissionId is not null).GroupBy(row => row.UserId).ToDictionary(
            of => of.Key,
            of => new VotedWork(
                of.Key, new(of.Max(row => row.SubmissionId!.Value.Value)),
                [.. of.Select(row => new PeerVote(
                    row.ReviewerId, row.Share, weights.GetValueOrDefault(row.ReviewerId, PeerVote.Unknown)))]));
    }

    /// <summary>How much reviews of those count who have reviewed works with a reference, by how near they came on average.</summary>
    public async Task<Dictionary<UserId, decimal>> Weights(
        AssignmentId assignment, IReadOnlyCollection<UserId> reviewers, CancellationToken ct) =>
        (await db.Query<Distance>($"""
            SELECT r.reviewer_id, avg(abs((r.assessment ->> 'total')::numeric / v.points_possible - COALESCE(
                (c.assessment ->> 'total')::numeric / NULLIF(w.points_possible, 0), c.score / NULLIF(a.points_possible, 0), 0))) AS off
            FROM peer_reviews r
            JOIN assignments a ON a.tenant_id = r.tenant_id AND a.assignment_id = r.assignment_id
            JOIN calibration_works c ON c.tenant_id = r.tenant_id AND c.assignment_id = r.assignment_id AND c.user_id = r.author_id
            JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = (r.assessment ->> 'rubric_id')::bigint
                AND v.version = (r.assessment ->> 'rubric_version')::int AND v.points_possible > 0
            LEFT JOIN rubric_versions w ON w.tenant_id = r.tenant_id AND w.rubric_id = (c.assessment ->> 'rubric_id')::bigint
                AND w.version = (c.assessment ->> 'rubric_version')::int
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.kind = 'sample' AND r.removed_at IS NULL
                AND r.handed_in_at IS NOT NULL AND (r.assessment ->> 'total') IS NOT NULL
                AND r.reviewer_id = ANY ({reviewers.ToArray()})
            GROUP BY r.reviewer_id
            """, ct)).ToDictionary(one => one.ReviewerId, one => PeerVote.WeightOf(one.Off));

    /// <summary>Versions of these learners' grades that the newest standing takeover made.</summary>
    public async Task<Dictionary<UserId, int>> Taken(
        CourseId course, AssignmentId assignment, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        (await db.Query<TakenVersion>($"""
            SELECT g.user_id, max(g.made_version) AS version FROM peer_takeover_grades g
            JOIN peer_takeovers t ON t.tenant_id = g.tenant_id AND t.peer_takeover_id = g.peer_takeover_id AND t.reversed_at IS NULL
            WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = ANY ({users.ToArray()})
                AND g.assignment_id = {assignment}
            GROUP BY g.user_id
            """, ct)).ToDictionary(one => one.UserId, one => one.Version);

    /// <summary>Which of a learner's grades were taken over from peers, and stand.</summary>
    public Task<List<PeerOrigin>> Origins(CourseId course, UserId user, CancellationToken ct) => db.Query<PeerOrigin>($"""
        SELECT DISTINCT ON (g.assignment_id) g.assignment_id, t.rule, g.reviews, g.score, g.made_version FROM peer_takeover_grades g
        JOIN peer_takeovers t ON t.tenant_id = g.tenant_id AND t.peer_takeover_id = g.peer_takeover_id AND t.reversed_at IS NULL
        WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = {user}
        ORDER BY g.assignment_id, g.peer_takeover_id DESC
        """, ct);

    public async Task<PeerTakeoverId> Add(
        CourseId course, AssignmentId assignment, PeerRule rule, bool overwrites, IReadOnlyCollection<TakenGrade> grades,
        CancellationToken ct)
    {
        var id = await db.Get<PeerTakeoverId>($"""
            INSERT INTO peer_takeovers (tenant_id, course_id, assignment_id, rule, overwrites, actor_id, at)
            VALUES ({db.Tenant}, {course}, {assignment}, {rule}, {overwrites}, {actor.Person}, {db.Now}) RETURNING peer_takeover_id
            """, ct);
        await db.Execute($"""
            INSERT INTO peer_takeover_grades (
                tenant_id, peer_takeover_id, course_id, assignment_id, user_id, score, reviews, seen_version, made_version)
            SELECT {db.Tenant}, {id}, {course}, {assignment}, t.user_id, t.score, t.reviews, t.seen_version, t.made_version
            FROM unnest({grades.Select(one => one.UserId).ToArray()}, {grades.Select(one => one.Score).ToArray()},
                {grades.Select(one => one.Reviews).ToArray()}, {grades.Select(one => one.SeenVersion).ToArray()},
                {grades.Select(one => one.MadeVersion).ToArray()}) AS t(user_id, score, reviews, seen_version, made_version)
            """, ct);
        return id;
    }

    /// <summary>The newest first; nobody takes over more often than a list can show.</summary>
    public Task<List<PeerTakeover>> List(AssignmentId assignment, CancellationToken ct) => db.Query<PeerTakeover>($"""
        {Takeovers} WHERE t.tenant_id = {db.Tenant} AND t.assignment_id = {assignment} ORDER BY t.peer_takeover_id DESC LIMIT 100
        """, ct);

    /// <summary>One of them, held until the unit of work ends, so that it is taken back once.</summary>
    public async Task<PeerTakeover?> Hold(AssignmentId assignment, PeerTakeoverId id, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<PeerTakeover>($"""
            {Takeovers} WHERE t.tenant_id = {db.Tenant} AND t.assignment_id = {assignment} AND t.peer_takeover_id = {id} FOR UPDATE OF t
            """, ct);
    }

    public Task<List<TakenGrade>> Grades(PeerTakeoverId id, CancellationToken ct) => db.Query<TakenGrade>($"""
        SELECT g.user_id, g.score, g.reviews, g.seen_version, g.made_version FROM peer_takeover_grades g
        WHERE g.tenant_id = {db.Tenant} AND g.peer_takeover_id = {id} ORDER BY g.user_id
        """, ct);

    public Task Reverse(PeerTakeoverId id, int reverted, CancellationToken ct) => db.Execute($"""
        UPDATE peer_takeovers SET reversed_at = {db.Now}, reversed_by = {actor.Person}, reverted = {reverted}
        WHERE tenant_id = {db.Tenant} AND peer_takeover_id = {id}
        """, ct);

    // Another's work, handed in, not taken away, and by a rubric.
    private const string Counts = """
        r.kind = 'peer' AND r.removed_at IS NULL AND r.handed_in_at IS NOT NULL AND (r.assessment ->> 'total') IS NOT NULL
        """;

    private static Sql Takeovers => Sql.Raw("""
        SELECT t.peer_takeover_id, t.course_id, t.rule, t.overwrites, t.at, p.name AS actor_name, t.reversed_at, t.reverted, (
            SELECT count(*)::int FROM peer_takeover_grades g
            WHERE g.tenant_id = t.tenant_id AND g.peer_takeover_id = t.peer_takeover_id) AS grades
        FROM peer_takeovers t LEFT JOIN people p ON p.tenant_id = t.tenant_id AND p.user_id = t.actor_id
        """);

    private sealed record VoteRow(UserId UserId, UserId ReviewerId, decimal Share, SubmissionId? SubmissionId);

    private sealed record Distance(UserId ReviewerId, decimal Off);

    private sealed record TakenVersion(UserId UserId, int Version);
}

/// <summary>Somebody who handed in.</summary>
internal sealed record ScoredLearner(UserId UserId, string Name, string SortKey);

/// <summary>A grade that was taken over from peers.</summary>
internal sealed record PeerOrigin(AssignmentId AssignmentId, PeerRule Rule, int Reviews, decimal Score, int MadeVersion);

/// <summary>A grade a takeover made, and the version it was made upon.</summary>
internal sealed record TakenGrade(UserId UserId, decimal Score, int Reviews, int SeenVersion, int MadeVersion);

/// <summary>One action that took scores of peers over as grades.</summary>
/// <param name="Grades">How many it made.</param>
/// <param name="Reverted">How many of them went back when it was taken back.</param>
internal sealed record PeerTakeover(
    PeerTakeoverId PeerTakeoverId, CourseId CourseId, PeerRule Rule, bool Overwrites, DateTimeOffset At, string? ActorName,
    DateTimeOffset? ReversedAt, int? Reverted, int Grades);
