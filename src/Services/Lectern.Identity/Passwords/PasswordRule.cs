using Lectern.Platform.Http;

namespace Lectern.Identity.Passwords;

/// <summary>What makes a password too easy to guess. Length counts; forced symbols only make people write them down.</summary>
internal static class PasswordRule
{
    public const int Shortest = 10;
    public const int Longest = 256;

    // The long ones among the passwords most often found in leaks; shorter ones fail by length.
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "9876543210", "0987654321", "1111111111", "0000000000", "1234567891", "12345678910",
        "123456789a", "123456789q", "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "q1w2e3r4t5y6", "1qaz2wsx3edc", "qwertyuiop",
        "qwertyuiop123", "qwerty12345", "qwerty123456", "qwerty1234", "asdfghjkl1", "asdfghjkl;", "zxcvbnm123", "password12",
        "password123", "password1234", "password12345", "passw0rd123", "p@ssword123", "p@ssw0rd123", "welcome123", "welcome1234",
        "letmein123", "letmein1234", "iloveyou12", "iloveyou123", "sunshine123", "princess123", "football123", "baseball123",
        "superman123", "administrator", "admin12345", "administrator1", "changeme123", "changeme1234", "abcdefghij",
        "abcdefghijk", "abc1234567", "abcd123456", "abcd1234567", "aaaaaaaaaa", "student123", "student1234", "teacher123",
        "teacher1234", "school1234", "google1234", "computer123", "internet123", "mypassword", "mypassword1", "secret1234",
        "trustno1trustno1", "qazwsxedcrfv", "0123456789a",
    };

    /// <summary>Why a password will not do, in words its owner understands; null when it will.</summary>
    public static Refusal? Refuses(string password, string? email, string? loginName)
    {
        if (password.Length < Shortest)
            return Because("password_too_short", $"Use at least {Shortest} characters. Three words of your own are easy to remember.");
        if (password.Length > Longest) return Because("password_too_long", $"Use at most {Longest} characters.");
        if (IsOwn(password, email) || IsOwn(password, loginName) || IsOwn(password, email?.Split('@')[0]))
            return Because("password_is_name", "Your e-mail address or login name is what anybody would try first. Choose something else.");
        return Common.Contains(password) || password.Distinct().Count() < 4
            ? Because("password_common", "This password is on the list that is tried first. Choose something only you would think of.")
            : null;
    }

    private static bool IsOwn(string password, string? own) =>
        own is not null && string.Equals(password.Trim(), own, StringComparison.OrdinalIgnoreCase);

    private static Refusal Because(string code, string because) => new(code, because, "password");
}
