using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Outcomes;

/// <summary>Outcomes, their versions and their groups, as accounts and courses own them.</summary>
internal sealed class OutcomeStore(TenantDb db, Actor actor, Access access)
{
    private const string Newest =
        "outcomes o JOIN outcome_versions v ON v.tenant_id = o.tenant_id AND v.outcome_id = o.outcome_id AND v.version = o.version";

    /// <summary>The accounts above a course or an account, that one included: whose outcomes it inherits.</summary>
    public async Task<AccountId[]> AccountsAbove(Scope scope, CancellationToken ct) =>
        [.. (await access.Path(scope, ct) ?? []).Select(step => step.IdOf("account")).OfType<long>().Select(AccountId.From)];

    /// <summary>What this owner has and what it inherits, by code.</summary>
    public async Task<List<Outcome>> Seen(OutcomeOwner owner, CancellationToken ct)
    {
        var above = await AccountsAbove(owner.Scope, ct);
        return await db.Query<Outcome>($"""
            SELECT {Sql.Raw(Outcome.Columns)} FROM {Sql.Raw(Newest)}
            WHERE o.tenant_id = {db.Tenant} AND o.status = 'active' AND (o.account_id = ANY ({above}) OR {owner.Owns("o")})
            ORDER BY o.code, o.outcome_id
            """, ct);
    }

    public async Task<List<OutcomeGroup>> SeenGroups(OutcomeOwner owner, CancellationToken ct)
    {
        var above = await AccountsAbove(owner.Scope, ct);
        return await db.Query<OutcomeGroup>($"""
            SELECT {Sql.Raw(OutcomeGroup.Columns)} FROM outcome_groups g
            WHERE g.tenant_id = {db.Tenant} AND g.status = 'active' AND (g.account_id = ANY ({above}) OR {owner.Owns("g")})
            ORDER BY g.code, g.outcome_group_id
            """, ct);
    }

    public Task<Outcome?> Find(OutcomeId id, CancellationToken ct) => db.Find<Outcome>($"""
        SELECT {Sql.Raw(Outcome.Columns)} FROM {Sql.Raw(Newest)}
        WHERE o.tenant_id = {db.Tenant} AND o.outcome_id = {id} AND o.status = 'active'
        """, ct);

    /// <summary>What these courses work towards, each once and in its newest version.</summary>
    public Task<List<Outcome>> Among(IReadOnlyCollection<CourseId> courses, CancellationToken ct) => db.Query<Outcome>($"""
        SELECT {Sql.Raw(Outcome.Columns)} FROM {Sql.Raw(Newest)}
        WHERE o.tenant_id = {db.Tenant} AND o.outcome_id IN (
            SELECT c.outcome_id FROM course_outcomes c
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = ANY ({courses.ToArray()}) AND c.status = 'active')
        """, ct);

    /// <summary>Every version, the newest first.</summary>
    public Task<List<Outcome>> Versions(OutcomeId id, CancellationToken ct) => db.Query<Outcome>($"""
        SELECT {Sql.Raw(Outcome.Columns)} FROM outcomes o
        JOIN outcome_versions v ON v.tenant_id = o.tenant_id AND v.outcome_id = o.outcome_id
        WHERE o.tenant_id = {db.Tenant} AND o.outcome_id = {id} ORDER BY v.version DESC
        """, ct);

    /// <summary>Null when the owner has one of this code.</summary>
    public async Task<OutcomeId?> Add(OutcomeOwner owner, OutcomeFields fields, CancellationToken ct)
    {
        await db.Begin(ct);
        var made = await db.Query<OutcomeId>($"""
            INSERT INTO outcomes (tenant_id, account_id, course_id, outcome_group_id, code, created_at)
            VALUES ({db.Tenant}, {owner.AccountId}, {owner.CourseId}, {fields.OutcomeGroupId}, {fields.Code}, {db.Now})
            ON CONFLICT (tenant_id, account_id, course_id, code) WHERE status = 'active' DO NOTHING RETURNING outcome_id
            """, ct);
        if (made.Count == 0) return null;
        await AddVersion(made[0], 1, fields, ct);
        return made[0];
    }

    /// <summary>Adds a version if the one it was made from is still the newest.</summary>
    public async Task<bool> Replace(Outcome outcome, OutcomeFields fields, CancellationToken ct)
    {
        await db.Begin(ct);
        if (await db.Execute($"""
            UPDATE outcomes SET code = {fields.Code}, outcome_group_id = {fields.OutcomeGroupId}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND outcome_id = {outcome.OutcomeId} AND version = {outcome.Version} AND status = 'active'
            """, ct) == 0) return false;
        await AddVersion(outcome.OutcomeId, outcome.Version + 1, fields, ct);
        return true;
    }

