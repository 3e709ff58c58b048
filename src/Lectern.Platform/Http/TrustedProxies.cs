using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Lectern.Platform.Http;

/// <summary>
/// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies this installation named, and of nobody else: limits at
/// sign-in count by that address, the audit log keeps it, and the session's cookie is made for that scheme.
/// </summary>
internal static class TrustedProxies
{
    public static void Use(WebApplication app, PlatformOptions options)
    {
        if (options.TrustedProxies.Count == 0) return;
        // From the last proxy back to the first that is not ours: what stands before it, the caller wrote.
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var named in options.TrustedProxies) forwarded.KnownIPNetworks.Add(Parse(named)!.Value);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>An address, or a network as in <c>10.0.0.0/8</c>; null when it is neither.</summary>
    internal static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var network) ? network : null;
}

/// <summary>Each entry is an IP address or a network.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        (value as IEnumerable<string>)?.FirstOrDefault(entry => TrustedProxies.Parse(entry) is null) is { } wrong
            ? new ValidationResult($"Lectern:{validationContext.MemberName}: '{wrong}' is neither an IP address nor a network.")
            : ValidationResult.Success;
}
