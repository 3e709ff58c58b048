using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.SavedComments;

/// <summary>What people say often; each has their own.</summary>
internal sealed class SavedCommentStore(TenantDb db, Actor actor)
{
    public Task<List<SavedComment>> List(CancellationToken ct) => db.Query<SavedComment>($"""
        SELECT saved_comment_id, body, used_count FROM saved_comments WHERE tenant_id = {db.Tenant} AND user_id = {actor.Person}
        ORDER BY used_count DESC, saved_comment_id DESC
        """, ct);

    public Task<SavedComment> Add(string body, CancellationToken ct) => db.Get<SavedComment>($"""
        INSERT INTO saved_comments (tenant_id, user_id, body, created_at) VALUES ({db.Tenant}, {actor.Person}, {body}, {db.Now})
        RETURNING saved_comment_id, body, used_count
        """, ct);

    /// <summary>Counts a use; null when it is not this person's.</summary>
    public Task<SavedComment?> Use(SavedCommentId id, CancellationToken ct) => db.Find<SavedComment>($"""
        UPDATE saved_comments SET used_count = used_count + 1
        WHERE tenant_id = {db.Tenant} AND saved_comment_id = {id} AND user_id = {actor.Person}
        RETURNING saved_comment_id, body, used_count
        """, ct);

    public async Task<bool> Remove(SavedCommentId id, CancellationToken ct) => await db.Execute($"""
        DELETE FROM saved_comments WHERE tenant_id = {db.Tenant} AND saved_comment_id = {id} AND user_id = {actor.Person}
        """, ct) == 1;
}

/// <summary>Something a grader says often.</summary>
internal sealed record SavedComment(SavedCommentId SavedCommentId, string Body, int UsedCount);