    public async Task<bool> Remove(OutcomeId id, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE outcomes SET status = 'deleted'
        WHERE tenant_id = {db.Tenant} AND outcome_id = {id} AND version = {seen} AND status = 'active'
        """, ct) == 1;

    /// <summary>Whether another one of this owner's has this code.</summary>
    public Task<bool> CodeIsTaken(OutcomeOwner owner, string code, OutcomeId? but, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM outcomes o WHERE o.tenant_id = {db.Tenant} AND {owner.Owns("o")} AND o.code = {code}
            AND o.status = 'active' AND o.outcome_id <> {but?.Value ?? 0})
        """, ct);

    public Task<List<OutcomeGroup>> OwnGroups(OutcomeOwner owner, CancellationToken ct) => db.Query<OutcomeGroup>($"""
        SELECT {Sql.Raw(OutcomeGroup.Columns)} FROM outcome_groups g
        WHERE g.tenant_id = {db.Tenant} AND g.status = 'active' AND {owner.Owns("g")} ORDER BY g.code
        """, ct);

    public Task<OutcomeGroup?> FindGroup(OutcomeGroupId id, CancellationToken ct) => db.Find<OutcomeGroup>($"""
        SELECT {Sql.Raw(OutcomeGroup.Columns)} FROM outcome_groups g
        WHERE g.tenant_id = {db.Tenant} AND g.outcome_group_id = {id} AND g.status = 'active'
        """, ct);

    /// <summary>Null when the owner has a group of this code.</summary>
    public async Task<OutcomeGroup?> AddGroup(OutcomeOwner owner, OutcomeGroupFields fields, CancellationToken ct)
    {
        var made = await db.Query<OutcomeGroupId>($"""
            INSERT INTO outcome_groups (tenant_id, account_id, course_id, parent_id, code, title, description)
            VALUES ({db.Tenant}, {owner.AccountId}, {owner.CourseId}, {fields.ParentId}, {fields.Code}, {fields.Title!.Trim()},
                {fields.Description.Trim()})
            ON CONFLICT (tenant_id, account_id, course_id, code) WHERE status = 'active' DO NOTHING RETURNING outcome_group_id
            """, ct);
        return made.Count == 0 ? null : await FindGroup(made[0], ct);
    }

    public async Task<bool> ReplaceGroup(OutcomeGroup group, OutcomeGroupFields fields, CancellationToken ct) => await db.Execute($"""
        UPDATE outcome_groups SET code = {fields.Code}, title = {fields.Title!.Trim()}, description = {fields.Description.Trim()},
            parent_id = {fields.ParentId}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND outcome_group_id = {group.OutcomeGroupId} AND version = {group.Version} AND status = 'active'
        """, ct) == 1;

    /// <summary>What stands in a group: outcomes and further groups.</summary>
    public Task<bool> GroupIsUsed(OutcomeGroupId id, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM outcomes o WHERE o.tenant_id = {db.Tenant} AND o.outcome_group_id = {id} AND o.status = 'active')
            OR EXISTS (SELECT 1 FROM outcome_groups g WHERE g.tenant_id = {db.Tenant} AND g.parent_id = {id} AND g.status = 'active')
        """, ct);

    public async Task<bool> RemoveGroup(OutcomeGroupId id, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE outcome_groups SET status = 'deleted'
        WHERE tenant_id = {db.Tenant} AND outcome_group_id = {id} AND version = {seen} AND status = 'active'
        """, ct) == 1;

    private Task AddVersion(OutcomeId id, int version, OutcomeFields fields, CancellationToken ct)
    {
        var scale = fields.Scale;
        return db.Execute($"""
            INSERT INTO outcome_versions (tenant_id, outcome_id, version, title, display_name, description, learner_description, scale,
                cuts, method, reason, actor_id, at)
            VALUES ({db.Tenant}, {id}, {version}, {fields.Title!.Trim()}, {Words(fields.DisplayName)}, {fields.Description.Trim()},
                {fields.LearnerDescription.Trim()}, {Sql.Json(scale)}, {scale.Cuts}, {Sql.Json(fields.Calculation)},
                {Words(fields.Reason)}, {actor.UserId}, {db.Now})
            """, ct);
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
