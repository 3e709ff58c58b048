namespace Lectern.Identity;

/// <summary>Reads enum members as the API writes them: <c>teaching_assistant</c>.</summary>
internal static class Words
{
    /// <summary>The member of this name; null when there is none, or nothing was named.</summary>
    public static T? Parse<T>(string? word) where T : struct, Enum
    {
        // Enum.TryParse would take numbers too, and lists with commas.
        if (word is null || !word.All(character => char.IsAsciiLetterLower(character) || character == '_')) return null;
        return Enum.TryParse<T>(word.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var value) ? value : null;
    }
}
