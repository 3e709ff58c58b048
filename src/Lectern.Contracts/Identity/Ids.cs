using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Contracts.Identity;

/// <summary>An institution's root account or one of its sub-accounts: a faculty, a department, a school.</summary>
[JsonConverter(typeof(IdJson<AccountId>))]
public readonly record struct AccountId(long Value) : IId<AccountId>
{
    public static AccountId From(long value) => new(value);

    public static bool TryParse(string? text, out AccountId id) => IId<AccountId>.TryRead(text, out id);
}
