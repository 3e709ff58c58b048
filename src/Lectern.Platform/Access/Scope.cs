using System.Globalization;

namespace Lectern.Platform.Access;

/// <summary>Where a role holds, as a word and a number: <c>course:42</c>. The institution itself is the root of every path.</summary>
public readonly record struct Scope(string Key)
{
    public static Scope Institution { get; } = new("institution");

    public static Scope Of(string kind, long id) => new(string.Create(CultureInfo.InvariantCulture, $"{kind}:{id}"));

    public override string ToString() => Key;
}
