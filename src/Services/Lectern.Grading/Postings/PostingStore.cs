using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Postings;

/// <summary>Postings, the grades each of them changed, and how an assignment's grades are posted.</summary>
internal sealed class PostingStore(TenantDb db, Actor actor)
{
    private const int Posted = (int)CellFlags.Posted;
    private const int Excused = (int)CellFlags.Excused;
    private const int NotAssigned = (int)CellFlags.NotAssigned;

    public async Task<Posting> Add(Assignment assignment, PostingAudience audience, CancellationToken ct)
    {
        await db.Begin(ct);
        var now = db.Now;
        return await db.Get<Posting>($"""
            INSERT INTO postings AS p (tenant_id, course_id, assignment_id, kind, only_graded, section_ids, actor_id, at, notices_at,
                posted_manually, would_post_at)
            VALUES ({db.Tenant}, {assignment.CourseId}, {assignment.AssignmentId}, {audience.Kind}, {audience.OnlyGraded},
                {audience.SectionIds}, {actor.UserId}, {now}, {now + Posting.UndoFor}, {assignment.PostsManually}, {assignment.PostsAt})
            RETURNING {Sql.Raw(Posting.Columns)}
            """, ct);
    }

    /// <summary>Takes hold of a posting, so that its steps, its undo and its notices follow each other. Held before any row.</summary>
    public async Task<Posting?> Hold(PostingId id, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<Posting>($"""
            SELECT {Sql.Raw(Posting.Columns)} FROM postings p WHERE p.tenant_id = {db.Tenant} AND p.posting_id = {id} FOR UPDATE OF p
            """, ct);
    }

    /// <summary>The latest first.</summary>
    public Task<List<Posting>> List(AssignmentId assignment, long before, int limit, CancellationToken ct) => db.Query<Posting>($"""
        SELECT {Sql.Raw(Posting.Columns)} FROM postings p
        WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = {assignment} AND p.posting_id < {before}
        ORDER BY p.posting_id DESC LIMIT {limit}
        """, ct);

    /// <summary>Whether each of these sections has learners in the course.</summary>
    public async Task<bool> AllHaveLearners(CourseId course, SectionId[] sections, CancellationToken ct) => sections.Length == 0
        || await db.Get<long>($"""
            SELECT count(DISTINCT m.section_id) FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.section_id = ANY ({sections})
            """, ct) == sections.Distinct().LongCount();

    /// <summary>
    /// Whose grades a posting is about to change, in user order: by what their lines of the gradebook say, which are one index range.
    /// Hiding reaches those too who have left. Where grades show as they are entered, a score the missing policy gave is not hidden.
    /// </summary>
    public Task<List<UserId>> Audience(Posting posting, UserId after, int limit, CancellationToken ct)
    {
        var post = posting.Kind is PostingKind.Post;
        // Those to come need no entry of their own where they are shown as they are entered.
        var graded = post && (posting.OnlyGraded || !posting.PolicyAfter.PostsManually);
        return db.Query<UserId>($"""
            SELECT r.user_id FROM assignments a
            JOIN gradebook_rows r ON r.tenant_id = a.tenant_id AND r.course_id = a.course_id
            CROSS JOIN LATERAL (
                SELECT COALESCE(r.flags[a.slot + 1], 0) AS flags, COALESCE(r.cells[a.slot + 1], {Scaled.None}) AS cell,
                    COALESCE(r.versions[a.slot + 1], 0) AS version) c
            WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {posting.AssignmentId}
                AND r.tenant_id = {db.Tenant} AND r.course_id = {posting.CourseId} AND r.user_id > {after}
                AND (c.flags & {Posted} = 0) = {post} AND (NOT {post} OR c.flags & {NotAssigned} = 0)
                AND (NOT {graded} OR c.cell <> {Scaled.None} OR c.flags & {Excused} <> 0)
                AND (NOT {post} OR c.version > 0 OR {posting.PostedManually})
                AND {IsMeant(posting)}
            ORDER BY r.user_id LIMIT {limit}
            """, ct);
    }

    /// <summary>
    /// Everybody a posting is for, in user order, whatever their lines say. An undone one was for everybody: its policy knew no sections.
    /// </summary>
    public Task<List<UserId>> Meant(Posting posting, UserId after, int limit, CancellationToken ct) => db.Query<UserId>($"""
        SELECT r.user_id FROM gradebook_rows r
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {posting.CourseId} AND r.user_id > {after}
            AND {IsMeant(posting.UndoneAt is null ? posting : posting with { SectionIds = [] })}
        ORDER BY r.user_id LIMIT {limit}
        """, ct);

