using Lectern.Identity.Users;
using Lectern.Platform.Http;

namespace Lectern.Identity.Accounts;

/// <summary>What makes an account impossible.</summary>
internal static class AccountRule
{
    private const int LongestName = 200;
    private const int Deepest = 20;

    public static Refusal? Refuses(string? name, Account? parent)
    {
        if (Spelling.Clean(name) is not { Length: <= LongestName })
            return new("bad_name", $"An account needs a name of at most {LongestName} characters.", "name");
        return parent?.Path.Length >= Deepest
            ? new("too_deep", $"Accounts go at most {Deepest} levels deep.", "parent_id")
            : null;
    }

    /// <summary>An account cannot stand under itself or under one of its own.</summary>
    public static Refusal? RefusesMove(Account account, Account parent)
    {
        if (account.IsRoot) return new("root_stays", "The institution itself stands above all accounts.", "parent_id");
        return parent.Path.Contains(account.AccountId)
            ? new("account_circle", $"'{parent.Name}' stands under '{account.Name}', so it cannot stand above it as well.", "parent_id")
            : null;
    }
}

/// <summary>The settings a request may set; the logo is set by sending a picture.</summary>
internal sealed record SettingsWanted(string? Locale, string? TimeZone, string? Accent)
{
    public static SettingsWanted None { get; } = new(null, null, null);

    public AccountSettings Over(AccountSettings before) => before with
    {
        Locale = Spelling.Clean(Locale), TimeZone = Spelling.Clean(TimeZone), Accent = Spelling.Clean(Accent),
    };
}
