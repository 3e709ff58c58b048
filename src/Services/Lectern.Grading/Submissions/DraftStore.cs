using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Work that is not handed in yet: a learner's own, or one draft for all of a group.</summary>
internal sealed class DraftStore(TenantDb db)
{
    public Task<Draft?> Find(DraftPlace place, CancellationToken ct) => place.Group is { } group
        ? db.Find<Draft>($"""
            SELECT d.body_text, d.url, d.file_ids, d.answers, d.saved_at, d.version, p.name AS saved_by_name FROM group_drafts d
            LEFT JOIN people p ON p.tenant_id = d.tenant_id AND p.user_id = d.saved_by
            WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {place.Assignment} AND d.group_id = {group}
            """, ct)
        : db.Find<Draft>($"""
            SELECT body_text, url, file_ids, answers, saved_at, version, NULL AS saved_by_name FROM submission_drafts
            WHERE tenant_id = {db.Tenant} AND assignment_id = {place.Assignment} AND user_id = {place.Learner}
            """, ct);

    /// <summary>Keeps a draft if it still has the version that was seen; null when somebody else was faster, or another window.</summary>
    public async Task<int?> Keep(DraftPlace place, WorkForm form, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        return place.Group is { } group
            ? await db.Value<int?>($"""
                INSERT INTO group_drafts AS d (tenant_id, assignment_id, group_id, body_text, url, file_ids, answers, saved_at,
                    saved_by)
                VALUES ({db.Tenant}, {place.Assignment}, {group}, {form.BodyText}, {form.Url}, {form.FileIds},
                    NULLIF({Sql.Json(form.Answers)}, 'null'::jsonb), {db.Now}, {place.Learner})
                ON CONFLICT (tenant_id, assignment_id, group_id) DO UPDATE SET body_text = excluded.body_text, url = excluded.url,
                    file_ids = excluded.file_ids, answers = excluded.answers, saved_at = excluded.saved_at,
                    saved_by = excluded.saved_by, version = d.version + 1
                WHERE d.version = {seen}
                RETURNING d.version
                """, ct)
            : await db.Value<int?>($"""
                INSERT INTO submission_drafts AS d (tenant_id, assignment_id, user_id, body_text, url, file_ids, answers, saved_at)
                VALUES ({db.Tenant}, {place.Assignment}, {place.Learner}, {form.BodyText}, {form.Url}, {form.FileIds},
                    NULLIF({Sql.Json(form.Answers)}, 'null'::jsonb), {db.Now})
                ON CONFLICT (tenant_id, assignment_id, user_id) DO UPDATE SET body_text = excluded.body_text, url = excluded.url,
                    file_ids = excluded.file_ids, answers = excluded.answers, saved_at = excluded.saved_at, version = d.version + 1
                WHERE d.version = {seen}
                RETURNING d.version
                """, ct);
    }

    public void DropAtCommit(DraftPlace place)
    {
        if (place.Group is { } group) db.AtCommit($"""
            DELETE FROM group_drafts
            WHERE tenant_id = {db.Tenant} AND assignment_id = {place.Assignment} AND group_id = {group}
            """);
        else db.AtCommit($"""
            DELETE FROM submission_drafts
            WHERE tenant_id = {db.Tenant} AND assignment_id = {place.Assignment} AND user_id = {place.Learner}
            """);
    }
}

/// <summary>Whose draft: the group's where the learner is in one.</summary>
internal sealed record DraftPlace(AssignmentId Assignment, UserId Learner, GroupId? Group);

/// <summary>Work as far as it has come; not handed in.</summary>
internal sealed record Draft(
    string? BodyText, string? Url, FileId[] FileIds, AnswerSheet? Answers, DateTimeOffset SavedAt, int Version, string? SavedByName);
