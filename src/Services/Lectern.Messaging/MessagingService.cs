using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Messaging;

/// <summary>The public door of this service.</summary>
public sealed class MessagingService : IService
{
    public string Name => "messaging";

    public void Add(IServiceCollection services)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
