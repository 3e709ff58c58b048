using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lectern.Identity.Passwords;

/// <summary>Hashes passwords and compares them. Comparing with nobody's password takes as long as with somebody's.</summary>
internal sealed class PasswordVault
{
    private static readonly object Anybody = new();
    private readonly PasswordHasher<object> hasher;
    private readonly Lazy<string> nobodys;

    public PasswordVault(IOptions<IdentityOptions> options)
    {
        hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordRounds }));
        nobodys = new Lazy<string>(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));
    }

    public string Hash(string password) => hasher.HashPassword(Anybody, password);

    /// <summary>Whether this is the password; null for the hash means there is no such person, and takes as long to say.</summary>
    public PasswordFit Compare(string? hash, string shown)
    {
        // A password longer than any we accept is not hashed: it would only burn our time.
        var tried = shown.Length > PasswordRule.Longest ? string.Empty : shown;
        var result = hasher.VerifyHashedPassword(Anybody, hash ?? nobodys.Value, tried);
        if (hash is null || result is PasswordVerificationResult.Failed) return PasswordFit.Wrong;
        return result is PasswordVerificationResult.SuccessRehashNeeded ? PasswordFit.RightButOld : PasswordFit.Right;
    }
}

internal enum PasswordFit
{
    Wrong,
    Right,

    /// <summary>Right, and stored with fewer rounds than today's: hash it anew while it is known.</summary>
    RightButOld,
}
