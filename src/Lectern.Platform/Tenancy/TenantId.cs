using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// The number of an institution, the same on every shard. Stored as <c>int</c> in the first column of every tenant table.
/// </summary>
public readonly record struct TenantId(int Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A person within one institution. The same human in two institutions is two persons.</summary>
[JsonConverter(typeof(IdJson<UserId>))]
public readonly record struct UserId(long Value) : IId<UserId>
{
    public static UserId From(long value) => new(value);

    public static bool TryParse(string? text, out UserId id) => IId<UserId>.TryRead(text, out id);
}
