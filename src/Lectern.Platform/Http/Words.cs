using System.Text.Json;

namespace Lectern.Platform.Http;

/// <summary>Reads the words of addresses and bodies: <c>teaching_assistant</c>.</summary>
public static class Words
{
    /// <summary>False when the word means nothing; true with null when there is none.</summary>
    public static bool TryRead<T>(string? word, out T? value) where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(word)) return true;
        foreach (var candidate in Enum.GetValues<T>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(candidate.ToString()) == word) value = candidate;
        return value is not null;
    }
}
