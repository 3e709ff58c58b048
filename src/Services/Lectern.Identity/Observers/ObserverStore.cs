using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Observers;

/// <summary>Who may see what a learner sees, each with what made the link and with its grant.</summary>
internal sealed class ObserverStore(TenantDb db, Grants grants)
{
    /// <summary>The source of links made by a person or a roster.</summary>
    public const string Direct = "observer";

    public static Scope ScopeOf(UserId learner) => Scope.Of("user", learner.Value);

    /// <summary>Links observers to learners; links that exist stay. Answers how many are new.</summary>
    public async Task<int> Link(IReadOnlyList<(UserId Observer, UserId Learner)> links, string source, CancellationToken ct)
    {
        if (links.Count == 0) return 0;
        await db.Begin(ct);
        var added = await db.Query<Linked>($"""
            INSERT INTO observers (tenant_id, observer_id, learner_id, source, created_at)
            SELECT {db.Tenant}, o, l, {source}, {db.Now}
            FROM unnest({links.Select(link => link.Observer).ToArray()}, {links.Select(link => link.Learner).ToArray()}) AS t(o, l)
            ON CONFLICT DO NOTHING RETURNING observer_id, learner_id
            """, ct);
        await grants.GiveMany(
            added.ConvertAll(link => link.ObserverId), added.ConvertAll(_ => Role.Observer),
            added.ConvertAll(link => ScopeOf(link.LearnerId)), added.ConvertAll(_ => source), ct);
        foreach (var link in added)
        {
            db.Raise(new ObserverLinked(link.ObserverId, link.LearnerId));
            db.Audit(IdentityAudit.ObserverLinked, IdentityAudit.Subject(link.LearnerId), new { observer_id = link.ObserverId, source });
        }

        return added.Count;
    }

    /// <summary>Takes back what one source gave. The rest of the product hears of it only when no other source remains.</summary>
    public async Task Unlink(IReadOnlyList<(UserId Observer, UserId Learner)> links, string source, CancellationToken ct)
    {
        foreach (var (observer, learner) in links)
        {
            var gone = await db.Execute($"""
                DELETE FROM observers
                WHERE tenant_id = {db.Tenant} AND observer_id = {observer} AND learner_id = {learner} AND source = {source}
                """, ct);
            if (gone == 0) continue;
            await grants.Withdraw(ScopeOf(learner), [observer], [source], ct);
            db.Audit(IdentityAudit.ObserverUnlinked, IdentityAudit.Subject(learner), new { observer_id = observer, source });
            var remains = await db.Query<int>($"""
                SELECT 1 FROM observers WHERE tenant_id = {db.Tenant} AND observer_id = {observer} AND learner_id = {learner} LIMIT 1
                """, ct);
            if (remains.Count == 0) db.Raise(new ObserverUnlinked(observer, learner));
        }
    }

    /// <summary>Makes the links of one source exactly these.</summary>
    public async Task Replace(IReadOnlyCollection<(UserId Observer, UserId Learner)> wanted, string source, CancellationToken ct)
    {
        var stored = await db.Query<Linked>($"""
            SELECT observer_id, learner_id FROM observers WHERE tenant_id = {db.Tenant} AND source = {source}
            """, ct);
        var before = stored.Select(link => (link.ObserverId, link.LearnerId)).ToHashSet();
        await Unlink([.. before.Except(wanted)], source, ct);
        await Link([.. wanted.Except(before)], source, ct);
    }

    public Task<List<ObserverShown>> Of(UserId learner, CancellationToken ct) => db.Query<ObserverShown>($"""
        SELECT u.user_id, u.name, u.email, array_agg(o.source ORDER BY o.source) AS sources, min(o.created_at) AS created_at
        FROM observers o JOIN users u ON u.tenant_id = {db.Tenant} AND u.user_id = o.observer_id
        WHERE o.tenant_id = {db.Tenant} AND o.learner_id = {learner}
        GROUP BY u.user_id, u.name, u.email, u.sortable_norm ORDER BY u.sortable_norm, u.user_id
        """, ct);

    internal sealed record Linked(UserId ObserverId, UserId LearnerId);
}
