using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Observability;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Limits;

/// <summary>
/// How much may be asked: token buckets shared by all nodes, or this node's own when nothing is shared or the shared store is away.
/// </summary>
public sealed class RateLimits
{
    private const int MostClosed = 100_000;
    private readonly ISharedStore shared;
    private readonly LocalBuckets local;
    private readonly PlatformOptions options;
    private readonly TimeProvider clock;

    // Buckets found empty, until they have a token again: asking again would not help, and an attacker's requests must cost nothing.
    private readonly ConcurrentDictionary<SharedKey, long> closed = new();

    internal RateLimits(ISharedStore shared, IOptions<PlatformOptions> options, TimeProvider clock)
    {
        (this.shared, this.options, this.clock) = (shared, options.Value, clock);
        local = new LocalBuckets(clock);
    }

    /// <summary>Takes one token of each bucket, or of none.</summary>
    public async ValueTask<BucketAnswer> Take(params Bucket[] buckets) =>
        shared.IsThere && await shared.Take(buckets) is { } answer ? answer : local.Take(buckets);

    /// <summary>429, with when to come back.</summary>
    public static ProblemHttpResult TooMany(HttpContext context, string code, string detail, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Seconds(wait);
        return Problems.Of(StatusCodes.Status429TooManyRequests, code, detail);
    }

    internal static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait) => TooMany(
        context, "too_many_requests", "This is more than may be asked in so short a time. Wait a little and try again.", wait);

    /// <summary>
    /// How long the institution, or its strangers, or the address have still to wait since they were last refused; null when they may ask.
    /// </summary>
    internal TimeSpan? StillClosed(Tenant tenant, HttpContext context)
    {
        if (closed.IsEmpty || !TenantNames.IsApi(context.Request.Path)) return null;
        var shows = Credentials.Shown(context);
        return Closed(OfTenant(tenant.Id, !shows)) ?? Closed(OfAddress(tenant.Id, TenantMiddleware.AddressOf(context), !shows));
    }

    /// <summary>
    /// Takes one request from the allowance of the institution, the person and the address; null when all had one left. Strangers have
    /// an allowance of their own, together and for each address, so that whoever has no account cannot use up that of those who have.
    /// </summary>
    internal async ValueTask<ProblemHttpResult?> Refuses(Tenant tenant, Actor actor, HttpContext context)
    {
        var limits = options.Plans.GetValueOrDefault(tenant.Plan, options.Limits);
        var buckets = Buckets(tenant.Id, actor, limits, Credentials.Shown(context));
        if (buckets.Length == 0) return null;
        var answer = await Take(buckets);
        var tightest = buckets[answer.Tightest];
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = tightest.Most.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = answer.Left.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] =
            Seconds(answer.Refused ? answer.Wait : TimeSpan.FromSeconds((tightest.Most - answer.Left) / tightest.PerSecond));
        if (!answer.Refused) return null;
        if (closed.Count > MostClosed) closed.Clear();
        closed[tightest.Key] = clock.GetTimestamp() + (long)(answer.Wait.TotalSeconds * clock.TimestampFrequency);
        Meters.LimitReached(tightest.Key.Id.Split(':')[0]);
        return TooMany(context, answer.Wait);
    }

    private static Bucket[] Buckets(TenantId tenant, Actor actor, PlanLimits limits, bool shows)
    {
        var stranger = actor.Kind is ActorKind.Nobody;
        var (person, address) = (actor.UserId is not null && limits.PersonPerSecond > 0, limits.AddressPerSecond > 0);
        var buckets = new Bucket[(limits.TenantPerSecond > 0 ? 1 : 0) + (person ? 1 : 0) + (address ? 1 : 0)];
        var at = 0;
        if (limits.TenantPerSecond > 0) buckets[at++] = new(OfTenant(tenant, stranger), limits.TenantPerSecond, limits.TenantBurst);
        // Who shows credentials that are nobody's is counted where those are stopped who show some: looking them up costs something.
        if (address) buckets[at++] = new(OfAddress(tenant, actor.Address, !shows), limits.AddressPerSecond, limits.AddressBurst);
        if (person)
            buckets[at] = new(OfPerson(tenant, actor.UserId!.Value), limits.PersonPerSecond, limits.PersonBurst);
        return buckets;
    }

    private TimeSpan? Closed(SharedKey key)
    {
        if (!closed.TryGetValue(key, out var until)) return null;
        var left = until - clock.GetTimestamp();
        if (left > 0) return TimeSpan.FromSeconds((double)left / clock.TimestampFrequency);
        closed.TryRemove(new(key, until));
        return null;
    }

    private static SharedKey OfTenant(TenantId tenant, bool strangers) => new(tenant, KeySpace.Limit, strangers ? "strangers" : "tenant");

    private static SharedKey OfPerson(TenantId tenant, UserId person) => new(tenant, KeySpace.Limit, $"person:{person.Value}");

    private static SharedKey OfAddress(TenantId tenant, string? address, bool stranger) =>
        new(tenant, KeySpace.Limit, $"{(stranger ? "stranger" : "address")}:{NetworkOf(address)}");

    /// <summary>One machine has one IPv4 address and a whole /64 of IPv6: those are counted as one.</summary>
    public static string NetworkOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return address ?? string.Empty;
        if (parsed.IsIPv4MappedToIPv6) return parsed.MapToIPv4().ToString();
        return parsed.AddressFamily is AddressFamily.InterNetworkV6
            ? $"{new IPAddress([.. parsed.GetAddressBytes()[..8], .. new byte[8]])}/64"
            : parsed.ToString();
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Refuses requests to the API beyond what the plan allows. Health, metrics and the page itself are never counted.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits)
{
    public async Task Invoke(HttpContext context, TenantContext tenant)
    {
        var refusal = tenant.IsSet && TenantNames.IsApi(context.Request.Path)
            ? await limits.Refuses(tenant.Tenant, tenant.Actor, context)
            : null;
        if (refusal is not null) await refusal.ExecuteAsync(context);
        else await next(context);
    }
}
