namespace Lectern.Courses.Rosters;

/// <summary>The shape an e-mail address must have to reach someone, and the form in which two are the same.</summary>
internal static class RosterEmail
{
    internal static string? Normalise(string? email) => email?.Trim().ToLowerInvariant();

    // Deliberately loose inside the parts: only a message sent shows whether an address works.
    internal static bool IsValid(string email)
    {
        var at = email.LastIndexOf('@');
        if (at is < 1 or > 64 || email.Length > 254 || email.IndexOf('@') != at) return false;
        var domain = email.AsSpan(at + 1);
        return !domain.IsEmpty && domain[0] is not ('.' or '-') && domain[^1] is not ('.' or '-')
            && !domain.Contains("..", StringComparison.Ordinal)
            && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || ",;<>\"()".Contains(character));
    }
}
