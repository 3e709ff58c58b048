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
            added.ConvertAll(link => link.ObserverId), added.ConvertAll(_ => Role.Observer), added.ConvertAll(link => ScopeOf(link.LearnerId)),
            added.ConvertAll(_ => source), ct);
        foreach (var link in added)
        {
            db.Raise(new ObserverLinked(link.ObserverId, link.LearnerId));
            db.Audit(IdentityAudit.ObserverLinked, IdentityAudit.Subject(link.LearnerId), new { observer_id = link.ObserverId, source });
        }

        return added.Count;
    }

    internal sealed record Linked(UserId ObserverId, UserId LearnerId);
}
