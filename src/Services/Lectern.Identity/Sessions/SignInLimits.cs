using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Limits;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lectern.Identity.Sessions;

/// <summary>
/// How often one address or one name may be tried, on all nodes together. Guards the processor against password hashing; the lock-out
/// guards the passwords.
/// </summary>
internal sealed class SignInLimits(RateLimits limits, IOptions<IdentityOptions> options)
{
    /// <summary>Takes one sign-in from the allowance; answers the refusal when there is none left.</summary>
    public Task<ProblemHttpResult?> RefusesSignIn(HttpContext context, TenantId tenant, string? address, string name) => Refuses(
        context,
        Per(tenant, "sign-in-address", RateLimits.NetworkOf(address), options.Value.SignInsPerAddressPerMinute, TimeSpan.FromMinutes(1)),
        Per(tenant, "sign-in-name", name, options.Value.SignInsPerNamePerMinute, TimeSpan.FromMinutes(1)));

    public Task<ProblemHttpResult?> RefusesReset(HttpContext context, TenantId tenant, string? address) => Refuses(
        context, Per(tenant, "reset-address", RateLimits.NetworkOf(address), options.Value.ResetsPerAddressPerHour, TimeSpan.FromHours(1)));

    /// <summary>Whether one more link may be sent to this address within the hour.</summary>
    public async Task<bool> AllowsReset(TenantId tenant, string name) =>
        !(await limits.Take(Per(tenant, "reset-name", name, options.Value.ResetsPerNamePerHour, TimeSpan.FromHours(1)))).Refused;

    private async Task<ProblemHttpResult?> Refuses(HttpContext context, params Bucket[] buckets)
    {
        var answer = await limits.Take(buckets);
        return answer.Refused
            ? RateLimits.TooMany(context, "too_many_attempts", "There were too many attempts. Wait a little and try again.", answer.Wait)
            : null;
    }

    /// <summary>So many at once, coming back evenly over the time. What was typed is not kept, only its hash.</summary>
    private static Bucket Per(TenantId tenant, string what, string? who, int permits, TimeSpan time)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who ?? string.Empty)));
        return new(new(tenant, KeySpace.Limit, $"{what}:{hash}"), permits / time.TotalSeconds, permits);
    }
}
