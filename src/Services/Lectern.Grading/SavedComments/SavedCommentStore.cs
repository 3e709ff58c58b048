using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.SavedComments;

/// <summary>What people say often; each has their own.</summary>
internal sealed class SavedCommentStore(TenantDb db, Actor actor)
{
    private const string Columns = """
        saved_comment_id, body, used_count, scored_count,
            CASE WHEN scored_count > 0 THEN round(percent_sum / scored_count, 1) END AS mean_percent
        """;

    public Task<List<SavedComment>> List(CancellationToken ct) => db.Query<SavedComment>($"""
        SELECT {Sql.Raw(Columns)} FROM saved_comments WHERE tenant_id = {db.Tenant} AND user_id = {actor.Person}
        ORDER BY used_count DESC, saved_comment_id DESC
        """, ct);

    public Task<SavedComment> Add(string body, CancellationToken ct) => db.Get<SavedComment>($"""
        INSERT INTO saved_comments (tenant_id, user_id, body, created_at) VALUES ({db.Tenant}, {actor.Person}, {body}, {db.Now})
        RETURNING {Sql.Raw(Columns)}
        """, ct);

    /// <summary>Counts a use, and the score it stood with; null when it is not this person's.</summary>
    public Task<SavedComment?> Use(SavedCommentId id, decimal? percent, CancellationToken ct) => db.Find<SavedComment>($"""
        UPDATE saved_comments SET used_count = used_count + 1, scored_count = scored_count + {(percent is null ? 0 : 1)},
            percent_sum = percent_sum + {percent ?? 0m}
        WHERE tenant_id = {db.Tenant} AND saved_comment_id = {id} AND user_id = {actor.Person}
        RETURNING {Sql.Raw(Columns)}
        """, ct);

    public async Task<bool> Remove(SavedCommentId id, CancellationToken ct) => await db.Execute($"""
        DELETE FROM saved_comments WHERE tenant_id = {db.Tenant} AND saved_comment_id = {id} AND user_id = {actor.Person}
        """, ct) == 1;
}

/// <summary>Something a grader says often; nobody else sees it, or how it was used.</summary>
/// <param name="ScoredCount">How often it was said beside a score.</param>
/// <param name="MeanPercent">The mean of those scores when it was said, as percents of the points there were.</param>
internal sealed record SavedComment(
    SavedCommentId SavedCommentId, string Body, int UsedCount, int ScoredCount, decimal? MeanPercent);
