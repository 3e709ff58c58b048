using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Identity;

/// <summary>The public door of this service.</summary>
public sealed class IdentityService : IService
{
    public string Name => "identity";

    public void Add(IServiceCollection services)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
