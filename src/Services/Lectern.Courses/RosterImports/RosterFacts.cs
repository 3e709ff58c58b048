using System.Text.Json;
using Lectern.Courses.Rosters;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>One thing a roster said about something that another service keeps.</summary>
internal sealed record RosterFact(string Kind, string Key, long TargetId, JsonElement Item);

/// <summary>What rosters have said about accounts and observers, which Identity keeps: as they said it last.</summary>
internal sealed class RosterFacts(TenantDb db)
{
    public List<RosterFact> Read(TenantBatch batch) =>
        batch.Query<RosterFact>($"SELECT kind, key, target_id, item FROM roster_facts WHERE tenant_id = {db.Tenant} ORDER BY kind, key");

    public Task Write<T>(string kind, IReadOnlyList<(T Item, long Target)> said, CancellationToken ct) where T : RosterItem =>
        said.Count == 0
        ? Task.CompletedTask
        : db.Execute($"""
            INSERT INTO roster_facts (tenant_id, kind, key, target_id, item)
            SELECT {db.Tenant}, {kind}, t.key, t.target, t.item::jsonb
            FROM unnest({said.Select(one => one.Item.Key).ToArray()}, {said.Select(one => one.Target).ToArray()},
                        {said.Select(one => JsonSerializer.Serialize(one.Item, LecternJson.Options)).ToArray()}) AS t(key, target, item)
            ON CONFLICT (tenant_id, kind, key) DO UPDATE SET target_id = excluded.target_id, item = excluded.item
            """, ct);

    public static List<RosterKnown<T>> Of<T>(IEnumerable<RosterFact> facts, string kind) where T : RosterItem =>
        [.. facts.Where(fact => fact.Kind == kind)
            .Select(fact => new RosterKnown<T>(fact.TargetId, fact.Item.Deserialize<T>(LecternJson.Options)!))];
}
