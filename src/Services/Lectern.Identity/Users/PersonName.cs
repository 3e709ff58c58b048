namespace Lectern.Identity.Users;

/// <summary>How people are called, and how lists are sorted when nobody said.</summary>
internal static class PersonName
{
    /// <summary>The family name first, taken to be the last word: <c>Ada Lovelace</c> sorts as <c>Lovelace, Ada</c>.</summary>
    public static string Sortable(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? name.Trim() : $"{words[^1]}, {string.Join(' ', words[..^1])}";
    }
}
