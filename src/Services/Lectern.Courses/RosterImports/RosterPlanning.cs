using System.Security.Cryptography;
using System.Text;
using Lectern.Courses.Rosters;
using Microsoft.Extensions.Options;

namespace Lectern.Courses.RosterImports;

/// <summary>What a file says, what it would do to what is stored now, and both in one number that tells two plans apart.</summary>
internal sealed record PlannedRoster(RosterReading Reading, RosterState State, RosterPlan? Plan, byte[]? Fingerprint,
    IReadOnlyDictionary<string, string?> LoginNames);

/// <summary>Reads a file and plans it against what is stored at this moment.</summary>
internal sealed class RosterPlanning(RosterStateStore states, IOptions<CoursesOptions> options)
{
    public async Task<PlannedRoster> Make(Stream content, string name, CancellationToken ct)
    {
        var limits = RosterLimits.Default with { FileBytes = options.Value.LargestRosterBytes };
        var reading = RosterReader.Read(content, name, limits, ct);
        if (reading.Problems.Refuses) return new PlannedRoster(reading, RosterState.Empty, null, null, new Dictionary<string, string?>());
        var state = await states.Load(ct);
        var plan = RosterPlan.Make(RosterTrim.Of(reading.Roster, reading.Problems), state);
        var logins = reading.Roster.Users.ToDictionary(user => user.UserId, user => user.LoginId);
        return new PlannedRoster(reading, state, plan, Fingerprint(plan), logins);
    }

    /// <summary>The same for two plans that do the same to the same rows, and for no others.</summary>
    internal static byte[] Fingerprint(RosterPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
        {
            text.Clear().Append(step.Action).Append('\u001e').Append(step.Item.Kind).Append('\u001e').Append(step.Item.Key).Append('\u001e')
                .Append(step.Item.Status).Append('\u001e').Append(step.TargetId).Append('\u001e');
            foreach (var value in step.Item.Values) text.Append(value.Field).Append('=').Append(value.Text ?? "\u001d").Append('\u001e');
            foreach (var change in step.Changes) text.Append(change.Field).Append(change.From).Append('\u001d').Append(change.To)
                .Append('\u001e');
            hash.AppendData(Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
        }

        return hash.GetHashAndReset();
    }
}
