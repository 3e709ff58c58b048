using System.Globalization;

namespace Lectern.Platform.Access;

/// <summary>Where a role holds, as a word and a number: <c>course:42</c>. The institution itself is the root of every path.</summary>
public readonly record struct Scope(string Key)
{
    public static Scope Institution { get; } = new("institution");

    public static Scope Of(string kind, long id) => new(string.Create(CultureInfo.InvariantCulture, $"{kind}:{id}"));

    /// <summary>The number, when this is a scope of that kind.</summary>
    public long? IdOf(string kind) =>
        Key.Length > kind.Length && Key[kind.Length] == ':' && Key.StartsWith(kind, StringComparison.Ordinal)
        && long.TryParse(Key.AsSpan(kind.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public override string ToString() => Key;
}
