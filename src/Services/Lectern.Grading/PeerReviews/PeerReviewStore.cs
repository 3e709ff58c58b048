using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>Reviews of learners by learners.</summary>
internal sealed class PeerReviewStore(TenantDb db, Actor actor)
{
    public Task<PeerReview?> Find(PeerReviewId id, CancellationToken ct) => db.Find<PeerReview>(
        $"SELECT {Sql.Raw(PeerReview.Columns)} FROM peer_reviews r WHERE r.tenant_id = {db.Tenant} AND r.peer_review_id = {id}", ct);

    public Task<PeerReview?> Hold(PeerReviewId id, CancellationToken ct) => db.Find<PeerReview>($"""
        SELECT {Sql.Raw(PeerReview.Columns)} FROM peer_reviews r WHERE r.tenant_id = {db.Tenant} AND r.peer_review_id = {id} FOR UPDATE
        """, ct);

    /// <summary>Writes what a reviewer says; the caller holds the review and has compared versions.</summary>
    public Task<int> Save(PeerReview review, CancellationToken ct) => db.Execute($"""
        UPDATE peer_reviews SET assessment = {(review.Assessment is { } said ? Sql.Json(said) : new JsonValue("null"))},
            comment = {review.Comment}, saved_at = {review.SavedAt}::timestamptz, handed_in_at = {review.HandedInAt}::timestamptz,
            version = {review.Version}
        WHERE tenant_id = {db.Tenant} AND peer_review_id = {review.PeerReviewId}
        """, ct);

    /// <summary>What a learner is asked for on one assignment, in an order that says nothing of whose work it is.</summary>
    public Task<List<AskedReview>> Mine(AssignmentId assignment, CancellationToken ct) => db.Query<AskedReview>($"""
        SELECT r.peer_review_id, r.author_id, r.kind, COALESCE(g.group_name, p.name) AS author_name, r.saved_at, r.handed_in_at
        FROM peer_reviews r
        JOIN people p ON p.tenant_id = r.tenant_id AND p.user_id = r.author_id
        LEFT JOIN submissions s ON s.tenant_id = r.tenant_id AND s.submission_id = r.submission_id
        LEFT JOIN group_submissions g ON g.tenant_id = s.tenant_id AND g.group_submission_id = s.group_submission_id
        WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.reviewer_id = {actor.Person} AND r.removed_at IS NULL
        ORDER BY r.kind <> {PeerKind.Sample}, r.kind, r.peer_review_id
        """, ct);

