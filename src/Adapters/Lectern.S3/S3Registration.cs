using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.S3;

/// <summary>Keeps files in an S3 store.</summary>
internal static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services, S3Options options) =>
        services.AddSingleton<IObjectStore>(root => new S3ObjectStore(
            options, root.GetRequiredService<Dependencies>(), root.GetRequiredService<TimeProvider>()));
}
