using Lectern.Contracts.Identity;

namespace Lectern.Identity.Accounts;

/// <summary>An account in the tree; the root has depth 0 and its children follow their parent.</summary>
internal sealed record AccountListed(AccountId AccountId, AccountId? ParentId, int Depth, string Name, string? SisId, int Version);

/// <summary>What an account decides for itself; null is as the account above has it.</summary>
internal sealed record SettingsShown(string? Locale, string? TimeZone, string? Accent, string? LogoUrl);

/// <summary>A setting as it holds here, and the account it comes from; no account when nobody decided.</summary>
internal sealed record EffectiveSetting(string Name, string? Value, AccountId? FromAccountId, string? FromName);

internal sealed record AncestorShown(AccountId AccountId, string Name);

/// <summary>An account with its own settings and those that hold in it.</summary>
internal sealed record AccountShown(
    AccountId AccountId, AccountId? ParentId, string Name, string? SisId, IReadOnlyList<AncestorShown> Ancestors, SettingsShown Settings,
    IReadOnlyList<EffectiveSetting> Effective, int Version);
