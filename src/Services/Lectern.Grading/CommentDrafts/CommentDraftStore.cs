using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.CommentDrafts;

/// <summary>What graders are writing; each sees their own.</summary>
internal sealed class CommentDraftStore(TenantDb db, Actor actor)
{
    public Task<CommentDraft?> Find(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Find<CommentDraft>($"""
        SELECT body, saved_at, version FROM comment_drafts
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} AND grader_id = {actor.Person}
        """, ct);

    /// <summary>Keeps a draft if it still has the version that was seen; null when another window was faster.</summary>
    public async Task<int?> Keep(AssignmentId assignment, UserId learner, string body, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Value<int?>($"""
            INSERT INTO comment_drafts AS d (tenant_id, assignment_id, user_id, grader_id, body, saved_at)
            VALUES ({db.Tenant}, {assignment}, {learner}, {actor.Person}, {body}, {db.Now})
            ON CONFLICT (tenant_id, assignment_id, user_id, grader_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at,
                version = d.version + 1
            WHERE d.version = {seen}
            RETURNING d.version
            """, ct);
    }
}

/// <summary>What a grader was writing.</summary>
internal sealed record CommentDraft(string Body, DateTimeOffset SavedAt, int Version);
