using System.Globalization;
using System.Text;

namespace Lectern.Identity.Users;

/// <summary>One spelling of what people type in many, so that two strings can be compared byte by byte.</summary>
internal static class Spelling
{
    /// <summary>What a person typed, without outer space, control characters and halves of characters; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (text is null) return null;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && !Rune.IsControl(rune)) clean.Append(rune);
            else if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
        }

        var trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>An address or a login name: no outer space, no case, composed characters.</summary>
    public static string? Login(string? text) => Clean(text)?.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>A name to search and sort by: no case, no accents, single spaces. <c>Åsa  Öberg</c> becomes <c>asa oberg</c>.</summary>
    public static string Name(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in (Clean(text) ?? string.Empty).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsWhiteSpace(character)) plain.Append(char.ToLowerInvariant(character));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString();
    }

    /// <summary>The first text that no text with this prefix reaches: <c>prefix ≤ x &lt; AfterPrefix(prefix)</c>.</summary>
    public static string AfterPrefix(string prefix) => prefix + "\U0010FFFF";
}
