using Lectern.Platform.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Grading;

/// <summary>The public door of this service.</summary>
public sealed class GradingService : IService
{
    public string Name => "grading";

    public void Add(IServiceCollection services)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
