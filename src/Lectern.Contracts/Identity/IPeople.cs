using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Identity;

/// <summary>
/// What other services may ask about people. For names in lists, join the published view <c>people</c>
/// (tenant_id, user_id, name, sortable_name, email, email_norm, sis_id, pronouns, avatar_file_id, locale, time_zone, state).
/// </summary>
public interface IPeople
{
    /// <summary>
    /// Adds the people who are new and updates those who are known, by SIS id and then by e-mail. Answers in the order given.
    /// </summary>
    Task<IReadOnlyList<KnownPerson>> Ensure(IReadOnlyList<RosterPerson> people, CancellationToken ct);

    /// <summary>Links observers to the learners they may see; links that exist stay.</summary>
    Task LinkObservers(IReadOnlyList<(UserId Observer, UserId Learner)> links, CancellationToken ct);

    /// <summary>
    /// Adds the sub-accounts that are new and updates those who are known, by SIS id. Parents come before their children.
    /// </summary>
    Task<IReadOnlyList<KnownAccount>> EnsureAccounts(IReadOnlyList<RosterAccountRow> accounts, CancellationToken ct);

    /// <summary>The institution's root account.</summary>
    Task<AccountId> RootAccount(CancellationToken ct);
}

/// <summary>A person as a roster names them. A null field says nothing about that field; <see cref="Active"/> false suspends.</summary>
public sealed record RosterPerson(string? SisId, string? Email, string Name, string? SortableName, string? LoginName, bool Active);

/// <summary>Who a roster row turned out to be, and whether that row changed anything.</summary>
public sealed record KnownPerson(UserId UserId, bool Added, bool Changed);

/// <summary>A sub-account as a roster names it.</summary>
public sealed record RosterAccountRow(string SisId, string? ParentSisId, string Name, bool Active);

/// <summary>Which account a roster row turned out to be.</summary>
public sealed record KnownAccount(AccountId AccountId, string SisId);