    /// <summary>Reviews handed in of what a learner made, alone or with others; of their own only theirs.</summary>
    public Task<List<ReceivedReview>> Received(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<ReceivedReview>($"""
            SELECT {Sql.Raw(PeerReview.Columns)}, p.name AS reviewer_name FROM peer_reviews r
            JOIN people p ON p.tenant_id = r.tenant_id AND p.user_id = r.reviewer_id
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.removed_at IS NULL AND r.handed_in_at IS NOT NULL
                AND r.author_id IN (
                    SELECT o.user_id FROM submissions o WHERE o.tenant_id = {db.Tenant} AND o.group_submission_id IN (
                        SELECT m.group_submission_id FROM submissions m
                        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = {learner}
                            AND m.assignment_id = {assignment})
                    UNION SELECT {learner})
                AND (r.kind = 'peer' OR r.reviewer_id = {learner})
            ORDER BY r.kind, r.peer_review_id
            """, ct);

    /// <summary>Whether somebody has still to practise on works with a reference.</summary>
    public Task<bool> OwesSamples(PeerReview review, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM peer_reviews r
            JOIN calibration_works w ON w.tenant_id = r.tenant_id AND w.assignment_id = r.assignment_id AND w.user_id = r.author_id
            WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {review.AssignmentId} AND r.reviewer_id = {review.ReviewerId}
                AND r.kind = {PeerKind.Sample} AND r.removed_at IS NULL AND r.handed_in_at IS NULL)
        """, ct);

    /// <summary>How many reviews somebody still owes on an assignment.</summary>
    public Task<int> Owed(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Value<int>($"""
        SELECT count(*)::int FROM peer_reviews
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND reviewer_id = {learner} AND removed_at IS NULL
            AND handed_in_at IS NULL
        """, ct);

    /// <summary>
    /// Everybody who handed in or reviews, by name, with how much was given and received. Each line counts by the keys of its own pairs.
    /// </summary>
    /// <param name="pseudonyms">Where graders see no names, lines come in an order that says nothing of them either.</param>
    public Task<List<ReviewerLine>> Reviewers(
        CourseId course, AssignmentId assignment, PageRequest page, Pseudonyms? pseudonyms, CancellationToken ct)
    {
        Sql Order() => pseudonyms is { Hidden: true } ? pseudonyms.OrderOf("p.user_id") : Sql.Raw("p.sortable_name");
        var (name, user) = page.AfterKey;
        return db.Query<ReviewerLine>($"""
            WITH page AS MATERIALIZED (
                SELECT p.user_id, p.name, {Order()} AS sortable_name FROM (
                    SELECT s.user_id FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.assignment_id = {assignment}
                    UNION SELECT r.reviewer_id FROM peer_reviews r
                    WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment}) u
                JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = u.user_id
                WHERE ({Order()}, p.user_id) > ({name}, {user}) ORDER BY {Order()}, p.user_id LIMIT {page.Rows})
            SELECT p.user_id, p.name, p.sortable_name, g.asked AS given, g.done AS given_done, g.newest AS last_at,
                t.asked AS received, t.done AS received_done, NULL::numeric AS reliability
            FROM page p
            CROSS JOIN LATERAL (
                SELECT count(*)::int AS asked, count(r.handed_in_at)::int AS done, max(r.saved_at) AS newest FROM peer_reviews r
                WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.reviewer_id = p.user_id
                    AND r.removed_at IS NULL) g
            LEFT JOIN LATERAL (
                SELECT s.submission_id, s.group_submission_id FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = p.user_id AND s.assignment_id = {assignment}
                ORDER BY s.attempt DESC LIMIT 1) l ON true
            CROSS JOIN LATERAL (
                SELECT count(*)::int AS asked, count(r.handed_in_at)::int AS done FROM peer_reviews r
                WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND r.kind = 'peer' AND r.removed_at IS NULL
                    AND r.author_id IN (
                        SELECT p.user_id UNION SELECT o.user_id FROM submissions o
                        WHERE o.tenant_id = {db.Tenant} AND o.group_submission_id = l.group_submission_id)) t
            ORDER BY p.sortable_name, p.user_id
            """, ct);
    }

    /// <summary>Reviews that one learner gives and gets, with those that were taken away.</summary>
    public Task<List<PairLine>> Pairs(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Query<PairLine>($"""
        SELECT r.peer_review_id, r.reviewer_id, w.name AS reviewer_name, r.author_id, a.name AS author_name, r.kind, r.saved_at,
            r.handed_in_at, r.removed_at, (r.assessment ->> 'total')::numeric AS total, r.version
        FROM peer_reviews r
        JOIN people w ON w.tenant_id = r.tenant_id AND w.user_id = r.reviewer_id
        JOIN people a ON a.tenant_id = r.tenant_id AND a.user_id = r.author_id
        WHERE r.tenant_id = {db.Tenant} AND r.assignment_id = {assignment} AND (r.reviewer_id = {learner} OR r.author_id = {learner})
        ORDER BY r.removed_at NULLS FIRST, r.reviewer_id = {learner} DESC, r.peer_review_id LIMIT 500
        """, ct);

    /// <summary>Asks somebody for one more review; one that is asked for already stays, and one that was taken away comes back.</summary>
    public async Task<PeerReviewId?> Add(PeerPlan plan, UserId reviewer, PeerWork work, PeerKind kind, CancellationToken ct)
    {
        var back = await db.Query<PeerReviewId>($"""
            UPDATE peer_reviews SET removed_at = NULL, removed_by = NULL, peer_reset_id = NULL, version = version + 1
            WHERE tenant_id = {db.Tenant} AND peer_review_id = (
                SELECT max(o.peer_review_id) FROM peer_reviews o
                WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = {plan.AssignmentId} AND o.reviewer_id = {reviewer}
                    AND o.author_id = {work.AuthorId} AND o.removed_at IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM peer_reviews n
                        WHERE n.tenant_id = {db.Tenant} AND n.assignment_id = {plan.AssignmentId} AND n.reviewer_id = {reviewer}
                            AND n.author_id = {work.AuthorId} AND n.removed_at IS NULL))
            RETURNING peer_review_id
            """, ct);
        if (back.Count > 0) return back[0];
        var added = await db.Query<PeerReviewId>($"""
            INSERT INTO peer_reviews (tenant_id, course_id, assignment_id, reviewer_id, author_id, submission_id, kind, by_hand,
                allocated_at)
            VALUES ({db.Tenant}, {plan.CourseId}, {plan.AssignmentId}, {reviewer}, {work.AuthorId}, {work.SubmissionId}, {kind}, true,
                {db.Now})
            ON CONFLICT DO NOTHING RETURNING peer_review_id
            """, ct);
        return added.Count > 0 ? added[0] : null;
    }

    /// <summary>Takes a review away or puts it back, as it was; false where another of the same pair stands by now.</summary>
    public async Task<bool> Remove(PeerReview review, bool removed, CancellationToken ct) => await db.Execute($"""
        UPDATE peer_reviews r SET removed_at = CASE WHEN {removed} THEN {db.Now}::timestamptz END,
            removed_by = CASE WHEN {removed} THEN {actor.UserId}::bigint END, peer_reset_id = NULL, version = version + 1
        WHERE r.tenant_id = {db.Tenant} AND r.peer_review_id = {review.PeerReviewId} AND ({removed} OR NOT EXISTS (
            SELECT 1 FROM peer_reviews n
            WHERE n.tenant_id = {db.Tenant} AND n.assignment_id = {review.AssignmentId} AND n.reviewer_id = {review.ReviewerId}
                AND n.author_id = {review.AuthorId} AND n.removed_at IS NULL))
        """, ct) == 1;
}

/// <summary>A review as its reviewer's list names it.</summary>
internal sealed record AskedReview(
    PeerReviewId PeerReviewId, UserId AuthorId, PeerKind Kind, string AuthorName, DateTimeOffset? SavedAt, DateTimeOffset? HandedInAt);

/// <summary>A review with who wrote it.</summary>
internal sealed record ReceivedReview(
    PeerReviewId PeerReviewId, CourseId CourseId, AssignmentId AssignmentId, UserId ReviewerId, UserId AuthorId,
    SubmissionId SubmissionId, PeerKind Kind, Assessment? Assessment, string Comment, DateTimeOffset? SavedAt,
    DateTimeOffset? HandedInAt, DateTimeOffset? RemovedAt, int Version, string ReviewerName);

/// <summary>How much somebody reviews and is reviewed.</summary>
/// <param name="LastAt">When they last wrote.</param>
/// <param name="Reliability">How much their reviews count where they are weighted; null where they have practised on no reference.</param>
internal sealed record ReviewerLine(
    UserId UserId, string Name, string SortableName, int Given, int GivenDone, DateTimeOffset? LastAt, int Received, int ReceivedDone,
    decimal? Reliability);

/// <summary>One reviewer and one work.</summary>
/// <param name="Total">What the review's rubric comes to so far.</param>
internal sealed record PairLine(
    PeerReviewId PeerReviewId, UserId ReviewerId, string ReviewerName, UserId AuthorId, string AuthorName, PeerKind Kind,
    DateTimeOffset? SavedAt, DateTimeOffset? HandedInAt, DateTimeOffset? RemovedAt, decimal? Total, int Version);
