using System.Text.Json;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Changes gradebooks at random in every way there is, and remembers how each read after each change. Asked for as of those instants when
/// all is done, each must read the same again: every score, flag, version and total. Then the ledger is damaged, and must not.
/// </summary>
internal static class AsOfProof
{
    private const string Damage = "UPDATE grade_entries SET entered_score = entered_score + 1 WHERE tenant_id = $1";

    public static async Task TryAll(ScratchInstallation scratch, Tally tally, int gradebooks, int changes, CancellationToken ct)
    {
        var taken = ChangingGradebook.Ways.ToDictionary(way => way, _ => 0);
        for (var seed = 0; seed < gradebooks; seed++)
        {
            var tenant = await scratch.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant($"as-of-{seed}", "As of"), ct);
            using var door = new Door(scratch.Address);
            var gradebook = await ChangingGradebook.Open(scratch.Services, door, tenant, seed, ct);
            var seen = await Watch(gradebook, taken, changes, () => scratch.Work(tenant, ct), ct);
            tally.Count(seen.Sum(one => one.Rows.Values.Sum(Numbers)));
            foreach (var difference in await Compare(gradebook, seen, ct)) tally.Count($"gradebook {seed} as of {difference}");
            await scratch.ChangeBehindItsBack(tenant, Damage, ct);
            tally.Count((await Compare(gradebook, seen, ct)).Count > 0 ? null : $"not found out: {Damage}");
        }

        foreach (var (way, _) in taken.Where(one => one.Value == 0)) tally.Count($"no gradebook was ever changed by: {way}");
    }

    private static async Task<List<Moment>> Watch(
        ChangingGradebook gradebook, Dictionary<string, int> taken, int changes, Func<Task> settle, CancellationToken ct)
    {
        var seen = new List<Moment>();
        // Learners have no line before their enrolment has been heard of.
        await settle();
        for (var i = 0; i < changes; i++)
        {
            var (way, done) = await gradebook.Change(ct);
            if (done) taken[way]++;
            await settle();
            var rows = await gradebook.Read(null, ct);
            seen.Add(new Moment(TimeProvider.System.GetUtcNow(), $"change {i}, {way}", rows));
            // Instants are kept to the microsecond, and what comes next is to be later than this one.
            await Task.Delay(TimeSpan.FromMilliseconds(2), ct);
        }

        return seen;
    }

    private static async Task<List<string>> Compare(ChangingGradebook gradebook, List<Moment> seen, CancellationToken ct)
    {
        var differences = new List<string>();
        foreach (var moment in seen)
        {
            var past = await gradebook.Read(moment.At, ct);
            foreach (var (learner, live) in moment.Rows)
            {
                if (!past.TryGetValue(learner, out var then) || !JsonElement.DeepEquals(live, then))
                    differences.Add($"{moment.After}: {live} was shown and {then} is");
            }
        }

        return differences;
    }

    private static long Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(property => Numbers(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Numbers),
        _ => 1,
    };

    /// <summary>How a gradebook read at an instant.</summary>
    private sealed record Moment(DateTimeOffset At, string After, Dictionary<long, JsonElement> Rows);
}
