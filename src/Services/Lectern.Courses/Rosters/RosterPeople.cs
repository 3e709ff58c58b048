namespace Lectern.Courses.Rosters;

/// <summary>
/// Says which stored person a row of a roster is: the one with its id, or else the one who proved to own its e-mail
/// address. An address nobody proved is not enough: whoever typed it first would be handed somebody else's enrolments.
/// </summary>
internal sealed class RosterPeople
{
    private readonly Dictionary<string, RosterKnownUser> byKey;
    private readonly Dictionary<string, RosterKnownUser> byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterKnownUser> matched = new(StringComparer.Ordinal);
    private readonly RosterProblems problems;

    internal RosterPeople(Roster roster, RosterState state, RosterProblems problems)
    {
        this.problems = problems;
        byKey = state.Users.ToDictionary(user => user.Item.UserId, StringComparer.Ordinal);
        foreach (var user in state.Users)
            if (user.Item.Live && RosterEmail.Normalise(user.Item.Email) is { } email) byEmail.TryAdd(email, user);
        var taken = new Dictionary<string, RosterUser>(StringComparer.Ordinal);
        foreach (var user in roster.Users) Match(roster, user, taken);
    }

    internal RosterKnownUser? Find(string userId) => matched.GetValueOrDefault(userId) ?? byKey.GetValueOrDefault(userId);

    /// <summary>The key under which the stored rows of this person stand.</summary>
    internal string StoredKey(string userId) => matched.TryGetValue(userId, out var user) ? user.Item.UserId : userId;

    private void Match(Roster roster, RosterUser user, Dictionary<string, RosterUser> taken)
    {
        if (!user.Live || RosterEmail.Normalise(user.Email) is not { } email) return;
        if (!taken.TryAdd(email, user))
        {
            problems.Error(user.Origin, "email", "email_repeated",
                $"{user.Email} is also the address of {taken[email].Label} on line {taken[email].Origin.Line}. " +
                "People sign in with it, so each needs their own.");
            return;
        }
        if (!byEmail.TryGetValue(email, out var owner) || owner.Item.UserId == user.UserId) return;
        if (!byKey.ContainsKey(user.UserId) && RosterState.IsUnnamed(owner.Item.UserId) && owner.EmailVerified)
            matched.Add(user.UserId, owner);
        else if (RosterState.IsUnnamed(owner.Item.UserId) && !owner.EmailVerified)
            problems.Error(user.Origin, "email", "email_unverified",
                $"{user.Email} belongs to an account that never confirmed it. Confirm the address or remove that account first.");
        // The address is free when this same roster takes it from its owner.
        else if (RosterState.IsUnnamed(owner.Item.UserId) || !GivesUp(roster.Users.Find(owner.Item.UserId), email))
            problems.Error(user.Origin, "email", "email_taken",
                $"{user.Email} already belongs to {owner.Item.Label}, who is somebody else here.");
    }

    private static bool GivesUp(RosterUser? owner, string email) =>
        owner is not null && (!owner.Live || owner.Email is { } next && RosterEmail.Normalise(next) != email);
}
