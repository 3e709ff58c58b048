using System.Text.RegularExpressions;

namespace Lectern.Platform.Data;

/// <summary>
/// The deliberate mistake of the isolation proof: while it is on, every <c>tenant_id = $n</c> this process sends is gone, as if no
/// developer had ever written one, and the row policies alone must hold. No setting reaches it; only the proof's own process, whose
/// databases are made for it and thrown away, turns it on.
/// </summary>
internal static partial class TenantFilterMutation
{
    private static volatile bool on;
    private static long removed;

    /// <summary>How many predicates have been taken away so far: a proof that removed none has proved nothing.</summary>
    public static long Removed => Interlocked.Read(ref removed);

    public static IDisposable TurnOn()
    {
        on = true;
        return new Switch();
    }

    internal static string Apply(string text) => on ? Without(text) : text;

    /// <summary>A statement as it would be if nobody had thought of the institution.</summary>
    internal static string Without(string text) => Predicate().Replace(text, Blank);

    private static string Blank(Match match)
    {
        Interlocked.Increment(ref removed);
        // The parameter stays in the text, or the server could not tell its type.
        return $"({match.Groups[1].Value} IS NOT NULL)";
    }

    [GeneratedRegex(@"\b(?:\w+\.)?tenant_id = (\$\d+)")]
    private static partial Regex Predicate();

    private sealed class Switch : IDisposable
    {
        public void Dispose() => on = false;
    }
}