    /// <summary>When later ones showed grades of the same assignment.</summary>
    public Task<List<DateTimeOffset>> LaterPosts(Posting posting, CancellationToken ct) => db.Query<DateTimeOffset>($"""
        SELECT p.at FROM postings p
        WHERE p.tenant_id = {db.Tenant} AND p.assignment_id = {posting.AssignmentId} AND p.posting_id > {posting.PostingId}
            AND p.kind = 'post'
        """, ct);

    /// <summary>Which of these learners had a score or an excuse before it.</summary>
    public async Task<HashSet<UserId>> GradedBefore(Posting posting, UserId[] learners, CancellationToken ct) =>
    [
        .. await db.Query<UserId>($"""
            SELECT DISTINCT e.user_id FROM grade_entries e
            WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {posting.AssignmentId} AND e.user_id = ANY ({learners})
                AND e.at <= {posting.At} AND (e.entered_score IS NOT NULL OR e.status = 'excused')
            """, ct),
    ];

    private Sql IsMeant(Posting posting) => $"""
        EXISTS (SELECT 1 FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {posting.CourseId} AND m.role = 'learner' AND m.user_id = r.user_id
                {Sql.When(posting.Kind is PostingKind.Post, $"AND m.state = 'active'")}
                {Sql.When(posting.SectionIds.Length > 0, $"AND m.section_id = ANY ({posting.SectionIds})")})
        """;

    /// <summary>Whose grades it changed, in user order.</summary>
    public Task<List<UserId>> Touched(Posting posting, UserId after, int limit, CancellationToken ct) => db.Query<UserId>($"""
        SELECT t.user_id FROM posting_grades t
        WHERE t.tenant_id = {db.Tenant} AND t.posting_id = {posting.PostingId} AND t.user_id > {after} ORDER BY t.user_id LIMIT {limit}
        """, ct);

    /// <summary>What stood before it in these learners' grades, leaving out those whose posting somebody changed since.</summary>
    public Task<List<PostedBefore>> Before(Posting posting, IReadOnlyCollection<UserId> learners, CancellationToken ct) =>
        db.Query<PostedBefore>($"""
            SELECT t.user_id, t.posted_before AS at FROM posting_grades t
            WHERE t.tenant_id = {db.Tenant} AND t.posting_id = {posting.PostingId} AND t.user_id = ANY ({learners.ToArray()})
                AND NOT EXISTS (SELECT 1 FROM grade_entries e
                    WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {posting.AssignmentId} AND e.user_id = t.user_id
                        AND e.version > t.version AND e.posted_at IS DISTINCT FROM {posting.Sets}::timestamptz)
            """, ct);

    /// <summary>Of those it showed a grade, whether they still see that one.</summary>
    public Task<List<ToldLearner>> ToTell(Posting posting, UserId after, int limit, CancellationToken ct) => db.Query<ToldLearner>($"""
        SELECT t.user_id, g.score,
            COALESCE(g.posted_at = {posting.At}, false) AND (g.score IS NOT NULL OR g.status = 'excused') AS sees
        FROM posting_grades t
        JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {posting.CourseId} AND g.user_id = t.user_id
            AND g.assignment_id = {posting.AssignmentId}
        WHERE t.tenant_id = {db.Tenant} AND t.posting_id = {posting.PostingId} AND t.user_id > {after} ORDER BY t.user_id LIMIT {limit}
        """, ct);

