using Lectern.Platform;
using Lectern.Platform.Sharing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Redis;

/// <summary>Puts Redis behind the platform's shared store when the installation names servers.</summary>
public static class RedisAdapter
{
    private const int DefaultPort = 6379;

    public static void AddIfNamed(IServiceCollection services, PlatformOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Redis)) return;
        var settings = new RedisSettings(
            Endpoints(options.Redis), options.RedisPassword, options.RedisTls, TimeSpan.FromMilliseconds(options.RedisTimeoutMilliseconds));
        services.AddSingleton<ISharedStore>(root => new RedisStore(
            settings, root.GetRequiredService<TimeProvider>(), root.GetRequiredService<ILogger<RedisStore>>()));
    }

    internal static IReadOnlyList<RedisEndpoint> Endpoints(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Endpoint)];

    private static RedisEndpoint Endpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0) return new RedisEndpoint(text, DefaultPort);
        return int.TryParse(text.AsSpan(colon + 1), out var port) && port is > 0 and < 65536 && colon > 0
            ? new RedisEndpoint(text[..colon], port)
            : throw new FormatException($"Lectern:Redis names '{text}', which is not host:port.");
    }
}
