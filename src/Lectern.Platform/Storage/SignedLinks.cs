using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Storage;

/// <summary>
/// Addresses that carry their own permission for an hour: HMAC-SHA-256 over what may be done, to which file, until when. Altering
/// any of it makes the address worthless.
/// </summary>
internal sealed class SignedLinks(IOptions<PlatformOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public string Upload(TenantId tenant, long file, int part) => Sign("put", tenant, file, part);

    public string Download(TenantId tenant, long file) => Sign("get", tenant, file, 0);

    /// <summary>An address that gives the file under another name than its own, and gives the own one away to nobody.</summary>
    public string Download(TenantId tenant, long file, string called) =>
        $"{Sign(VerbFor(called), tenant, file, 0)}&called={Uri.EscapeDataString(called)}";

    /// <summary>What an address allows that gives a file under this name; its own when none is said.</summary>
    public static string VerbFor(string? called) => called is null ? "get" : $"get as {called}";

    /// <summary>Whether the signature is ours, for this, and still young enough.</summary>
    public bool Allows(string verb, TenantId tenant, long file, int part, string? expires, string? signature)
    {
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) || signature is null) return false;
        if (clock.GetUtcNow().ToUnixTimeSeconds() > until) return false;
        var expected = Encoding.ASCII.GetBytes(Signature(verb, tenant, file, part, until));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature));
    }

    private string Sign(string verb, TenantId tenant, long file, int part)
    {
        var until = (clock.GetUtcNow() + Life).ToUnixTimeSeconds();
        var path = verb is "put" ? $"uploads/{file}/parts/{part}" : $"files/{file}/content";
        return string.Create(
            CultureInfo.InvariantCulture, $"{path}?expires={until}&signature={Signature(verb, tenant, file, part, until)}");
    }

    private string Signature(string verb, TenantId tenant, long file, int part, long until)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{verb}\n{tenant}\n{file}\n{part}\n{until}");
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Secret), "signed links"u8);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
