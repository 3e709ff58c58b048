using System.ComponentModel.DataAnnotations;

namespace Lectern.Identity;

/// <summary>What an installation may decide about signing in. Configuration section <c>Lectern:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA-512 for one password. Default 210,000, the OWASP advice of 2023: a tenth of a second of one
    /// core, for us once and for a thief of the database at every guess. Passwords stored with fewer are hashed anew at sign-in.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int PasswordRounds { get; set; } = 210_000;

    /// <summary>
    /// Sign-ins tried from one address in a minute, per institution. Default 300, because a whole school may share one address
    /// at nine in the morning.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SignInsPerAddressPerMinute { get; set; } = 300;

    /// <summary>Sign-ins tried for one name in a minute. Default 20; the lock-out after ten failures usually comes first.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerNamePerMinute { get; set; } = 20;

    /// <summary>Password links asked for from one address in an hour, per institution. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int ResetsPerAddressPerHour { get; set; } = 100;

    /// <summary>Password links sent to one address in an hour. Default 5: enough to ask again, too few to fill an inbox.</summary>
    [Range(1, 1_000_000)]
    public int ResetsPerNamePerHour { get; set; } = 5;
}
