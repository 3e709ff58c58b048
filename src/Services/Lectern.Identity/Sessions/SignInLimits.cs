using System.Globalization;
using System.Threading.RateLimiting;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lectern.Identity.Sessions;

/// <summary>
/// How often one address or one name may be tried, on this node. Guards the processor against password hashing; the lock-out,
/// which all nodes share, guards the passwords.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private readonly PartitionedRateLimiter<(TenantId Tenant, string Who)> byAddress;
    private readonly PartitionedRateLimiter<(TenantId Tenant, string Who)> byName;
    private readonly PartitionedRateLimiter<(TenantId Tenant, string Who)> resets;
    private readonly PartitionedRateLimiter<(TenantId Tenant, string Who)> mails;

    public SignInLimits(IOptions<IdentityOptions> options)
    {
        byAddress = Per(options.Value.SignInsPerAddressPerMinute, TimeSpan.FromMinutes(1));
        byName = Per(options.Value.SignInsPerNamePerMinute, TimeSpan.FromMinutes(1));
        resets = Per(options.Value.ResetsPerAddressPerHour, TimeSpan.FromHours(1));
        mails = Per(options.Value.ResetsPerNamePerHour, TimeSpan.FromHours(1));
    }

    /// <summary>Takes one sign-in from the allowance; answers the refusal when there is none left.</summary>
    public ProblemHttpResult? RefusesSignIn(HttpContext context, TenantId tenant, string? address, string name) =>
        Refuses(byAddress, context, (tenant, address ?? string.Empty)) ?? Refuses(byName, context, (tenant, name));

    public ProblemHttpResult? RefusesReset(HttpContext context, TenantId tenant, string? address) =>
        Refuses(resets, context, (tenant, address ?? string.Empty));

    /// <summary>Whether one more link may be sent to this address within the hour.</summary>
    public bool AllowsReset(TenantId tenant, string name)
    {
        using var lease = mails.AttemptAcquire((tenant, name));
        return lease.IsAcquired;
    }

    /// <summary>429, with when to come back.</summary>
    public static ProblemHttpResult TooMany(HttpContext context, string code, string detail, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, code, detail);
    }

    public void Dispose()
    {
        byAddress.Dispose();
        byName.Dispose();
        resets.Dispose();
        mails.Dispose();
    }

    private static ProblemHttpResult? Refuses(
        PartitionedRateLimiter<(TenantId Tenant, string Who)> limiter, HttpContext context, (TenantId Tenant, string Who) who)
    {
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        return TooMany(context, "too_many_attempts", "There were too many attempts. Wait a little and try again.", wait);
    }

    private static PartitionedRateLimiter<(TenantId Tenant, string Who)> Per(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<(TenantId Tenant, string Who), (TenantId, string)>(who => RateLimitPartition.GetFixedWindowLimiter(
            who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 }));
}