    /// <summary>Appends to the ledger that these grades are shown or hidden, each as it is to stand, and folds them from it.</summary>
    public void AppendAtCommit(Posting posting, IReadOnlyList<Grade> grades, string? reason)
    {
        var now = db.Now;
        var source = actor.Kind is ActorKind.Person or ActorKind.System ? GradeSource.Person : GradeSource.Api;
        var users = grades.Select(grade => grade.UserId).ToArray();
        var versions = grades.Select(grade => grade.Version).ToArray();
        var posted = grades.Select(grade => grade.PostedAt?.UtcDateTime).ToArray();
        var entries = grades.Select(_ => Guid.CreateVersion7(now)).ToArray();
        db.AtCommit($"""
            INSERT INTO grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score,
                score_is_automatic, status, seconds_late, pending_review, posted_at, submission_id, rubric_data, source, actor_id, reason,
                at, attempt_scores, label)
            SELECT {db.Tenant}, {posting.AssignmentId}, t.user_id, t.version, t.entry, {posting.CourseId}, {EntryKind.Posting},
                g.entered_score, COALESCE(g.score_is_automatic, false), COALESCE(g.status, 'computed'), g.seconds_late,
                COALESCE(g.pending_review, false), t.posted_at, g.submission_id, g.rubric_data, {source}, {actor.UserId}::bigint,
                {reason}::text, {now}, g.attempt_scores, g.label
            FROM unnest({users}, {versions}, {entries}, {posted}) AS t(user_id, version, entry, posted_at)
            LEFT JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {posting.CourseId} AND g.user_id = t.user_id
                AND g.assignment_id = {posting.AssignmentId}
            """);
        // Who graded, and when, stays: nobody has.
        db.AtCommit($"""
            INSERT INTO grades AS g (tenant_id, course_id, assignment_id, user_id, status, posted_at, source, graded_at, version,
                said_version)
            SELECT {db.Tenant}, {posting.CourseId}, {posting.AssignmentId}, t.user_id, 'computed', t.posted_at, {source}, {now}, t.version,
                0
            FROM unnest({users}, {versions}, {posted}) AS t(user_id, version, posted_at)
            ON CONFLICT (tenant_id, course_id, user_id, assignment_id) DO UPDATE SET
                posted_at = excluded.posted_at, version = excluded.version,
                said_version = COALESCE(g.said_version, g.version)
            """);
    }

    /// <summary>Remembers which grades it changed and what stood there before.</summary>
    public void RememberAtCommit(Posting posting, IReadOnlyList<(Grade Before, Grade After)> changed) => db.AtCommit($"""
        INSERT INTO posting_grades (tenant_id, posting_id, user_id, version, posted_before)
        SELECT {db.Tenant}, {posting.PostingId}, t.user_id, t.version, t.posted_before
        FROM unnest({changed.Select(grade => grade.After.UserId).ToArray()}, {changed.Select(grade => grade.After.Version).ToArray()},
            {changed.Select(grade => grade.Before.PostedAt?.UtcDateTime).ToArray()}) AS t(user_id, version, posted_before)
        ON CONFLICT DO NOTHING
        """);

    /// <summary>Writes down how far it has come; the caller holds it.</summary>
    public void SaveAtCommit(Posting posting) => db.AtCommit($"""
        UPDATE postings SET grades = {posting.Grades}, finished_at = {posting.FinishedAt}, undone_at = {posting.UndoneAt},
            undone_by = CASE WHEN {posting.UndoneAt}::timestamptz IS NULL THEN NULL ELSE COALESCE(undone_by, {actor.UserId}::bigint) END,
            version = version + 1
        WHERE tenant_id = {db.Tenant} AND posting_id = {posting.PostingId}
        """);

    /// <summary>
    /// Puts another policy in the place of one, unless somebody has changed it meanwhile. Sent after the course's counter is had, like
    /// every change of an assignment.
    /// </summary>
    public void ChangePolicyAtCommit(AssignmentId assignment, PostingPolicy from, PostingPolicy to) => db.AtCommit($"""
        UPDATE assignments SET posts_manually = {to.PostsManually}, posts_at = {to.PostsAt}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND posts_manually = {from.PostsManually}
            AND posts_at IS NOT DISTINCT FROM {from.PostsAt}::timestamptz
            AND (anonymity_key IS NULL OR anonymity_lifted_at IS NOT NULL OR {to.PostsManually})
        """);

    /// <summary>The same at once, if the assignment still has the version that was seen.</summary>
    public async Task<bool> ChangePolicy(AssignmentId assignment, PostingPolicy to, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE assignments SET posts_manually = {to.PostsManually}, posts_at = {to.PostsAt}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen} AND status <> 'deleted'
        """, ct) == 1;
}

internal sealed record PostedBefore(UserId UserId, DateTimeOffset? At);

/// <param name="Sees">Whether the learner still sees what this posting showed, and there is something to see.</param>
internal sealed record ToldLearner(UserId UserId, decimal? Score, bool Sees);
