using Lectern.Platform.Storage;

namespace Lectern.Identity.Accounts;

/// <summary>Shows an account with what it inherits from those above it.</summary>
internal sealed class AccountView(AccountStore accounts, StoredFiles files)
{
    public async Task<AccountShown> Show(Account account, CancellationToken ct)
    {
        var above = (await accounts.Of(account.Path, ct)).OrderBy(step => step.Path.Length).ToList();
        var logos = above.Select(step => step.Settings.LogoFileId).OfType<FileId>().ToList();
        var urls = (await files.Find(logos, ct)).ToDictionary(file => file.FileId, file => file.Url);
        string? Logo(AccountSettings settings) => settings.LogoFileId is { } id ? urls.GetValueOrDefault(id) : null;
        var own = account.Settings;
        return new AccountShown(
            account.AccountId, account.ParentId, account.Name, account.SisId,
            [.. above.Where(step => step.AccountId != account.AccountId).Select(step => new AncestorShown(step.AccountId, step.Name))],
            new SettingsShown(own.Locale, own.TimeZone, own.Accent, Logo(own)),
            [
                Effective("locale", above, settings => settings.Locale), Effective("time_zone", above, settings => settings.TimeZone),
                Effective("accent", above, settings => settings.Accent), Effective("logo_url", above, Logo),
            ],
            account.Version);
    }

    /// <summary>The nearest account that decided, from the account itself up to the root.</summary>
    internal static EffectiveSetting Effective(string name, IReadOnlyList<Account> rootFirst, Func<AccountSettings, string?> value)
    {
        var decided = rootFirst.LastOrDefault(account => value(account.Settings) is not null);
        return new EffectiveSetting(name, decided is null ? null : value(decided.Settings), decided?.AccountId, decided?.Name);
    }
}
